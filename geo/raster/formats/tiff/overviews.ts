import type { Mask, RasterContent, Samples } from '../../raster.ts';
import { newSamples } from '../../values/data-types.ts';
import { TILE } from './encode-tile.ts';

type Size = Pick<RasterContent, 'width' | 'height'>;

/** An overview: a copy of a raster that is smaller by a factor. */
export interface Overview extends Size {
  readonly factor: number;
}

/**
 * The sizes of the raster at half the size, a quarter and so on, until it fits into a tile. Each pixel is one of those below
 * its place (nearest), so classes and missing pixels stay what they are.
 */
export function listOverviews({ width, height }: Size): Overview[] {
  const overviews: Overview[] = [];
  for (let factor = 2; (Math.max(width, height) * 2) / factor > TILE; factor *= 2)
    overviews.push({ factor, width: Math.ceil(width / factor), height: Math.ceil(height / factor) });
  return overviews;
}

/** The raster in the sizes of its overviews. */
export const buildOverviews = (content: RasterContent): RasterContent[] =>
  listOverviews(content).map((overview) => reduced(content, overview));

/** Row of the raster that a row of an overview is. */
export const findSourceRow = (row: number, { factor }: Overview, height: number): number =>
  Math.min(row * factor + factor / 2, height - 1);

function reduced(content: RasterContent, overview: Overview): RasterContent {
  const { width, height } = overview;
  const shrink = <Pixels extends Samples>(from: Pixels, to: Pixels): Pixels => {
    for (let row = 0; row < height; row++) {
      const start = findSourceRow(row, overview, content.height) * content.width;
      shrinkRow(from, start, content.width, overview, to, row * width);
    }
    return to;
  };
  const bands = content.bands.map((from) => shrink(from, newSamples(content.dataType, width * height)));
  // The same mask stays the same.
  const small = new Map<Mask | undefined, Mask | undefined>([[undefined, undefined]]);
  for (const mask of content.masks ?? [])
    if (mask && !small.has(mask)) small.set(mask, shrink(mask, new Uint8Array(width * height)));
  const masks = content.masks?.map((mask) => small.get(mask));
  return { ...content, width, height, bands, ...(masks && { masks }) };
}

/** Puts a row of a raster, which starts at an index of its samples, into a row of an overview. */
export function shrinkRow(
  from: Samples,
  start: number,
  fullWidth: number,
  { factor, width }: Overview,
  to: Samples,
  at: number,
): void {
  const middle = factor / 2;
  const end = at + width - 1;
  for (let index = at, place = start + middle; index < end; index++, place += factor)
    to[index] = from[place] ?? 0;
  to[end] = from[start + Math.min((width - 1) * factor + middle, fullWidth - 1)] ?? 0;
}
