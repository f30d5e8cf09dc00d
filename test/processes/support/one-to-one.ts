import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FeatureCollection } from 'geojson';
import type { ProcessDeclaration, Run } from '../../../core/processes/declaration.ts';
import { layerFormats } from '../../../core/shared/formats.ts';
import { readLayer } from '../../../geo/formats/read.ts';
import { bytesSource, makeRunContext } from '../../geo/formats/support.ts';
import { execute } from './execute.ts';
import { collection, feature, layerProcess, rectangle } from './layers.ts';

/**
 * States what holds for every process with one result per feature.
 *
 * @param inputs what has to be given besides the features.
 */
export function describeOneToOne(
  process: ProcessDeclaration,
  run: Run<never>,
  inputs: Readonly<Record<string, unknown>> = {},
): void {
  const { computeFeatures, catchFaults } = layerProcess(process, run);
  const square = rectangle(5, 52, 5.1, 52.1);

  describe('features', () => {
    it('keep their order, ids and properties with their types; null geometries stay null', async () => {
      const properties = { name: 'x', count: 3, share: 0.5, flag: false, tags: ['a'], none: null };
      const features = collection(
        feature(square, properties, 'b'),
        feature(null, { n: 1 }, 7),
        feature(square),
      );
      const results = await computeFeatures({ ...inputs, features });
      assert.deepEqual(
        results.map(({ id, geometry }) => [id, geometry === null]),
        [
          ['b', false],
          [7, true],
          [undefined, false],
        ],
      );
      // Some processes add properties; none changes those that are there.
      assert.deepEqual({ ...results[0]!.properties, ...properties }, results[0]!.properties);
      assert.deepEqual(results[1]!.properties, { n: 1 });
    });

    it('may be none', async () => {
      assert.deepEqual(await computeFeatures({ ...inputs, features: collection() }), []);
    });

    it('may be empty geometries', async () => {
      const features = collection(feature({ type: 'Polygon', coordinates: [] }, { n: 1 }, 1));
      const [result] = await computeFeatures({ ...inputs, features });
      assert.deepEqual([result!.id, result!.properties['n']], [1, 1]);
    });
  });

  describe('execution', () => {
    it('runs every example of the declaration', async () => {
      for (const { request } of process.examples) {
        const { outputs } = await execute(process, run, request);
        const { features } = (outputs['result'] ?? { features: [outputs] }) as FeatureCollection;
        assert.ok(features.length > 0);
      }
    });

    it('reads and writes each format that it declares', async () => {
      const features = collection(feature(square, { name: 'x' }));
      for (const { mediaType } of layerFormats.filter(({ binary }) => binary)) {
        const body = { inputs: { ...inputs, features }, outputs: { result: { format: { mediaType } } } };
        const { outputs, mediaTypes } = await execute(process, run, body);
        assert.equal(mediaTypes['result'], mediaType);
        const read = await readLayer(bytesSource(outputs['result'] as Uint8Array), makeRunContext());
        assert.equal(read.features[0]!.properties['name'], 'x');
      }
    });

    it('stops when it is dismissed', async () => {
      const features = collection(...Array.from({ length: 3000 }, () => feature(square)));
      const steps: number[] = [];
      const progress = async (done: number) => {
        if (steps.push(done) === 3) throw new Error('dismissed');
      };
      await assert.rejects(
        execute(process, run, { inputs: { ...inputs, features } }, { progress }),
        /dismissed/,
      );
      assert.equal(steps.length, 3);
    });

    it('names what is wrong with the request', async () => {
      assert.match((await catchFaults({ ...inputs, features: square, unknown: 1 }))[0]!, /unknown/);
      const broken = { type: 'Polygon', coordinates: [[[0, 0], [1]]] };
      assert.match(
        (await catchFaults({ ...inputs, features: broken }))[0]!,
        /^\/inputs\/features\/coordinates\/0\/1: must be a position/,
      );
    });

    if ('crs' in process.inputs) {
      it('refuses a CRS that is not known', async () => {
        const [fault] = await catchFaults({ ...inputs, features: square, crs: 'EPSG:1', ...planar(process) });
        assert.match(fault!, /^\/inputs\/crs: names the CRS "EPSG:1"/);
      });
    }
  });
}

/** Where there is a method that needs the CRS, it is chosen. */
const planar = ({ inputs }: ProcessDeclaration) =>
  inputs['method']?.schema.enum?.includes('planar') ? { method: 'planar' } : {};
