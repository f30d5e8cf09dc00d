import type { BandMeaning, Mask, RasterContent, Samples } from '../raster.ts';

/**
 * A raster as files have it: bands whose masks are the same share one, a mask that misses nothing is none, and where there
 * is an alpha channel it takes the place of the masks.
 */
export function settleContent(content: RasterContent): RasterContent {
  const { masks, ...rest } = content;
  if (!masks) return rest;
  const kept: (Mask | undefined)[] = [];
  for (const [index, mask] of masks.entries()) {
    const samples = content.bands[index];
    const own = mask && samples && completed(mask, samples);
    const same = own && kept.find((other) => other && Buffer.compare(own, other) === 0);
    kept.push(same ?? own);
  }
  if (kept.every((mask) => mask === undefined)) return rest;
  const alpha = findAlpha(content.meanings);
  return alpha === undefined ? { ...rest, masks: kept } : { ...rest, bands: withAlpha(content, kept, alpha) };
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
