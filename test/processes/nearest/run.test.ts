import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import process from '../../../processes/nearest/process.ts';
import { run } from '../../../processes/nearest/run.ts';
import {
  bowtie,
  collection,
  feature,
  layerProcess,
  line,
  makeLayer,
  point,
  rectangle,
} from '../support/layers.ts';
import { itRefusesRepeatedProperties, longFeature, manyPoints } from '../support/repeated-properties.ts';

const { computeFeatures, catchFaults } = layerProcess(process, run);

describe('the rows', () => {
  const inputs = {
    features: collection(
      feature(point(5, 52), { name: 'here' }, 'a'),
      feature(null, { name: 'nowhere' }, 'b'),
      feature(point(5.5, 52), { name: 'there', distance: 'old' }, 'c'),
    ),
    overlay: makeLayer([point(5.001, 52), null, point(5.002, 52), point(5.001, 52)]),
  };

  it('are ordered by feature, distance and place; unmatched features have nulls', async () => {
    const rows = await computeFeatures({ ...inputs, k: 3, maxDistance: 10, distanceUnit: 'kilometre' });
    assert.deepEqual(
      rows.map(({ id, properties: { distance, ...rest } }) => [id, rest, Math.round(distance as number)]),
      [
        ['a', { name: 'here', overlay_index: 0, rank: 1 }, 69],
        ['a', { name: 'here', overlay_index: 3, rank: 2 }, 69],
        ['a', { name: 'here', overlay_index: 2, rank: 3 }, 137],
        ['b', { name: 'nowhere', overlay_index: null, rank: null }, 0],
        ['c', { name: 'there', overlay_index: null, rank: null }, 0],
      ],
    );
    assert.deepEqual(rows[3]!.properties['distance'], null);
    assert.deepEqual(rows[0]!.geometry, point(5, 52));
  });

  it('may be only those with a neighbour', async () => {
    const rows = await computeFeatures({ ...inputs, keepUnmatched: false, prefix: 'n_' });
    assert.deepEqual(
      rows.map(({ id, properties }) => [id, properties['n_index']]),
      [
        ['a', 0],
        ['c', 2],
      ],
    );
  });

  it('have the distance 0 where features meet', async () => {
    const [row] = await computeFeatures({ features: line([0, 0], [2, 2]), overlay: rectangle(1, 1, 3, 3) });
    assert.equal(row!.properties['distance'], 0);
  });

  it('have metres also where the unit of the CRS is another', async () => {
    const feet = { type: 'name', properties: { name: 'EPSG:2263' } };
    const layer = (x: number) => ({ ...makeLayer([point(x, 200_000)]), crs: feet });
    const [row] = await computeFeatures({ features: layer(980_000), overlay: layer(981_000) });
    assert.ok(Math.abs((row!.properties['distance'] as number) - (1000 * 1200) / 3937) < 1e-6);
    const none = await computeFeatures({
      features: layer(980_000),
      overlay: layer(981_000),
      maxDistance: 999,
      distanceUnit: 'foot',
      keepUnmatched: false,
    });
    assert.deepEqual(none, []);
  });

  it('are about the same in the plane of a CRS as about each feature', async () => {
    const layers = {
      features: makeLayer([point(5.1, 52.1), rectangle(5.2, 52, 5.21, 52.01)]),
      overlay: makeLayer([point(5.15, 52.05), line([5.3, 52], [5.3, 52.2])]),
      k: 2,
    };
    const [own, utm] = [
      await computeFeatures(layers),
      await computeFeatures({ ...layers, crs: 'EPSG:32631' }),
    ];
    for (const [index, { properties }] of own.entries()) {
      const [one, other] = [properties, utm[index]!.properties];
      assert.equal(one['overlay_index'], other['overlay_index']);
      assert.ok(Math.abs((one['distance'] as number) / (other['distance'] as number) - 1) < 1e-3);
    }
  });
});

describe('the inputs', () => {
  it('may be empty layers', async () => {
    assert.deepEqual(await computeFeatures({ features: collection(), overlay: point(0, 0) }), []);
    const [row] = await computeFeatures({ features: point(0, 0), overlay: collection() });
    assert.deepEqual(row!.properties, { distance: null, rank: null });
    assert.deepEqual(
      await computeFeatures({ features: point(0, 0), overlay: collection(), keepUnmatched: false }),
      [],
    );
  });

  it('may be invalid: repaired, refused or skipped', async () => {
    const inputs = { features: point(1, 1.5), overlay: makeLayer([bowtie]) };
    assert.ok(((await computeFeatures(inputs))[0]!.properties['distance'] as number) > 30_000);
    const [skipped] = await computeFeatures({ ...inputs, invalidGeometry: 'skip' });
    assert.equal(skipped!.properties['distance'], null);
    const faults = await catchFaults({ ...inputs, invalidGeometry: 'error' });
    assert.match(faults[0]!, /^\/inputs\/overlay\/features\/0\/geometry: /);
  });

  it('must have a projected working CRS and a number of neighbours that may be asked for', async () => {
    const points = { features: point(0, 0), overlay: point(1, 1) };
    assert.match((await catchFaults({ ...points, crs: 'EPSG:4326' }))[0]!, /^\/inputs\/crs: .*projected/);
    assert.match((await catchFaults({ ...points, k: 101 }))[0]!, /^\/inputs\/k: /);
    assert.match((await catchFaults({ ...points, maxDistance: -1 }))[0]!, /^\/inputs\/maxDistance: /);
  });

  it('run as the examples of the declaration', async () => {
    const rows = [];
    for (const { request } of process.examples) {
      const features = await computeFeatures(request.inputs);
      rows.push(
        features.map(({ id, properties }) => `${id} ${Math.round(properties['distance'] as number)}`),
      );
    }
    assert.deepEqual(rows, [
      ['A1 0', 'A2 0', 'A3 21'],
      ['1 0', '1 39', '2 0', '2 39', '3 0', '4 0'],
    ]);
  });
});

itRefusesRepeatedProperties(process, run, { features: manyPoints, overlay: longFeature });
