import type { Mask, RasterContent, Samples } from '../../raster.ts';
import { newSamples } from '../../values/data-types.ts';
import { TILE } from './encode-tile.ts';

/**
 * The raster at half the size, a quarter and so on, until it fits into a tile. Each pixel is one of those below its
 * place (nearest), so classes and missing pixels stay what they are.
 */
export function buildOverviews(content: RasterContent): RasterContent[] {
  const overviews: RasterContent[] = [];
  for (let factor = 2; (Math.max(content.width, content.height) * 2) / factor > TILE; factor *= 2)
    overviews.push(reduced(content, factor));
  return overviews;
}

function reduced(content: RasterContent, factor: number): RasterContent {
  const width = Math.ceil(content.width / factor);
  const height = Math.ceil(content.height / factor);
  const shrink = <Pixels extends Samples>(from: Pixels, to: Pixels): Pixels =>
    shrunk(content, factor, from, to, width, height);
  const bands = content.bands.map((from) => shrink(from, newSamples(content.dataType, width * height)));
  // The same mask stays the same.
  const small = new Map<Mask | undefined, Mask | undefined>([[undefined, undefined]]);
  for (const mask of content.masks ?? [])
    if (mask && !small.has(mask)) small.set(mask, shrink(mask, new Uint8Array(width * height)));
  const masks = content.masks?.map((mask) => small.get(mask));
  return { ...content, width, height, bands, ...(masks && { masks }) };
}

function shrunk<Pixels extends Samples>(
  full: Pick<RasterContent, 'width' | 'height'>,
  factor: number,
  from: Pixels,
  to: Pixels,
  width: number,
  height: number,
): Pixels {
  const middle = factor / 2;
  for (let row = 0; row < height; row++) {
    const start = Math.min(row * factor + middle, full.height - 1) * full.width;
    const end = (row + 1) * width - 1;
    for (let index = row * width, at = start + middle; index < end; index++, at += factor)
      to[index] = from[at] ?? 0;
    to[end] = from[start + Math.min((width - 1) * factor + middle, full.width - 1)] ?? 0;
  }
  return to;
}
