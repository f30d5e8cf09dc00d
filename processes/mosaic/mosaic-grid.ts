import { greatest, least } from '../../core/shared/arrays.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import { counted } from '../../core/shared/quote.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { sameCrs } from '../../geo/crs/crs.ts';
import type { Grid, Raster } from '../../geo/raster/raster.ts';

/**
 * The grid that covers all rasters, with the pixels of the first one from the upper left corner of all.
 *
 * @throws InvalidInput at a raster that is not north up, has another CRS or another number of bands
 */
export function mosaicGrid(rasters: readonly Raster[]): Grid {
  const first = requirePresent(rasters[0], 'The first raster');
  for (const raster of rasters) checkRaster(raster, first);
  const { transform } = first;
  const west = least(rasters.map(({ transform: [x] }) => x));
  const north = greatest(rasters.map(({ transform: [, , , y] }) => y));
  const east = greatest(rasters.map(({ transform: [x, size], width }) => x + size * width));
  const south = least(rasters.map(({ transform: [, , , y, , size], height }) => y + size * height));
  return {
    width: Math.max(1, Math.round((east - west) / transform[1])),
    height: Math.max(1, Math.round((north - south) / -transform[5])),
    transform: [west, transform[1], 0, north, 0, transform[5]],
    crs: first.crs,
  };
}

function checkRaster({ transform, crs, bands, pointer }: Raster, first: Raster): void {
  if (transform[2] !== 0 || transform[4] !== 0 || transform[1] <= 0 || transform[5] >= 0)
    throw new InvalidInput(pointer, 'is rotated or not north up; warp it with reproject-raster first.');
  if (!sameCrs(crs, first.crs)) {
    const [own, wanted] = [crs?.name ?? 'none', first.crs?.name ?? 'none'];
    throw new InvalidInput(
      pointer,
      `has the CRS ${own}, but the first raster has ${wanted}; warp it with reproject-raster first.`,
    );
  }
  if (bands.length !== first.bands.length)
    throw new InvalidInput(
      pointer,
      `has ${counted(bands.length, 'band')}, but the first raster has ${first.bands.length}.`,
    );
}

/** A column or row of the mosaic and that of the raster that it shows. */
interface Line {
  readonly to: number;
  readonly from: number;
}

/** Which pixels of a raster go where in the mosaic, each column and row beside the one before. */
export interface Placement {
  readonly columns: readonly Line[];
  readonly rows: readonly Line[];
}

/** Places a raster on the nearest whole pixels of the mosaic; pixels of another size are taken at the centres of its own. */
export function computePlacement({ transform, width, height }: Grid, mosaic: Grid): Placement {
  const [west, sizeX, , north, , sizeY] = mosaic.transform;
  return {
    columns: mapLines((transform[0] - west) / sizeX, width, transform[1] / sizeX, mosaic.width),
    rows: mapLines((transform[3] - north) / sizeY, height, transform[5] / sizeY, mosaic.height),
  };
}

/** @param scale pixels of the mosaic in one of the raster */
function mapLines(offset: number, count: number, scale: number, most: number): Line[] {
  // As rasterio's merge does: a tenth of a pixel to the left is a rounding error.
  const start = Math.floor(offset + 0.1);
  const length = Math.floor(count * scale + 0.5);
  const lines: Line[] = [];
  for (let index = 0; index < length; index++) {
    const from = Math.min(count - 1, Math.floor(((index + 0.5) * count) / length + 1e-10));
    if (start + index >= 0 && start + index < most) lines.push({ to: start + index, from });
  }
  return lines;
}
