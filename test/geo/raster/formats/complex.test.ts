import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readGrid } from '../../../../geo/raster/formats/tiff/read-grid.ts';
import convertRaster from '../../../../processes/convert-raster/process.ts';
import { run as runConvert } from '../../../../processes/convert-raster/run.ts';
import rasterInfo from '../../../../processes/raster-info/process.ts';
import { run as runInfo } from '../../../../processes/raster-info/run.ts';
import { execute } from '../../../processes/support/execute.ts';
import { rasterInput, rasterProcess } from '../../../processes/support/raster-process.ts';
import { makeSource } from '../../../processes/support/run-context.ts';
import { fixture, openBytes, rasterContext } from './support.ts';

interface Kind {
  /** Data type of the parts. */
  readonly part: string;
  readonly descriptions: readonly (string | null)[];
  readonly nodata: number | null;
  /** Of each band, the real and the imaginary part of each pixel. */
  readonly pixels: readonly (readonly (readonly [number, number])[])[];
  /** Of each band, a zero for each missing pixel. */
  readonly masks: readonly string[];
}

/** What rasterio reads (see make.py beside the files). */
const { engine, files } = JSON.parse(new TextDecoder().decode(fixture('complex/expected.json'))) as {
  readonly engine: string;
  readonly files: Readonly<Record<string, Kind>>;
};
const input = (name: string) => rasterInput(Buffer.from(fixture(`complex/${name}.tif`)).toString('base64'));

describe(`bands of complex numbers are two bands, with the parts that ${engine} reads`, () => {
  for (const [name, { part: dataType, descriptions, pixels, masks }] of Object.entries(files)) {
    it(name, async () => {
      const context = rasterContext();
      const raster = await openBytes(fixture(`complex/${name}.tif`), context);
      assert.match(context.messages.join('\n'), /complex numbers.*real and the imaginary part/);
      assert.deepEqual(
        raster.bands.map(({ description }) => description),
        descriptions.flatMap((own, index) =>
          ['real', 'imaginary'].map((part) => `${own ?? `Band ${index + 1}`} (${part})`),
        ),
      );
      for (const [index, numbers] of pixels.entries())
        for (const part of [0, 1] as const) {
          const band = 2 * index + part + 1;
          assert.equal(raster.bands[band - 1]!.dataType, dataType);
          assert.deepEqual(
            [...(await raster.read(band))],
            numbers.map((number) => number[part]),
          );
          const mask = await raster.readMask?.(band);
          const found = numbers.map((_, pixel) => (mask?.[pixel] === 0 ? '0' : '1')).join('');
          assert.equal(found, masks[index]);
        }
      // A window takes the same pixels.
      const window = { column: 3, row: 2, width: 5, height: 4 };
      const last = await raster.read(2 * pixels.length, window);
      const wanted = Array.from({ length: 20 }, (_, pixel) => {
        const [column, row] = [3 + (pixel % 5), 2 + Math.floor(pixel / 5)];
        return pixels.at(-1)![row * raster.width + column]![1];
      });
      assert.deepEqual([...last], wanted);
    });
  }

  it('and are so many where only the grid is looked at', async () => {
    const found = await readGrid(makeSource(fixture('complex/float64-planes.tif')));
    assert.equal(found?.bandCount, 4);
  });

  it('in raster-info, with a warning', async () => {
    const { outputs, logged } = await execute(rasterInfo, runInfo, {
      inputs: { raster: input('int16-nodata') },
    });
    const { bands } = outputs['result'] as { bands: Record<string, unknown>[] };
    assert.deepEqual(
      bands.map(({ band, dataType, description, nodata, mask }) => [
        band,
        dataType,
        description,
        nodata,
        mask,
      ]),
      [
        [1, 'int16', 'Band 1 (real)', null, 'perDataset'],
        [2, 'int16', 'Band 1 (imaginary)', null, 'perDataset'],
      ],
    );
    assert.match(logged.join('\n'), /nodata value -9 /);
  });

  it('in results, where a pixel without its real part has no imaginary one', async () => {
    const { computeResult } = rasterProcess(convertRaster, runConvert);
    const { bands } = await computeResult({ raster: input('int16-nodata') });
    const { pixels, masks } = files['int16-nodata']!;
    for (const part of [0, 1] as const)
      assert.deepEqual(
        bands[part],
        pixels[0]!.map((number, pixel) => (masks[0]![pixel] === '0' ? null : number[part])),
      );
  });
});
