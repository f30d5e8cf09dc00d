import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ProcessDeclaration, Run } from '../../core/processes/declaration.ts';
import convertRaster from '../../processes/convert-raster/process.ts';
import { run as runConvert } from '../../processes/convert-raster/run.ts';
import mosaic from '../../processes/mosaic/process.ts';
import { run as runMosaic } from '../../processes/mosaic/run.ts';
import calculator from '../../processes/raster-calculator/process.ts';
import { run as runCalculator } from '../../processes/raster-calculator/run.ts';
import rasterize from '../../processes/rasterize/process.ts';
import { run as runRasterize } from '../../processes/rasterize/run.ts';
import reclassify from '../../processes/reclassify/process.ts';
import { run as runReclassify } from '../../processes/reclassify/run.ts';
import { execute } from './support/execute.ts';
import { faultsIn, makeRaster, readGeotiff } from './support/raster-process.ts';

async function computed(process: ProcessDeclaration, run: Run<never>, inputs: object) {
  const { outputs, logged } = await execute(process, run, { inputs });
  const { dataType, bands } = await readGeotiff(outputs['result'] as Uint8Array);
  return { dataType, values: bands[0], said: logged.join('\n') };
}

const doubles = () =>
  makeRaster([Float64Array.of(1, 300, -5, 2.5, 16_777_217, 1e300)], 3, { dataType: 'float64' });

describe('what a data type cannot hold is said, with the number of pixels', () => {
  it('in convert-raster', async () => {
    const raster = await doubles();
    const bytes = await computed(convertRaster, runConvert, { raster, outputType: 'uint8' });
    assert.deepEqual(bytes.values, [1, 255, 0, 3, 255, 255]);
    assert.match(
      bytes.said,
      /uint8: 4 pixels were clamped to the range of uint8; 1 pixel was rounded to integers\./,
    );
    const singles = await computed(convertRaster, runConvert, { raster, outputType: 'float32' });
    assert.deepEqual(singles.values, [1, 300, -5, 2.5, 16_777_216, Infinity]);
    assert.match(singles.said, /1 pixel was rounded to float32.*; 1 pixel became infinite/);
    const same = await computed(convertRaster, runConvert, { raster, outputType: 'float64', nodata: -1 });
    assert.equal(same.said, '');
  });

  it('in mosaic, which has the data type of its first raster', async () => {
    const missing = { dataType: 'uint8', nodata: 0 } as const;
    const first = await makeRaster([Uint8Array.of(7, 0, 0, 0)], 4, missing);
    const floats = await makeRaster([Float32Array.of(300, 1234.5, 2.5, 9)], 4, { dataType: 'float32' });
    const negative = await makeRaster([Int16Array.of(-5, -5, -5, -5)], 4, { dataType: 'int16' });
    const laid = await computed(mosaic, runMosaic, { rasters: [first, floats, negative] });
    assert.deepEqual(laid.values, [7, 255, 3, 9]);
    assert.match(laid.said, /uint8: 1 pixel was clamped to the range of uint8; 1 pixel was rounded/);
    const { said } = await computed(mosaic, runMosaic, { rasters: [first, negative], method: 'min' });
    assert.match(said, /4 pixels were clamped to the range of uint8/);
    const wide = await computed(mosaic, runMosaic, { rasters: [floats, first, negative], method: 'mean' });
    assert.equal(wide.said, '');
  });

  it('in raster-calculator, where what is beyond the range is missing', async () => {
    const rasters = [await doubles()];
    const { values, said } = await computed(calculator, runCalculator, { rasters, expression: 'A * 1' });
    assert.deepEqual(values, [1, 300, -5, 2.5, 16_777_216, null]);
    assert.match(said, /1 pixel was rounded to float32.*; 1 pixel became missing/);
    const inputs = { rasters, expression: 'A * 1', outputType: 'float64' };
    assert.equal((await computed(calculator, runCalculator, inputs)).said, '');
  });

  it('in reclassify, which takes a type that holds the new values', async () => {
    const raster = await makeRaster([Uint8Array.of(1, 2)], 2, { dataType: 'uint8' });
    const long = await computed(reclassify, runReclassify, { raster, classes: [{ newValue: 16_777_217 }] });
    assert.deepEqual([long.dataType, long.values], ['float64', [16_777_217, 16_777_217]]);
    const large = { raster, classes: [{ newValue: 1e300 }], outputType: 'float32' };
    assert.match(
      String(await faultsIn(execute(reclassify, runReclassify, { inputs: large }))),
      /newValue: is 1e\+300, which is not a value that the data type float32 can hold/,
    );
    const wide = await makeRaster([Int32Array.of(70_000, 5)], 2, { dataType: 'int32' });
    const kept = {
      raster: wide,
      classes: [{ max: 10, newValue: 1 }],
      unmatched: 'keep',
      outputType: 'int16',
    };
    const { values, said } = await computed(reclassify, runReclassify, kept);
    assert.deepEqual(values, [32_767, 1]);
    assert.match(said, /1 pixel was clamped to the range of int16/);
  });

  it('in rasterize', async () => {
    const features = {
      type: 'FeatureCollection',
      features: [300, 16_777_217, 2.5].map((v, index) => ({
        type: 'Feature',
        properties: { v },
        geometry: { type: 'Point', coordinates: [5 + index + 0.5, 52.5] },
      })),
    };
    const inputs = { features, field: 'v', resolution: 1, extent: { bbox: [5, 52, 8, 53] } };
    const bytes = await computed(rasterize, runRasterize, { ...inputs, outputType: 'uint8' });
    assert.match(bytes.said, /2 values were clamped to the range of uint8; 1 value was rounded/);
    assert.match((await computed(rasterize, runRasterize, inputs)).said, /1 value was rounded to float32/);
    assert.equal((await computed(rasterize, runRasterize, { ...inputs, outputType: 'float64' })).said, '');
    const { field: _, ...rest } = inputs;
    assert.match(
      String(await faultsIn(execute(rasterize, runRasterize, { inputs: { ...rest, value: 1e300 } }))),
      /inputs\/value: is 1e\+300, which is beyond the range of float32; set "outputType" to "float64"/,
    );
  });
});
