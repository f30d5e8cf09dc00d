import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry } from 'geojson';
import { LimitExceeded } from '../../../core/shared/errors.ts';
import { loadGeos } from '../../../geo/geos/geos.ts';
import { predicateNames } from '../../../geo/geos/predicate-names.ts';
import { inverses } from '../../../geo/geos/predicates.ts';
import process from '../../../processes/spatial-join/process.ts';
import { run } from '../../../processes/spatial-join/run.ts';
import {
  bowtie,
  collection,
  feature,
  layerProcess,
  line,
  makeLayer,
  point,
  rectangle,
  scaled,
} from '../support/layers.ts';
import { oracle } from '../support/oracle.ts';

await loadGeos();
const { computeFeatures, catchFaults } = layerProcess(process, run);
const computePairs = async (inputs: object) => {
  const rows = await computeFeatures({ keepUnmatched: false, ...inputs });
  return rows.map(({ properties }) => [properties['index'], properties['overlay_index']]);
};

describe('a result that repeats long properties', () => {
  const long = 'x'.repeat(500_000);
  const points = makeLayer(Array.from({ length: 2000 }, (_, index) => point(index / 1000, 1)));

  it('is refused before it is made', async () => {
    const overlay = collection(feature(rectangle(-1, -1, 3, 3), { long }));
    await assert.rejects(computeFeatures({ features: points, overlay, predicate: 'within' }), (error) => {
      assert.ok(error instanceof LimitExceeded);
      assert.match(error.detail ?? '', /more than 314572800 bytes of properties.*Leave out long properties/);
      return true;
    });
  });

  it('is refused as well where the features are the ones that are repeated', async () => {
    const features = collection(feature(rectangle(-1, -1, 3, 3), { long }));
    await assert.rejects(
      computeFeatures({ features, overlay: points, predicate: 'contains' }),
      LimitExceeded,
    );
  });

  it('is refused as well where the names of absent partners are', async () => {
    const names = Object.fromEntries(
      Array.from({ length: 400 }, (_, index) => [`${'n'.repeat(500)}${index}`, 1]),
    );
    const overlay = collection(feature(rectangle(50, 50, 51, 51), names));
    await assert.rejects(
      computeFeatures({ features: points, overlay, predicate: 'within', keepUnmatched: true }),
      LimitExceeded,
    );
  });

  it('is made where it fits', async () => {
    const few = makeLayer([point(1, 1), point(1.5, 1)]);
    const overlay = collection(feature(rectangle(-1, -1, 3, 3), { long }));
    assert.equal((await computeFeatures({ features: few, overlay, predicate: 'within' })).length, 2);
  });
});

