import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { predicateNames } from '../../../geo/geos/predicate-names.ts';
import process from '../../../processes/select-by-location/process.ts';
import { run } from '../../../processes/select-by-location/run.ts';
import { bowtie, collection, feature, layerProcess, makeLayer, point, rectangle } from '../support/layers.ts';
import { oracle } from '../support/oracle.ts';

const { computeFeatures, catchFaults } = layerProcess(process, run);
const selected = async (inputs: object) =>
  (await computeFeatures(inputs)).map(({ properties }) => properties['index']);

describe('the selection', () => {
  for (const predicate of predicateNames) {
    it(`for "${predicate}" is that of shapely, and all others inverted`, async () => {
      const { features, overlay, pairs } = oracle('predicates');
      const matching = new Set(pairs[predicate].map(([index]: number[]) => index));
      const all = features.map((_: object, index: number) => index);
      const inputs = { features: makeLayer(features), overlay: makeLayer(overlay.slice(0, 12)), predicate };
      const few = new Set(
        pairs[predicate].filter(([, other]: number[]) => other! < 12).map(([index]: number[]) => index),
      );
      assert.ok(few.size > 0 && few.size <= matching.size);
      assert.deepEqual(
        await selected(inputs),
        all.filter((index: number) => few.has(index)),
      );
      assert.deepEqual(
        await selected({ ...inputs, invert: true }),
        all.filter((index: number) => !few.has(index)),
      );
    });
  }

  it('keeps ids, properties and coordinates as they came, each feature once', async () => {
    const square = feature(rectangle(0, 0, 1, 1), { name: 'a', value: null }, 'one');
    const results = await computeFeatures({
      features: collection(square),
      overlay: makeLayer([point(0, 0), point(1, 1)]),
      crs: 'EPSG:3857',
    });
    assert.deepEqual(results, [square]);
  });

  it('of features without a geometry is the inverted one', async () => {
    const inputs = {
      features: makeLayer([null, { type: 'Polygon', coordinates: [] }]),
      overlay: point(0, 0),
    };
    assert.deepEqual(await selected(inputs), []);
    assert.deepEqual(await selected({ ...inputs, predicate: 'disjoint' }), []);
    assert.deepEqual(await selected({ ...inputs, invert: true }), [0, 1]);
  });
});

describe('the inputs', () => {
  it('may be empty layers', async () => {
    const square = makeLayer([rectangle(0, 0, 1, 1)]);
    assert.deepEqual(await computeFeatures({ features: collection(), overlay: square }), []);
    assert.deepEqual(await selected({ features: square, overlay: collection() }), []);
    assert.deepEqual(await selected({ features: square, overlay: collection(), invert: true }), [0]);
  });

  it('may be invalid: repaired, refused or skipped', async () => {
    const inputs = { features: makeLayer([bowtie]), overlay: point(1, 1.2) };
    assert.deepEqual(await selected({ ...inputs, invert: true }), [0]);
    assert.deepEqual(await selected({ ...inputs, invert: true, invalidGeometry: 'skip' }), []);
    const faults = await catchFaults({ ...inputs, invalidGeometry: 'error' });
    assert.match(faults[0]!, /^\/inputs\/features\/features\/0\/geometry: /);
  });

  it('run as the examples of the declaration', async () => {
    const ids = [];
    for (const { request } of process.examples)
      ids.push((await computeFeatures(request.inputs)).map(({ id }) => id));
    assert.deepEqual(ids, [['A1', 'A2'], ['A3']]);
  });
});
