import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import process from '../../../processes/reclassify/process.ts';
import { run } from '../../../processes/reclassify/run.ts';
import { itCanBeDismissed, itRunsItsExamples } from '../support/process-runs.ts';
import { makeRaster, rasterProcess } from '../support/raster-process.ts';

const { computeResult, catchFaults } = rasterProcess(process, run);
const bytes = (...values: number[]) =>
  makeRaster([Uint8Array.from(values)], values.length, { dataType: 'uint8', nodata: 255 });

describe('a class', () => {
  it('holds its least value but not its greatest; the first that matches counts', async () => {
    const { bands } = await computeResult({
      raster: await bytes(0, 9, 10, 19, 20, 50, 255),
      classes: [
        { max: 10, newValue: 1 },
        { min: 10, max: 20, newValue: 2 },
        { min: 15, newValue: 3 },
      ],
    });
    assert.deepEqual(bands, [[1, 1, 2, 2, 3, 3, null]]);
  });

  it('with null makes values missing, and what is in no class is missing or kept', async () => {
    const inputs = { raster: await bytes(1, 2, 3, 255), classes: [{ min: 2, max: 3, newValue: null }] };
    assert.deepEqual((await computeResult(inputs)).bands, [[null, null, null, null]]);
    assert.deepEqual((await computeResult({ ...inputs, unmatched: 'keep' })).bands, [[1, null, 3, null]]);
  });

  it('without bounds holds everything that is there', async () => {
    const { bands } = await computeResult({ raster: await bytes(1, 255), classes: [{ newValue: 7 }] });
    assert.deepEqual(bands, [[7, null]]);
  });

  it('finds for any value what a search through the list finds', async () => {
    const bound = fc.integer({ min: -20, max: 20 });
    const classes = fc.array(
      fc.record({
        min: bound,
        width: fc.integer({ min: 1, max: 10 }),
        newValue: fc.integer({ min: 0, max: 9 }),
      }),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(classes, fc.array(bound, { minLength: 1, maxLength: 30 }), async (list, values) => {
        const given = list.map(({ min, width, newValue }) => ({ min, max: min + width, newValue }));
        const raster = await makeRaster([Int16Array.from(values)], values.length, { dataType: 'int16' });
        const { bands } = await computeResult({ raster, classes: given });
        assert.deepEqual(
          bands[0],
          values.map((value) => given.find(({ min, max }) => min <= value && value < max)?.newValue ?? null),
        );
      }),
      { numRuns: 30 },
    );
  });
});

describe('the type of the result', () => {
  it('is that of the raster with its nodata, or floating point where a new value needs it', async () => {
    const raster = await bytes(1, 2, 255);
    const own = await computeResult({ raster, classes: [{ newValue: 4 }] });
    assert.deepEqual([own.dataType, own.nodata], ['uint8', 255]);
    const half = await computeResult({ raster, classes: [{ newValue: 0.5 }] });
    assert.deepEqual([half.dataType, half.nodata, half.bands[0]], ['float32', 255, [0.5, 0.5, null]]);
    const negative = await computeResult({
      raster,
      classes: [{ newValue: -1 }],
      outputType: 'int16',
      nodata: -99,
    });
    assert.deepEqual([negative.dataType, negative.nodata], ['int16', -99]);
  });

  it('without nodata of the raster is none of integers, else -9999', async () => {
    const raster = await makeRaster([Int16Array.of(5)], 1, { dataType: 'int16' });
    assert.equal((await computeResult({ raster, classes: [{ newValue: 4 }] })).nodata, undefined);
    assert.equal((await computeResult({ raster, classes: [{ newValue: 0.5 }] })).nodata, -9999);
  });
});

describe('an input that is wrong', () => {
  it('is refused with its place: bounds the wrong way, values that the type does not have', async () => {
    const classes = [{ min: 5, max: 5, newValue: 1 }, { newValue: 256 }, { newValue: 1.5 }];
    assert.deepEqual(await catchFaults({ raster: await bytes(1), classes, outputType: 'uint8' }), [
      '/inputs/classes/0/max: must be greater than min, 5, but is 5.',
      '/inputs/classes/1/newValue: is 256, which is not a value that the data type uint8 can hold.',
      '/inputs/classes/2/newValue: is 1.5, which is not a value that the data type uint8 can hold.',
    ]);
  });

  it('is refused: a band that is not there, nodata of another type, no class, no new value', async () => {
    const raster = await bytes(1);
    const classes = [{ newValue: 1 }];
    assert.deepEqual(await catchFaults({ raster, classes, band: 2 }), [
      '/inputs/band: is 2, but the raster has only band 1.',
    ]);
    assert.deepEqual(await catchFaults({ raster, classes, nodata: -1 }), [
      '/inputs/nodata: is -1, which is not a value that the data type uint8 can hold.',
    ]);
    assert.match((await catchFaults({ raster, classes: [] }))[0]!, /^\/inputs\/classes: /);
    assert.match((await catchFaults({ raster, classes: [{ min: 1 }] }))[0]!, /^\/inputs\/classes\/0: /);
  });
});

describe('the process', () => {
  itRunsItsExamples(process, run);
  itCanBeDismissed(process, run, async () => ({
    raster: await makeRaster([Uint8Array.of(1, 2, 3, 4)], 2, { dataType: 'uint8' }),
    classes: [{ newValue: 1 }],
  }));
});