describe('the pairs', () => {
  it('are those of geopandas for points within polygons', async () => {
    const { input, expected } = oracle('spatial_join_within');
    const [points, polygons] = [input.points, input.polygons].map((geometries: Geometry[]) =>
      makeLayer(geometries.map((geometry) => scaled(geometry, 1 / 4))),
    );
    assert.deepEqual(
      await computePairs({ features: points, overlay: polygons, predicate: 'within' }),
      expected,
    );
    const mirrored = await computePairs({ features: polygons, overlay: points, predicate: 'contains' });
    assert.equal(mirrored.length, expected.length);
  });

  for (const predicate of predicateNames) {
    it(`are those of shapely for "${predicate}", in the order of both layers`, async () => {
      const { features, overlay, pairs } = oracle('predicates');
      const inputs = { features: makeLayer(features), overlay: makeLayer(overlay), predicate };
      assert.ok(pairs[predicate].length > 0);
      assert.deepEqual(await computePairs(inputs), pairs[predicate]);
      const first = await computePairs({ ...inputs, cardinality: 'first' });
      const firsts = pairs[predicate].filter(
        ([index]: number[], row: number) => pairs[predicate][row - 1]?.[0] !== index,
      );
      assert.deepEqual(first, firsts);
    });
  }

  it('are mirrored with the layers swapped', async () => {
    // Whole numbers, so that geometries touch, cover and equal each other.
    const coordinate = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }));
    const any = fc.oneof(
      coordinate.map(([x, y]) => point(x, y)),
      fc.uniqueArray(coordinate, { minLength: 2, maxLength: 4, selector: String }).map((all) => line(...all)),
      fc.tuple(coordinate, coordinate).map(([[x, y], [w, h]]) => rectangle(x, y, x + w + 1, y + h + 1)),
    );
    const mixed = fc.array(any, { minLength: 1, maxLength: 3 });
    const shape = fc.oneof(
      { weight: 4, arbitrary: any },
      {
        weight: 1,
        arbitrary: mixed.map((geometries): Geometry => ({ type: 'GeometryCollection', geometries })),
      },
    );
    const layer = fc.array(shape, { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(layer, layer, fc.constantFrom(...predicateNames), async (ones, others, predicate) => {
        const there = await computePairs({
          features: makeLayer(ones),
          overlay: makeLayer(others),
          predicate,
        });
        const back = await computePairs({
          features: makeLayer(others),
          overlay: makeLayer(ones),
          predicate: inverses[predicate],
        });
        assert.deepEqual(
          back.map(([one, other]) => `${other} ${one}`).sort(),
          there.map((pair) => pair.join(' ')).sort(),
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe('the rows', () => {
  const parcel = rectangle(0, 0, 2, 2);
  const inputs = {
    features: collection(
      feature(parcel, { owner: 'Anna' }, 'p'),
      feature(rectangle(9, 9, 10, 10), { owner: 'Bram' }, 'q'),
      feature(null, { owner: 'Chris' }, 'r'),
    ),
    overlay: collection(
      feature(point(1, 1), { kind: 'oak' }),
      feature(point(2, 2), { kind: 'elm', height: 9 }),
      feature(null, { kind: 'none', age: 3 }),
    ),
  };

  it('have the geometry and id of the feature and the properties of both; nulls without a match', async () => {
    const rows = await computeFeatures(inputs);
    assert.deepEqual(
      rows.map(({ id, properties }) => [id, properties]),
      [
        ['p', { owner: 'Anna', overlay_kind: 'oak' }],
        ['p', { owner: 'Anna', overlay_kind: 'elm', overlay_height: 9 }],
        ['q', { owner: 'Bram', overlay_kind: null, overlay_height: null, overlay_age: null }],
        ['r', { owner: 'Chris', overlay_kind: null, overlay_height: null, overlay_age: null }],
      ],
    );
    assert.deepEqual(rows[1]!.geometry, parcel);
  });

  it('may be only those with a match, only the first match, under another prefix', async () => {
    const rows = await computeFeatures({ ...inputs, keepUnmatched: false, cardinality: 'first', prefix: '' });
    assert.deepEqual(
      rows.map(({ properties }) => properties),
      [{ owner: 'Anna', kind: 'oak' }],
    );
  });

  it('keep coordinates as they came when the work is done in another CRS', async () => {
    const [row] = await computeFeatures({ ...inputs, crs: 'EPSG:3857' });
    assert.deepEqual(row!.geometry, parcel);
  });

  it('must not be more than the process may write', async () => {
    const squares = makeLayer(Array.from({ length: 5 }, () => parcel));
    const small = { ...process, limits: { ...process.limits, features: 5 } };
    await assert.rejects(
      layerProcess(small, run).computeFeatures({ features: squares, overlay: squares }),
      LimitExceeded,
    );
  });
});

describe('the inputs', () => {
  it('may be empty layers', async () => {
    const square = makeLayer([rectangle(0, 0, 1, 1)]);
    assert.deepEqual(await computeFeatures({ features: collection(), overlay: square }), []);
    const [row] = await computeFeatures({ features: square, overlay: collection() });
    assert.deepEqual(row!.properties, { index: 0 });
  });

  it('may be invalid: repaired, refused or skipped', async () => {
    const features = makeLayer([point(1, 0.5), point(0.5, 1)]);
    const inputs = { features, overlay: makeLayer([bowtie]), keepUnmatched: false };
    // The crossing itself is a corner of both wings.
    assert.deepEqual(await computePairs(inputs), [[1, 0]]);
    assert.deepEqual(await computePairs({ ...inputs, invalidGeometry: 'skip' }), []);
    const faults = await catchFaults({ ...inputs, invalidGeometry: 'error' });
    assert.match(faults[0]!, /^\/inputs\/overlay\/features\/0\/geometry: /);
  });

  it('must name a predicate that exists', async () => {
    const faults = await catchFaults({ features: point(0, 0), overlay: point(0, 0), predicate: 'near' });
    assert.match(faults[0]!, /^\/inputs\/predicate: .*coveredBy/);
  });

  it('run as the examples of the declaration', async () => {
    const rows = [];
    for (const { request } of process.examples) {
      const features = await computeFeatures(request.inputs);
      rows.push(
        features.map(
          ({ id, properties }) => `${id} ${properties['overlay_owner'] ?? properties['overlay_species']}`,
        ),
      );
    }
    assert.deepEqual(rows, [
      ['1 Anna', '2 Anna', '3 Bram', '4 undefined'],
      ['A1 oak', 'A1 elm', 'A2 oak'],
    ]);
  });
});
