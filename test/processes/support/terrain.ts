import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ProcessDeclaration, Run } from '../../../core/processes/declaration.ts';
import type { InvalidInput, LimitExceeded } from '../../../core/shared/errors.ts';
import { MediaType } from '../../../core/shared/uris.ts';
import { writeRaster } from '../../../geo/raster/formats/write-raster.ts';
import type { RasterContent } from '../../../geo/raster/raster.ts';
import { crsFrom } from '../../support/crs.ts';
import { oracle } from './oracle.ts';
import { itCanBeDismissed, itRunsItsExamples } from './process-runs.ts';
import { makeContent } from './raster-content.ts';
import { rasterProcess } from './raster-process.ts';
import { rasterValue } from './raster-value.ts';
import { makeContext, makeSource } from './run-context.ts';

interface Case {
  readonly model: string;
  readonly process: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly pixels: readonly (number | null)[];
}

const { engine, models, cases } = oracle('terrain') as {
  readonly engine: string;
  readonly models: Readonly<
    Record<
      string,
      Pick<RasterContent, 'dataType' | 'transform'> & { crs: string; nodata: number | null; rows: number[][] }
    >
  >;
  readonly cases: readonly Case[];
};

/** A model of the fixture as a raster: 17 x 13 pixels. */
export function makeModel(name: string): RasterContent {
  const { rows, nodata, crs, ...content } = models[name]!;
  return makeContent(rows, { ...content, crs: crsFrom(crs), ...(nodata === null ? {} : { nodata }) });
}

const scaled = new Set(['hillshade', 'slope']);

/** The pixels of a band but for the four corners, where a plane is no plane to gdaldem. */
export const withoutCorners = <T>(pixels: readonly T[], width: number): T[] =>
  pixels.filter((_, index) => {
    const row = Math.floor(index / width);
    const column = index % width;
    return !((row === 0 || row === pixels.length / width - 1) && (column === 0 || column === width - 1));
  });

/** What the processes for elevation models have in common. @param near whether a value is that of gdaldem */
export function describeTerrainProcess(
  process: ProcessDeclaration,
  run: Run<never>,
  near: (found: number, wanted: number) => boolean,
): void {
  const { computeResult, catchFaults } = rasterProcess(process, run);
  describe(`${process.id} is that of ${engine}`, () => {
    for (const { model, inputs: asked, pixels } of cases.filter((each) => each.process === process.id)) {
      // gdaldem was told this scale. Its directions hold on square pixels of rasters that are north up.
      if (process.id === 'aspect' && !['float', 'steps'].includes(model)) continue;
      const inputs = model === 'degrees' && scaled.has(process.id) ? { scale: 111_120, ...asked } : asked;
      it(`on the model "${model}" with ${JSON.stringify(inputs)}`, async () => {
        const content = makeModel(model);
        const { bands, crs, transform } = await computeResult({
          raster: await rasterValue(content),
          ...inputs,
        });
        assert.deepEqual([crs, transform], [content.crs?.name, content.transform]);
        for (const [index, wanted] of pixels.entries()) {
          const found = bands[0]![index]!;
          const same = wanted === null || found === null ? wanted === found : near(found, wanted);
          assert.ok(same, `pixel ${index} is ${found} instead of ${wanted}`);
        }
      });
    }
  });

  describe(`${process.id}, beside its values`, () => {
    it('of rasters that are too narrow for neighbours is missing', async () => {
      for (const rows of [[[1, 2, 3]], [[1], [2], [3]], [[1]]]) {
        const raster = await rasterValue(makeContent(rows));
        const { bands } = await computeResult({ raster, computeEdges: true });
        assert.ok(bands[0]!.every((value) => value === null));
      }
    });

    it('of nothing but missing pixels is missing', async () => {
      const raster = await rasterValue(
        makeContent(
          [
            [7, 7, 7],
            [7, 7, 7],
            [7, 7, 7],
          ],
          { nodata: 7 },
        ),
      );
      for (const computeEdges of [false, true])
        assert.ok((await computeResult({ raster, computeEdges })).bands[0]!.every((value) => value === null));
    });

    it('takes not-a-number as missing', async () => {
      const rows = [
        [1, 2, 3, 9],
        [1, 5, 3, 9],
        [4, 2, Number.NaN, 9],
      ];
      const raster = await rasterValue(makeContent(rows));
      assert.deepEqual((await computeResult({ raster })).bands[0], Array(12).fill(null));
    });

    it('refuses a band that the raster does not have', async () => {
      const faults = await catchFaults({ raster: await rasterValue(makeModel('float')), band: 2 });
      assert.deepEqual(faults, ['/inputs/band: is 2, but the raster has only band 1.']);
    });

    it('refuses more pixels than it takes', async () => {
      const { bytes } = await writeRaster(makeModel('float'), MediaType.cog);
      const context = makeContext(process, { limits: { pixels: 17 * 13 - 1 } });
      const inputs = {
        raster: makeSource(bytes, { pointer: '/inputs/raster' }),
        band: 1,
        computeEdges: false,
        zFactor: 1,
      };
      const others = { algorithm: 'horn', unit: 'degree', azimuth: 315, altitude: 45, index: 'tri' };
      await assert.rejects(
        (run as unknown as Run<ProcessDeclaration>)({ ...inputs, ...others }, context),
        (error: LimitExceeded | InvalidInput) => error.status === 413 && /221/.test(error.detail!),
      );
    });

    itCanBeDismissed(process, run, async () => ({ raster: await rasterValue(makeModel('float')) }));
    itRunsItsExamples(process, run);
  });
}
