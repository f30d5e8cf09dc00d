import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { burnMask } from '../../../geo/raster/burn/scanline.ts';
import type { Raster, Samples, Window } from '../../../geo/raster/raster.ts';
import { zoneReader } from '../../../processes/zonal-statistics/zone-values.ts';
import { starPolygons } from '../../geo/formats/arbitraries.ts';
import { makeRunContext } from '../../geo/formats/support.ts';

const [width, height] = [40, 30];
const all: Window = { column: 0, row: 0, width, height };
const samples = Float32Array.from({ length: width * height }, (_, index) =>
  index % 11 === 0 ? Number.NaN : index % 7,
);
const mask = Uint8Array.from({ length: width * height }, (_, index) => (index % 5 === 0 ? 0 : 255));

const cutPart = (values: Samples, window: Window): Samples =>
  values.filter((_, index) => {
    const column = (index % width) - window.column;
    const row = Math.floor(index / width) - window.row;
    return column >= 0 && column < window.width && row >= 0 && row < window.height;
  });

function makeRaster(nodata: number | undefined, isMasked: boolean): Raster {
  const band = { dataType: 'float32', ...(nodata === undefined ? {} : { nodata }) } as const;
  return {
    pointer: '/inputs/raster',
    width,
    height,
    transform: [-20, 1, 0, 15, 0, -1],
    crs: undefined,
    bands: [band],
    read: async (_, window = all) => cutPart(samples, window),
    ...(isMasked ? { readMask: async (_: number, window = all) => cutPart(mask, window) } : {}),
  };
}

describe('the values of a zone', () => {
  const start = fc.tuple(fc.nat(20), fc.nat(15));
  const size = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 15 }));
  const nodatas = fc.constantFrom(undefined, 3, Number.NaN);

  it('are those in the window that it covers and that are there, row by row, whether or not the band is read once', async () => {
    await fc.assert(
      fc.asyncProperty(
        starPolygons(),
        start,
        size,
        nodatas,
        fc.boolean(),
        async (zone, [column, row], [across, down], nodata, isMasked) => {
          const raster = makeRaster(nodata, isMasked);
          const window = { column, row, width: across, height: down };
          const inside = burnMask(zone, raster, all, false);
          const isThere = Uint8Array.from(samples, (value, index) =>
            inside[index] === 0 || value === nodata || (isMasked && mask[index] === 0) ? 0 : 1,
          );
          const covered = cutPart(isThere, window);
          const expected = cutPart(samples, window).filter(
            (value, index) => covered[index] === 1 && !Number.isNaN(value),
          );
          for (const windows of [[window], [window, all]]) {
            const values = await zoneReader(raster, 1, windows)(zone, window, false, makeRunContext());
            assert.deepEqual(values, expected);
          }
        },
      ),
    );
  });
});
