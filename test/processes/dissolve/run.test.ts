import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { FeatureCollection, Geometry } from 'geojson';
import { InvalidRequest } from '../../../core/shared/errors.ts';
import { loadGeos } from '../../../geo/geos/geos.ts';
import { unionGeometries } from '../../../geo/geos/union.ts';
import process from '../../../processes/dissolve/process.ts';
import { run } from '../../../processes/dissolve/run.ts';
import { starPolygons } from '../../geo/formats/arbitraries.ts';
import { makeRunContext } from '../../geo/formats/support.ts';
import { execute } from '../support/execute.ts';
import { areaDifference, assertSameArea, isValid, oracle } from '../support/oracle.ts';

const geos = await loadGeos();
const square = (west: number, south = 0, size = 1): Geometry => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west + size, south],
      [west + size, south + size],
      [west, south + size],
      [west, south],
    ],
  ],
});
const feature = (geometry: Geometry | null, properties: object = {}) => ({
  type: 'Feature',
  properties,
  geometry,
});
const collection = (...features: object[]) => ({ type: 'FeatureCollection', features });
const computeArea = (geometry: Geometry) => geos.scope((scope) => scope.area(scope.read(geometry)));

const dissolve = async (inputs: object) => {
  const { outputs } = await execute(process, run, { inputs });
  return (outputs['result'] as FeatureCollection).features;
};
const catchFaults = async (inputs: object): Promise<string[]> => {
  const error = await dissolve(inputs).then(
    () => assert.fail('was accepted'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof InvalidRequest, String(error));
  return error.faults.map(({ pointer, detail }) => `${pointer}: ${detail}`);
};

describe('the union', () => {
  it('agrees with shapely', async () => {
    const { input, expected } = oracle('dissolve');
    assert.equal(input.length, 30);
    // The plane of the fixture is larger than the globe: its coordinates are scaled down.
    const scaled = (geometry: Geometry): Geometry =>
      JSON.parse(JSON.stringify(geometry), (_, value) => (typeof value === 'number' ? value / 4 : value));
    const [result] = await dissolve({
      features: collection(...input.map((geometry: Geometry) => feature(scaled(geometry)))),
    });
    assertSameArea(geos, result!.geometry, scaled(expected.normalized), 1e-9);
  });

  it('has no empty parts, wherever they come from', async () => {
    const empty: Geometry = { type: 'LineString', coordinates: [] };
    const both: Geometry = { type: 'GeometryCollection', geometries: [empty, square(0)] };
    for (const members of [[square(0), empty], [empty, square(0)], [both], [both, empty]]) {
      const [result] = await dissolve({ features: collection(...members.map((each) => feature(each))) });
      assert.deepEqual(result!.geometry, square(0));
    }
    const [nothing] = await dissolve({ features: collection(feature(empty), feature(empty)) });
    assert.deepEqual(nothing!.geometry, empty);
  });

  it('of disjoint features has the sum of their areas, and of features with themselves the same area', async () => {
    const cells = fc.array(
      fc.record({
        scale: fc.double({ min: 0.01, max: 0.045, noNaN: true }),
        polygon: starPolygons(fc.constant([0, 0])),
      }),
      {
        minLength: 1,
        maxLength: 8,
      },
    );
    await fc.assert(
      fc.asyncProperty(cells, async (chosen) => {
        const polygons = chosen.map(
          ({ scale, polygon }, index): Geometry => ({
            type: 'Polygon',
            coordinates: polygon.coordinates.map((ring) =>
              ring.map(([x, y]) => [index + x! * scale, y! * scale]),
            ),
          }),
        );
        const [result] = await dissolve({
          features: collection(...polygons.map((geometry) => feature(geometry))),
        });
        const total = polygons.reduce((sum, geometry) => sum + computeArea(geometry), 0);
        assert.ok(Math.abs(computeArea(result!.geometry) - total) < 1e-9 * total);
        assert.equal(result!.properties!['count'], polygons.length);
        const [again] = await dissolve({
          features: collection(feature(result!.geometry), feature(result!.geometry)),
        });
        assert.ok(areaDifference(geos, again!.geometry, result!.geometry) < 1e-12);
      }),
      { numRuns: 50 },
    );
  });

  it('of overlapping features is valid and covers each', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(starPolygons(), { minLength: 1, maxLength: 8 }), async (polygons) => {
        const [result] = await dissolve({
          features: collection(...polygons.map((geometry) => feature(geometry))),
        });
        assert.ok(isValid(geos, result!.geometry));
        for (const polygon of polygons) {
          const outside = geos.scope((scope) =>
            scope.area(scope.difference(scope.read(polygon), scope.read(result!.geometry))),
          );
          assert.ok(outside < 1e-9);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('of very many is the same in pieces', async () => {
    // A strip of squares with more vertices than one call takes.
    const geometries = Array.from({ length: 30_000 }, (_, index) => square(index));
    const steps: number[] = [];
    const context = makeRunContext({ progress: async (done) => void steps.push(done) });
    const union = await unionGeometries(geometries, context);
    assert.ok(steps.length > 1);
    assert.ok(Math.abs(computeArea(union!) - 30_000) < 1e-6);
    assert.equal(union!.type, 'Polygon');
  });

  it('joins points, lines and areas dimension by dimension', async () => {
    const line: Geometry = {
      type: 'LineString',
      coordinates: [
        [5, 5],
        [6, 6],
      ],
    };
    const point: Geometry = { type: 'Point', coordinates: [9, 9] };
    const [result] = await dissolve({
      features: collection(...[square(0), line, point].map((geometry) => feature(geometry))),
    });
    assert.equal(result!.geometry.type, 'GeometryCollection');
    const parts = await dissolve({
      features: collection(...[square(0), line, point].map((geometry) => feature(geometry))),
      multipart: false,
    });
    assert.deepEqual(
      parts.map(({ geometry }) => geometry.type),
      ['Point', 'LineString', 'Polygon'],
    );
  });
});

describe('groups', () => {
  const features = collection(
    feature(square(0), { land: 'b', kind: 1, value: 1 }),
    feature(square(1), { land: 'a', kind: 1, value: 2 }),
    feature(null, { land: 'z', kind: 9, value: 9 }),
    feature(square(5), { land: 'b', kind: '1', value: 4 }),
    feature(square(2), { land: 'a', kind: 1, value: null }),
    feature(square(8), { value: 8 }),
  );

  it('come in order of first appearance, with their values and count; null geometries are ignored', async () => {
    const results = await dissolve({ features, groupBy: ['land'] });
    assert.deepEqual(
      results.map(({ properties }) => properties),
      [
        { land: 'b', count: 2 },
        { land: 'a', count: 2 },
        { land: null, count: 1 },
      ],
    );
    assert.deepEqual(
      results.map(({ geometry }) => geometry.type),
      ['MultiPolygon', 'Polygon', 'Polygon'],
    );
  });

  it('tell values of different types apart', async () => {
    const results = await dissolve({ features, groupBy: ['land', 'kind'] });
    assert.deepEqual(
      results.map(({ properties }) => properties!['kind']),
      [1, 1, '1', null],
    );
  });

  it('may be split into their parts', async () => {
    const results = await dissolve({ features, groupBy: ['land'], multipart: false });
    assert.deepEqual(
      results.map(({ properties }) => properties!['land']),
      ['b', 'b', 'a', null],
    );
  });

  it('have aggregates', async () => {
    const statistics = [
      'count',
      'sum',
      'min',
      'max',
      'mean',
      'median',
      'stddev',
      'variance',
      'range',
      'first',
      'unique',
    ];
    const aggregates = [
      ...statistics.map((statistic) => ({ field: 'value', statistic })),
      { field: 'kind', statistic: 'unique', name: 'kinds' },
    ];
    const [b, a] = await dissolve({ features, groupBy: ['land'], aggregates });
    assert.deepEqual(b!.properties, {
      land: 'b',
      count: 2,
      value_count: 2,
      value_sum: 5,
      value_min: 1,
      value_max: 4,
      value_mean: 2.5,
      value_median: 2.5,
      value_stddev: 1.5,
      value_variance: 2.25,
      value_range: 3,
      value_first: 1,
      value_unique: 2,
      kinds: 2,
    });
    assert.equal(a!.properties!['value_count'], 1);
    assert.equal(a!.properties!['value_sum'], 2);
  });

  it('of nulls alone have null aggregates, and the sum 0', async () => {
    const [result] = await dissolve({
      features: collection(feature(square(0), { value: null })),
      aggregates: ['mean', 'sum', 'first'].map((statistic) => ({ field: 'value', statistic })),
    });
    assert.deepEqual(result!.properties, { count: 1, value_mean: null, value_sum: 0, value_first: null });
  });

  it('must name properties that exist, once, and numbers for numeric statistics', async () => {
    const faults = await catchFaults({
      features,
      groupBy: ['land', 'country'],
      aggregates: [
        { field: 'size', statistic: 'sum' },
        { field: 'land', statistic: 'mean' },
        { field: 'value', statistic: 'sum', name: 'count' },
      ],
    });
    assert.deepEqual(
      faults.map((fault) => fault.split(': ')[0]),
      [
        '/inputs/groupBy/1',
        '/inputs/aggregates/0/field',
        '/inputs/aggregates/1/field',
        '/inputs/aggregates/2/name',
      ],
    );
    assert.match(faults[2]!, /"b" in feature 0; mean needs numbers/);
  });
});

describe('the rest of the entry', () => {
  it('gives an empty layer for an empty layer', async () => {
    assert.deepEqual(await dissolve({ features: collection(), groupBy: ['any'] }), []);
  });

  it('repairs, refuses or skips invalid geometries', async () => {
    const bowtie: Geometry = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [2, 2],
          [2, 0],
          [0, 2],
          [0, 0],
        ],
      ],
    };
    const features = collection(feature(square(5)), feature(bowtie));
    assert.equal((await dissolve({ features }))[0]!.properties!['count'], 2);
    assert.equal((await dissolve({ features, invalidGeometry: 'skip' }))[0]!.properties!['count'], 1);
    assert.match(
      (await catchFaults({ features, invalidGeometry: 'error' }))[0]!,
      /^\/inputs\/features\/features\/1\/geometry: /,
    );
  });

  it('works in the plane of a CRS', async () => {
    const features = collection(feature(square(5, 52)), feature(square(5.5, 52)));
    const [own, utm] = [await dissolve({ features }), await dissolve({ features, crs: 'EPSG:32631' })];
    assertSameArea(geos, utm[0]!.geometry, own[0]!.geometry, 1e-3);
  });

  it('runs every example of the declaration', async () => {
    const counts = [];
    for (const { request } of process.examples) {
      const { outputs } = await execute(process, run, request);
      counts.push((outputs['result'] as FeatureCollection).features.length);
    }
    assert.deepEqual(counts, [2, 1]);
  });
});
