import type { Run } from '../../core/processes/declaration.ts';
import { toUnit } from '../../geo/crs/angular-unit.ts';
import { wktWithoutCode } from '../../geo/crs/definition-text.ts';
import { openRasterHeader } from '../../geo/raster/formats/open-raster.ts';
import { computeBoundingBox } from '../../geo/raster/grid/longitudes.ts';
import { transformInUnit } from '../../geo/raster/transform-in-unit.ts';
import { describeBand } from './describe-band.ts';
import type declaration from './process.ts';

/** Says what the header of the raster says. */
export const run: Run<typeof declaration> = async ({ raster }, context) => {
  const opened = await openRasterHeader(raster, context);
  await context.progress(1, 1, 'Header read');
  const { width, height, crs, bands, storage, colorTable, metadata } = opened;
  const transform = transformInUnit(opened.transform, crs);
  const [, xColumn, xRow, , yColumn, yRow] = transform;
  return {
    result: {
      width,
      height,
      crs: crs?.identifier ? crs.name : null,
      wkt: (crs && wktWithoutCode(crs)) ?? null,
      bbox: computeBoundingBox(opened).map((coordinate) => (crs ? toUnit(coordinate, crs) : coordinate)),
      resolution: [Math.hypot(xColumn, yColumn), Math.hypot(xRow, yRow)],
      transform: [...transform],
      bands: bands.map((band, index) => describeBand(band, index + 1, storage?.masks)),
      ...(colorTable && { colorTable: colorTable.map((colour) => colour.map((part) => part >> 8)) }),
      metadata: { ...metadata },
      ...(storage && {
        compression: storage.compression,
        blockSize: [...storage.blockSize],
        overviews: storage.overviews.map((size) => [...size]),
      }),
    },
  };
};
