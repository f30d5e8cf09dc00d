import type { BandMeaning, Mask, RasterContent, Samples } from '../raster.ts';
import { ownRows } from '../strip.ts';

/**
 * A raster as files have it: bands whose masks are the same share one, a mask that misses nothing is none, and where there
 * is an alpha channel it takes the place of the masks.
 */
export function settleContent(content: RasterContent): RasterContent {
  const { masks: _, ...rest } = content;
  const masks = keptMasks(content);
  if (!masks) return rest;
  const alpha = findAlpha(content.meanings);
  return alpha === undefined ? { ...rest, masks } : { ...rest, bands: withAlpha(content, masks, alpha) };
}

/**
 * The same of a strip, which is a part of a file: the rows that it is for. Whether there are masks at all is known when all
 * parts are done; its alpha channel is what it is where there are.
 *
 * @returns also what the part knows of an alpha channel: see `PartIndex`
 */
export function settleStrip(content: RasterContent): {
  readonly settled: RasterContent;
  readonly alpha?: 'missing' | 'moved';
} {
  const own = cutToOwnRows(content);
  const alpha = own.nodata === undefined ? findAlpha(own.meanings) : undefined;
  if (alpha === undefined) return { settled: settleContent(own) };
  const { masks: _, ...rest } = own;
  const masks = keptMasks(own);
  const bands = withAlpha(own, masks ?? own.bands.map(() => undefined), alpha);
  const settled = { ...rest, bands };
  if (masks) return { settled, alpha: 'missing' };
  const moved = bands[alpha]?.some((value, index) => value !== own.bands[alpha]?.[index]);
  return moved ? { settled, alpha: 'moved' } : { settled };
}

/** A strip without the rows around those that it is for. */
function cutToOwnRows(content: RasterContent): RasterContent {
  const { strip, width, bands, masks, transform } = content;
  if (!strip) throw new Error('The raster is no strip of another one.');
  const [from, to] = ownRows(content);
  const cut = <Pixels extends Samples>(pixels: Pixels) => pixels.subarray(from * width, to * width) as Pixels;
  const [x, xColumn, xRow, y, yColumn, yRow] = transform;
  return {
    ...content,
    height: to - from,
    transform: [x + from * xRow, xColumn, xRow, y + from * yRow, yColumn, yRow],
    strip: { ...strip, row: strip.first },
    bands: bands.map(cut),
    ...(masks && { masks: masks.map((mask) => mask && cut(mask)) }),
  };
}

/** The mask of each band, where a pixel is missing in it; undefined where none is missing at all. */
function keptMasks({ masks, bands }: RasterContent): (Mask | undefined)[] | undefined {
  const kept: (Mask | undefined)[] = [];
  for (const [index, mask] of (masks ?? []).entries()) {
    const samples = bands[index];
    const own = mask && samples && completed(mask, samples);
    const same = own && kept.find((other) => other && Buffer.compare(own, other) === 0);
    kept.push(same ?? own);
  }
  return kept.every((mask) => mask === undefined) ? undefined : kept;
}

/** Index of the alpha channel, if there is one among other bands. */
export function findAlpha(meanings: readonly BandMeaning[] = []): number | undefined {
  const index = meanings.findIndex(({ colorInterpretation }) => colorInterpretation === 'alpha');
  return index < 0 || meanings.length === 1 ? undefined : index;
}

/** The mask with ones for all that is there, and without what is NaN; undefined where nothing is missing. */
function completed(mask: Mask, samples: Samples): Mask | undefined {
  const floating = samples instanceof Float32Array || samples instanceof Float64Array;
  const own: Mask = new Uint8Array(mask.length);
  let present = 0;
  for (let index = 0; index < mask.length; index++) {
    if (mask[index] === 0 || (floating && Number.isNaN(samples[index] ?? 0))) continue;
    own[index] = 1;
    present++;
  }
  return present === mask.length ? undefined : own;
}

/** The alpha channel is 0 where a pixel is missing in all other bands, and only there. */
function withAlpha({ bands }: RasterContent, masks: readonly (Mask | undefined)[], alpha: number): Samples[] {
  const others = masks.filter((_, index) => index !== alpha);
  const channel = bands[alpha]?.slice();
  if (!channel) throw new Error(`The raster has no band ${alpha + 1}, which is to be its alpha channel.`);
  for (let index = 0; index < channel.length; index++) {
    const missing = others.every((mask) => mask?.[index] === 0);
    if (missing) channel[index] = 0;
    else if (channel[index] === 0) channel[index] = 1; // Hardly opaque, but there.
  }
  return bands.map((samples, index) => (index === alpha ? channel : samples));
}
