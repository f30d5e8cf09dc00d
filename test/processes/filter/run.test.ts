import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry } from 'geojson';
import { loadGeos } from '../../../geo/geos/geos.ts';
import { lastingScope } from '../../../geo/geos/lasting-scope.ts';
import { preparedMeets } from '../../../geo/geos/predicates.ts';
import process from '../../../processes/filter/process.ts';
import { run } from '../../../processes/filter/run.ts';
import { starPolygons } from '../../geo/formats/arbitraries.ts';
import { collection, feature, layerProcess, line, makeLayer, point, rectangle } from '../support/layers.ts';
import { oracle } from '../support/oracle.ts';

const geos = await loadGeos();
const { computeFeatures, catchFaults } = layerProcess(process, run);

describe('the selection', () => {
  it('is that of an evaluator in Python, for text and JSON', async () => {
    const { features, cases } = oracle('cql2');
    for (const { text, json, ids } of cases.slice(0, 60)) {
      for (const filter of [text, json]) {
        const results = await computeFeatures({ features, filter });
        assert.deepEqual(
          results.map(({ id }) => id),
          ids,
          text,
        );
      }
    }
  });

  it('keeps ids, properties and geometries as they came, without a geometry too', async () => {
    const features = collection(
      feature(point(1, 2, 3), { a: 1, b: null }, 'x'),
      feature(null, { a: 1 }),
      feature(null, { a: 2 }),
    );
    assert.deepEqual(await computeFeatures({ features, filter: 'a = 1' }), features.features.slice(0, 2));
  });

  it('by location is that of GEOS', async () => {
    const at = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }));
    const shape: fc.Arbitrary<Geometry> = fc.oneof(
      at.map(([x, y]) => point(x, y)),
      fc
        .uniqueArray(at, { minLength: 2, maxLength: 4, selector: String })
        .map((positions) => line(...positions)),
      fc.tuple(at, at).map(([[x, y], [w, h]]) => rectangle(x, y, x + w + 1, y + h + 1)),
      starPolygons(),
      fc.constant<Geometry>({
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [6, 0],
            [6, 6],
            [0, 6],
            [0, 0],
          ],
          [
            [1, 1],
            [1, 5],
            [5, 5],
            [5, 1],
            [1, 1],
          ],
        ],
      }),
    );
    const any = fc.oneof(
      { weight: 5, arbitrary: shape },
      {
        weight: 1,
        arbitrary: fc
          .array(shape, { minLength: 1, maxLength: 3 })
          .map((geometries): Geometry => ({ type: 'GeometryCollection', geometries })),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(any, { minLength: 1, maxLength: 6 }), any, async (geometries, literal) => {
        const expected = await lastingScope(geos, async (scope) => {
          const prepared = scope.prepare(scope.read(literal));
          return geometries.flatMap((geometry, index) =>
            preparedMeets(geos, 'intersects', prepared, scope.read(geometry)) ? [index] : [],
          );
        });
        const args = [{ property: 'geometry' }, literal];
        const features = makeLayer(geometries);
        const selected = await computeFeatures({ features, filter: { op: 's_intersects', args } });
        assert.deepEqual(
          selected.map(({ properties }) => properties['index']),
          expected,
        );
        const rest = await computeFeatures({ features, filter: { op: 's_disjoint', args } });
        assert.equal(rest.length + selected.length, geometries.length);
      }),
      { numRuns: 300 },
    );
  });

  it('by location takes literals as longitudes and latitudes in layers of any CRS', async () => {
    const crs = { type: 'name', properties: { name: 'EPSG:28992' } };
    const features = { ...makeLayer([point(155_000, 463_000), point(155_000, 563_000)]), crs };
    const selected = await computeFeatures({
      features,
      filter: 'S_INTERSECTS(geometry, BBOX(5, 52, 6, 53))',
    });
    assert.deepEqual(
      selected.map(({ properties }) => properties['index']),
      [0],
    );
  });
});

describe('the inputs', () => {
  it('may be an empty layer, whose properties are not known', async () => {
    assert.deepEqual(await computeFeatures({ features: collection(), filter: 'anything = 1' }), []);
  });

  it('must name properties that exist, at their place', async () => {
    const features = collection(feature(point(0, 0), { name: 'a', value: null }, 'x'));
    assert.deepEqual(await catchFaults({ features, filter: "value > 1 AND nam = 'a'" }), [
      '/inputs/filter: at character 15 names the property "nam", which no feature has. Did you mean "name"? Properties: name, value.',
    ]);
    const json = { op: 'isNull', args: [{ property: 'nam' }] };
    assert.match((await catchFaults({ features, filter: json }))[0]!, /^\/inputs\/filter\/args\/0: .*"nam"/);
    assert.equal((await computeFeatures({ features, filter: "id = 'x'" })).length, 1);
  });

  it('must be a filter', async () => {
    const features = point(0, 0);
    assert.match((await catchFaults({ features, filter: 'a =' }))[0]!, /^\/inputs\/filter: .*character 4/);
    assert.match((await catchFaults({ features, filter: {} }))[0]!, /^\/inputs\/filter/);
    assert.match((await catchFaults({ features, filter: 5 }))[0]!, /^\/inputs\/filter: /);
    assert.match(
      (await catchFaults({ features, filter: `a = '${'x'.repeat(70_000)}'` }))[0]!,
      /^\/inputs\/filter: /,
    );
    assert.match((await catchFaults({ features }))[0]!, /^\/inputs\/filter: .*required/);
  });

  it('run as the examples of the declaration', async () => {
    const ids = [];
    for (const { request } of process.examples)
      ids.push((await computeFeatures(request.inputs)).map(({ id }) => id));
    assert.deepEqual(ids, [[1, 2], [1, 2], ['A2']]);
  });
});
