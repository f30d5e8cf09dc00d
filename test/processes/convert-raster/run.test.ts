import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LimitExceeded } from '../../../core/shared/errors.ts';
import { rasterOutputFormats } from '../../../core/shared/formats.ts';
import { MediaType } from '../../../core/shared/uris.ts';
import { writeRaster } from '../../../geo/raster/formats/write-raster.ts';
import process from '../../../processes/convert-raster/process.ts';
import { run } from '../../../processes/convert-raster/run.ts';
import { fixture, openBytes } from '../../geo/raster/formats/support.ts';
import { execute } from '../support/execute.ts';
import { itCanBeDismissed, itRunsItsExamples } from '../support/process-runs.ts';
import { makeContent } from '../support/raster-content.ts';
import { rasterProcess, readGeotiff } from '../support/raster-process.ts';
import { rasterValue } from '../support/raster-value.ts';
import { makeContext, makeSource } from '../support/run-context.ts';

const { computeResult, catchFaults } = rasterProcess(process, run);
const names = Object.keys(
  JSON.parse(new TextDecoder().decode(fixture('rasters/expected.json'))).rasters as object,
);
const base64 = (name: string) => Buffer.from(fixture(`rasters/${name}.tif`)).toString('base64');

describe('convert-raster', () => {
  for (const name of names.filter((each) => !each.includes('mask'))) {
    it(`keeps all of ${name}: pixels, data type, nodata and place`, async () => {
      const before = await openBytes(fixture(`rasters/${name}.tif`));
      const { outputs, mediaTypes } = await execute(process, run, { inputs: { raster: base64(name) } });
      assert.equal(mediaTypes['result'], MediaType.cog);
      const after = await openBytes(outputs['result'] as Uint8Array);
      assert.deepEqual(
        [after.crs, after.transform, after.bands],
        [before.crs, before.transform, before.bands],
      );
      for (const index of before.bands.keys())
        assert.deepEqual(await after.read(index + 1), await before.read(index + 1));
    });
  }

  it('writes every format', async () => {
    for (const { mediaType } of rasterOutputFormats) {
      const { mediaTypes } = await execute(process, run, {
        inputs: { raster: base64('int16-geographic') },
        outputs: { result: { format: { mediaType } } },
      });
      assert.equal(mediaTypes['result'], mediaType);
    }
  });

  it('packs as asked', async () => {
    const sizes: number[] = [];
    for (const compression of ['none', 'deflate', 'lzw', 'zstd']) {
      const { outputs } = await execute(process, run, {
        inputs: { raster: base64('int16-geographic'), compression },
      });
      sizes.push((outputs['result'] as Uint8Array).length);
    }
    assert.equal(new Set(sizes).size, 4);
    assert.ok(sizes.slice(1).every((size) => size < sizes[0]! / 20));
  });

  it('rounds to integers and keeps them within their range; what is missing stays so', async () => {
    const raster = await rasterValue(
      makeContent([[-1.5, 0.49, 0.5, 254.5, 300, -9999, Number.NaN]], { nodata: -9999 }),
    );
    const { bands, dataType, nodata } = await computeResult({ raster, outputType: 'uint8', nodata: 77 });
    assert.deepEqual([dataType, nodata], ['uint8', 77]);
    assert.deepEqual(bands[0], [0, 0, 1, 255, 255, null, null]);
  });

  it('takes the nodata that is given, or that of the raster if the type has it, or a mask', async () => {
    const computeNodata = async (
      rows: number[][],
      content: Parameters<typeof makeContent>[1],
      inputs: object,
    ) => {
      const { nodata, bands } = await computeResult({
        raster: await rasterValue(makeContent(rows, content)),
        ...inputs,
      });
      return [nodata, bands[0]];
    };
    const rows = [[1, -9999, 3]];
    assert.deepEqual(await computeNodata(rows, { nodata: -9999 }, {}), [-9999, [1, null, 3]]);
    assert.deepEqual(await computeNodata(rows, { nodata: -9999 }, { nodata: -1 }), [-1, [1, null, 3]]);
    assert.deepEqual(await computeNodata(rows, {}, { nodata: 4 }), [4, [1, -9999, 3]]);
    assert.deepEqual(await computeNodata(rows, {}, {}), [undefined, [1, -9999, 3]]);
    assert.deepEqual(await computeNodata(rows, { nodata: -9999 }, { outputType: 'uint16' }), [
      undefined,
      [1, null, 3],
    ]);
    assert.deepEqual(await computeNodata(rows, { nodata: -9999 }, { outputType: 'int32' }), [
      -9999,
      [1, null, 3],
    ]);
    assert.deepEqual(await computeNodata([[0, 1]], {}, { outputType: 'uint8' }), [undefined, [0, 1]]);
    assert.deepEqual(await computeNodata([[Number.NaN, 1]], {}, { outputType: 'uint8' }), [
      undefined,
      [null, 1],
    ]);
    const lowest = { dataType: 'float64' as const, nodata: -Number.MAX_VALUE };
    const far = [[-Number.MAX_VALUE, 2]];
    assert.deepEqual(await computeNodata(far, lowest, { outputType: 'float32' }), [undefined, [null, 2]]);
  });

  it('keeps a mask, or gives missing pixels the nodata that is asked for', async () => {
    const source = await openBytes(fixture('rasters/uint8-mask.tif'));
    const [samples, mask] = [await source.read(1), (await source.readMask!(1))!];
    const { outputs } = await execute(process, run, { inputs: { raster: base64('uint8-mask') } });
    const { bands, nodata, dataType } = await readGeotiff(outputs['result'] as Uint8Array);
    assert.deepEqual([nodata, dataType], [undefined, 'uint8']);
    const present = Array.from(samples, (value, index) => (mask[index] === 0 ? null : value));
    assert.ok(present.includes(0) && present.includes(null));
    assert.deepEqual(bands[0], present);
    const other = await computeResult({ raster: base64('uint8-mask'), nodata: 255 });
    assert.deepEqual([other.nodata, other.bands[0]], [255, present]);
  });

  it('refuses a nodata that valid pixels have', async () => {
    const raster = await rasterValue(makeContent([[0, 1, 0, Number.NaN]]));
    assert.deepEqual(await catchFaults({ raster, outputType: 'uint8', nodata: 0 }), [
      '/inputs/nodata: is 0, which 2 pixels of the result have as a valid value. Give a value that no pixel has, or omit it: missing pixels are then marked by a mask if necessary.',
    ]);
  });

  it('refuses a nodata that the type does not have', async () => {
    const raster = await rasterValue(makeContent([[1]]));
    const faults = await catchFaults({ raster, outputType: 'uint8', nodata: -9999 });
    assert.deepEqual(faults, [
      '/inputs/nodata: is -9999, which is not a value that the data type uint8 can hold.',
    ]);
    assert.match((await catchFaults({ raster, nodata: 1e300 }))[0]!, /^\/inputs\/nodata/);
    assert.match((await catchFaults({ raster, compression: 'jpeg' }))[0]!, /^\/inputs\/compression/);
  });

  it('refuses more pixels than it takes, those of all bands', async () => {
    const { bytes } = await writeRaster(
      { ...makeContent([[1, 2]]), bands: [new Float32Array(2), new Float32Array(2)] },
      MediaType.cog,
    );
    const inputs = {
      raster: makeSource(bytes),
      outputType: undefined,
      nodata: undefined,
      compression: 'none',
    } as const;
    await run(inputs, makeContext(process, { limits: { pixels: 4 } }));
    await assert.rejects(run(inputs, makeContext(process, { limits: { pixels: 3 } })), LimitExceeded);
  });

  itCanBeDismissed(process, run, async () => ({ raster: base64('int16-geographic') }));
  itRunsItsExamples(process, run);
});
