import assert from 'node:assert/strict';
import { it } from 'node:test';
import { MediaType } from '../../../core/api/uris.ts';
import { InvalidRequest } from '../../../core/errors.ts';
import type { ProcessDeclaration, Run } from '../../../core/processes/declaration.ts';
import { openRaster } from '../../../processes/engines/raster/open-raster.ts';
import { missingTest, type RasterContent, type Samples } from '../../../processes/engines/raster/raster.ts';
import { writeRaster } from '../../../processes/engines/raster/write-raster.ts';
import { type ExecuteOptions, execute } from './execute.ts';
import { contextOf, sourceOf } from './run-context.ts';

/** A GeoTIFF in base64 as an input. */
export const rasterInput = (base64: string) => ({
  value: base64,
  encoding: 'base64',
  mediaType: MediaType.geotiff,
});

/** A raster with given bands as an input; pixels of 10 units from (0, 0) down unless told otherwise. */
export async function rasterOf(
  bands: readonly Samples[],
  width: number,
  content: Partial<RasterContent> & Pick<RasterContent, 'dataType'>,
): Promise<ReturnType<typeof rasterInput>> {
  const height = bands[0]!.length / width;
  const { bytes } = await writeRaster(
    { width, height, transform: [0, 10, 0, 0, 0, -10], crs: 'EPSG:3857', ...content, bands },
    MediaType.geotiff,
  );
  return rasterInput(Buffer.from(bytes).toString('base64'));
}

/** A raster that a process returned; missing pixels are null. */
export interface TestRaster {
  readonly width: number;
  readonly height: number;
  readonly transform: readonly number[];
  readonly crs: string | undefined;
  readonly dataType: string;
  readonly nodata: number | undefined;
  readonly bands: readonly (readonly (number | null)[])[];
}

/** Reads a GeoTIFF with all its pixels. */
export async function readGeotiff(bytes: Uint8Array): Promise<TestRaster> {
  const context = contextOf({ outputs: {}, limits: { inlineBytes: 1e9 } });
  const { width, height, transform, crs, bands, read } = await openRaster(sourceOf(bytes), context);
  const values = bands.map(async (band, index) => {
    const isMissing = missingTest(band);
    return Array.from(await read(index + 1), (value) => (isMissing(value) ? null : value));
  });
  const [{ dataType, nodata } = assert.fail('has no band')] = bands;
  return { width, height, transform, crs, dataType, nodata, bands: await Promise.all(values) };
}

/** What a process with a raster as `result` does with inputs. */
export function rasterProcess(process: ProcessDeclaration, run: Run<never>) {
  const resultOf = async (inputs: object, options?: ExecuteOptions): Promise<TestRaster> => {
    const { outputs } = await execute(process, run, { inputs }, options);
    return readGeotiff(outputs['result'] as Uint8Array);
  };
  return { resultOf, faultsOf: (inputs: object) => faultsIn(resultOf(inputs)) };
}

/** The faults with which an execution is refused, each with its pointer. */
export async function faultsIn(execution: Promise<unknown>): Promise<string[]> {
  const error = await execution.then(
    () => assert.fail('was accepted'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof InvalidRequest, String(error));
  return error.faults.map(({ pointer, detail }) => `${pointer}: ${detail}`);
}

/** Size and place of a grid as an oracle has them; numbers within a share of their size. */
export function assertSameGrid(
  actual: Pick<TestRaster, 'width' | 'height' | 'transform'>,
  expected: { readonly width: number; readonly height: number; readonly transform: readonly number[] },
  tolerance = 1e-12,
): void {
  assert.deepEqual([actual.width, actual.height], [expected.width, expected.height]);
  for (const [index, value] of expected.transform.entries()) {
    const difference = Math.abs(actual.transform[index]! - value);
    assert.ok(
      difference <= tolerance * Math.max(1, Math.abs(value)),
      `${actual.transform} is not ${expected.transform}`,
    );
  }
}

/** All pixels as an oracle has them: missing where they are, and values within a share of their size. */
export function assertSamePixels(
  actual: readonly (number | null)[],
  expected: readonly (number | null)[],
  tolerance: number,
): void {
  assert.equal(actual.length, expected.length);
  for (const [index, value] of expected.entries()) {
    const found = actual[index]!;
    const same =
      value === null || found === null
        ? value === found
        : Math.abs(found - value) <= tolerance * Math.max(1, Math.abs(value));
    assert.ok(same, `pixel ${index} is ${found} instead of ${value}`);
  }
}

/** Tests that each example of a declaration runs, and gives the outputs that it declares. */
export function itRunsItsExamples(process: ProcessDeclaration, run: Run<never>): void {
  for (const { title, request } of process.examples) {
    it(`runs as the example "${title}"`, async () => {
      const { outputs } = await execute(process, run, request);
      assert.deepEqual(Object.keys(outputs), Object.keys(process.outputs));
      const value = outputs['result'];
      if (!(value instanceof Uint8Array)) return;
      const { bands } = await readGeotiff(value);
      assert.ok(
        bands.every((band) => band.some((pixel) => pixel !== null)),
        'a band has no pixel',
      );
    });
  }
}

/** Tests that an execution ends when its job is dismissed, however little it has done. */
export function itCanBeDismissed(
  process: ProcessDeclaration,
  run: Run<never>,
  inputs: () => Promise<object>,
): void {
  it('ends when the job is dismissed', async () => {
    const controller = new AbortController();
    const progress = async () => {
      controller.abort(new Error('dismissed'));
      controller.signal.throwIfAborted();
    };
    const execution = execute(
      process,
      run,
      { inputs: await inputs() },
      { signal: controller.signal, progress },
    );
    await assert.rejects(execution, { message: 'dismissed' });
  });
}
