import assert from 'node:assert/strict';
import type { ProcessDeclaration, Run } from '../../../core/processes/declaration.ts';
import { InvalidRequest } from '../../../core/shared/errors.ts';
import { MediaType } from '../../../core/shared/uris.ts';
import { openRaster } from '../../../geo/raster/formats/open-raster.ts';
import { missingTest, type RasterContent, type Samples } from '../../../geo/raster/raster.ts';
import { crsFrom } from '../../support/crs.ts';
import { type ExecuteOptions, execute } from './execute.ts';
import { rasterValue } from './raster-value.ts';
import { makeContext, makeSource } from './run-context.ts';

/** A GeoTIFF in base64 as an input. */
export const rasterInput = (base64: string) => ({
  value: base64,
  encoding: 'base64',
  mediaType: MediaType.geotiff,
});

/** A raster with given bands as an input; pixels of 10 units from (0, 0) down unless told otherwise. */
export const makeRaster = (
  bands: readonly Samples[],
  width: number,
  content: Partial<RasterContent> & Pick<RasterContent, 'dataType'>,
): Promise<ReturnType<typeof rasterInput>> =>
  rasterValue({
    width,
    height: bands[0]!.length / width,
    transform: [0, 10, 0, 0, 0, -10],
    crs: crsFrom('EPSG:3857'),
    ...content,
    bands,
  });

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
  const context = makeContext({ outputs: {}, limits: { inlineBytes: 1e9 } });
  const { width, height, transform, crs, bands, read, readMask } = await openRaster(
    makeSource(bytes),
    context,
  );
  const values = bands.map(async (band, index) => {
    const isMissing = missingTest(band);
    const mask = await readMask?.(index + 1);
    return Array.from(await read(index + 1), (value, pixel) =>
      mask?.[pixel] === 0 || isMissing(value) ? null : value,
    );
  });
  const [{ dataType, nodata } = assert.fail('has no band')] = bands;
  return { width, height, transform, crs: crs?.name, dataType, nodata, bands: await Promise.all(values) };
}

/** What a process with a raster as `result` does with inputs. */
export function rasterProcess(process: ProcessDeclaration, run: Run<never>) {
  const computeResult = async (inputs: object, options?: ExecuteOptions): Promise<TestRaster> => {
    const { outputs } = await execute(process, run, { inputs }, options);
    return readGeotiff(outputs['result'] as Uint8Array);
  };
  return { computeResult, catchFaults: (inputs: object) => faultsIn(computeResult(inputs)) };
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
