import type { Run } from '../../core/processes/declaration.ts';
import { openRaster } from '../../geo/raster/formats/open-raster.ts';
import { boundsOfGrid } from '../../geo/raster/grid/grid.ts';
import type declaration from './process.ts';

/** Says what the header of the raster says. */
export const run: Run<typeof declaration> = async ({ raster }, context) => {
  const opened = await openRaster(raster, context);
  await context.progress(1, 1, 'Header read');
  const { width, height, crs, transform, bands } = opened;
  const [, xColumn, xRow, , yColumn, yRow] = transform;
  return {
    result: {
      width,
      height,
      crs: crs?.name ?? null,
      bbox: [...boundsOfGrid(opened)],
      resolution: [Math.hypot(xColumn, yColumn), Math.hypot(xRow, yRow)],
      transform: [...transform],
      bands: bands.map(({ dataType, nodata = null }, index) => ({
        band: index + 1,
        dataType,
        // JSON has no such numbers.
        nodata: nodata === null || Number.isFinite(nodata) ? nodata : String(nodata),
      })),
    },
  };
};
