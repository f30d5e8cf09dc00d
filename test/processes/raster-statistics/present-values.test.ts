import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Raster, Window } from '../../../geo/raster/raster.ts';
import { presentValues } from '../../../processes/raster-statistics/present-values.ts';
import { makeRunContext } from '../../geo/formats/support.ts';

const [width, height] = [7, 9];
const samples = Float32Array.from({ length: width * height }, (_, index) =>
  index % 13 === 0 ? Number.NaN : index % 17 === 0 ? Infinity : index % 10,
);
const mask = Uint8Array.from(samples, (_, index) => (index % 6 === 0 ? 0 : 255));

function makeRaster(nodata: number | undefined, isMasked: boolean): Raster {
  const rows = ({ row, height: count }: Window) => [row * width, (row + count) * width] as const;
  const all = { column: 0, row: 0, width, height };
  return {
    pointer: '/inputs/raster',
    width,
    height,
    transform: [0, 1, 0, 0, 0, -1],
    crs: undefined,
    bands: [{ dataType: 'float32', ...(nodata === undefined ? {} : { nodata }) }],
    read: async (_, window = all) => samples.slice(...rows(window)),
    ...(isMasked ? { readMask: async (_: number, window = all) => mask.slice(...rows(window)) } : {}),
  };
}

describe('the values of a band', () => {
  for (const nodata of [undefined, 3, Number.NaN]) {
    for (const isMasked of [false, true]) {
      const title = `${isMasked ? 'a mask' : 'no mask'} and the nodata ${nodata}`;
      it(`are those that are there, however many are read at once: with ${title}`, async () => {
        const raster = makeRaster(nodata, isMasked);
        const expected = samples.filter(
          (value, index) => Number.isFinite(value) && value !== nodata && !(isMasked && mask[index] === 0),
        );
        const infinite = samples.filter(
          (value, index) => Math.abs(value) === Infinity && !(isMasked && mask[index] === 0),
        ).length;
        for (const pixels of [1, 2 * width, 4 * width + 1, width * height, 1000])
          assert.deepEqual(await presentValues(raster, 1, makeRunContext(), pixels), {
            values: expected,
            infinite,
          });
      });
    }
  }
});
