import type { DataType, Grid, RasterContent } from '../../../geo/raster/raster.ts';
import { newSamples } from '../../../geo/raster/values/data-types.ts';
import { crsFrom } from '../../support/crs.ts';

/** Pixels of 10 m in UTM, as in the fixtures of oracles. */
const place: Pick<Grid, 'transform' | 'crs'> = {
  transform: [500_000, 10, 0, 5_300_000, 0, -10],
  crs: crsFrom('EPSG:32632'),
};

/** A raster with one band of the given rows. */
export function makeContent(
  rows: readonly (readonly number[])[],
  { dataType = 'float32', ...rest }: Partial<RasterContent> & { readonly dataType?: DataType } = {},
): RasterContent {
  const width = rows[0]!.length;
  const samples = newSamples(dataType, width * rows.length);
  for (const [index, row] of rows.entries()) samples.set(row, index * width);
  return { ...place, width, height: rows.length, dataType, bands: [samples], ...rest };
}
