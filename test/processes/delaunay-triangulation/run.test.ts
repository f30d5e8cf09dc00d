import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { FeatureCollection, Geometry, Polygon, Position } from 'geojson';
import { InvalidRequest } from '../../../core/shared/errors.ts';
import { loadGeos } from '../../../geo/geos/geos.ts';
import { convexHull } from '../../../geo/geos/hulls.ts';
import process from '../../../processes/delaunay-triangulation/process.ts';
import { run } from '../../../processes/delaunay-triangulation/run.ts';
import { execute } from '../support/execute.ts';
import { isValid, oracle } from '../support/oracle.ts';
import { itCanBeDismissed } from '../support/process-runs.ts';

const geos = await loadGeos();
const points = (coordinates: readonly Position[]): Geometry => ({
  type: 'MultiPoint',
  coordinates: [...coordinates],
});
const computeArea = (geometry: Geometry) => geos.scope((scope) => scope.area(scope.read(geometry)));

const triangulate = async (inputs: object) => {
  const { outputs } = await execute(process, run, { inputs });
  return (outputs['result'] as FeatureCollection<Polygon>).features;
};
const catchRefusal = async (inputs: object): Promise<string> => {
  const error = await triangulate(inputs).then(
    () => assert.fail('was accepted'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof InvalidRequest, String(error));
  return error.message;
};
const listCorners = (triangle: Polygon): string[] =>
  triangle.coordinates[0]!.slice(0, 3)
    .map((corner) => corner.slice(0, 2).join())
    .sort();

describe('the triangles', () => {
  const { sets } = oracle('delaunay_triangles');
  for (const [name, { points: given, triangles, area }] of Object.entries<{
    points: Position[];
    triangles: number[][];
    area: number;
  }>(sets)) {
    it(`are those of shapely: ${name}`, async () => {
      const projected = name === 'metres';
      const features = {
        type: 'Feature',
        properties: { a: 1 },
        geometry: points(given),
        ...(projected ? { crs: { type: 'name', properties: { name: 'EPSG:28992' } } } : {}),
      };
      const actual = await triangulate({ features });
      assert.equal(actual.length, triangles.length);
      if (projected) return;
      const expected = triangles.map((corners) =>
        corners
          .map((corner) => given[corner]!.join())
          .sort()
          .join(' '),
      );
      assert.deepEqual(actual.map(({ geometry }) => listCorners(geometry).join(' ')).sort(), expected.sort());
      const total = actual.reduce((sum, { geometry }) => sum + computeArea(geometry), 0);
      assert.ok(Math.abs(total - area) < 1e-9 * area);
    });
  }

  it('are as many and as large as in the fixture of 200 points', async () => {
    const { input, expected } = oracle('delaunay');
    // The plane of the fixture reaches beyond the poles.
    const scaled = input.coordinates.map(([x, y]: Position) => [x! / 2, y! / 2]);
    const triangles = await triangulate({ features: points(scaled) });
    assert.equal(triangles.length, expected.count);
    const total = triangles.reduce((sum, { geometry }) => sum + computeArea(geometry), 0);
    assert.ok(Math.abs(total * 4 - expected.area) < 1e-9 * expected.area);
  });

  it('cover the hull once, without a vertex in their circles', async () => {
    // Whole numbers lie on common circles and lines; GEOS takes no numbers as small as 1e-200.
    const coordinate = fc.oneof(
      fc.integer({ min: 0, max: 6 }),
      fc.integer({ min: 0, max: 6e6 }).map((millionths) => millionths / 1e6),
    );
    const sites = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(sites, async (given) => {
        const hull = geos.scope((scope) => scope.area(convexHull(scope, scope.read(points(given)))));
        fc.pre(hull > 1e-6);
        const triangles = await triangulate({ features: points(given) });
        const total = triangles.reduce((sum, { geometry }) => sum + computeArea(geometry), 0);
        assert.ok(Math.abs(total - hull) < 1e-9 * hull, `${total} of ${hull}`);
        for (const { geometry, properties } of triangles) {
          assert.deepEqual(properties, {});
          const [[ax, ay], [bx, by], [cx, cy]] = geometry.coordinates[0] as [
            [number, number],
            [number, number],
            [number, number],
          ];
          const twice = 2 * ((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));
          assert.ok(twice > 0, 'counter-clockwise');
          // Slivers have circles whose centre cannot be computed to the digits compared below.
          if (twice < 1e-4) continue;
          const [b, c] = [(bx - ax) ** 2 + (by - ay) ** 2, (cx - ax) ** 2 + (cy - ay) ** 2];
          const x = ax + ((cy - ay) * b - (by - ay) * c) / twice;
          const y = ay + ((bx - ax) * c - (cx - ax) * b) / twice;
          const radius = Math.hypot(ax - x, ay - y);
          for (const [px, py] of given) assert.ok(Math.hypot(px - x, py - y) > radius * (1 - 1e-6));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('are made of the vertices of any features, each place once, with their heights', async () => {
    const triangles = await triangulate({
      features: {
        type: 'FeatureCollection',
        features: [
          { type: 'Feature', properties: {}, geometry: null },
          {
            type: 'Feature',
            properties: {},
            geometry: {
              type: 'LineString',
              coordinates: [
                [0, 0, 7],
                [4, 0, 8],
              ],
            },
          },
          { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [4, 0, 99] } },
          { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [0, 3, 9] } },
        ],
      },
    });
    const corners = triangles.map(({ geometry }) => geometry.coordinates[0]!.slice(0, 3).sort());
    assert.deepEqual(corners, [
      [
        [0, 0, 7],
        [0, 3, 9],
        [4, 0, 8],
      ],
    ]);
  });

  it('keep the coordinates of the vertices in the plane of another CRS', async () => {
    const given = [
      [5, 52],
      [5.3, 52.1],
      [5.1, 52.4],
      [4.8, 52.2],
      [5.6, 52.3],
    ];
    const triangles = await triangulate({ features: points(given), crs: 'EPSG:28992' });
    const known = new Set(given.map(String));
    assert.equal(triangles.length, 3);
    for (const { geometry } of triangles)
      for (const corner of listCorners(geometry)) assert.ok(known.has(corner));
  });

  it('are cut at the antimeridian and led to the pole where the plane is polar', async () => {
    const given = [
      [0, 80],
      [120, 80],
      [-120, 80],
      [180, 70],
    ];
    const triangles = await triangulate({ features: points(given), crs: 'EPSG:3995' });
    assert.equal(triangles.length, 2);
    assert.ok(triangles.every(({ geometry }) => isValid(geos, geometry)));
    assert.ok(triangles.some(({ geometry }) => JSON.stringify(geometry).includes('90]')));
    assert.ok(triangles.some(({ geometry }) => String(geometry.type) === 'MultiPolygon'));
  });
});

describe('too little', () => {
  it('is refused', async () => {
    const empty = { type: 'FeatureCollection', features: [] };
    assert.match(
      await catchRefusal({ features: empty }),
      /^\/inputs\/features: .*three distinct vertices.*has 0/,
    );
    assert.match(
      await catchRefusal({
        features: points([
          [1, 1],
          [1, 1],
          [2, 2],
        ]),
      }),
      /has 2/,
    );
    assert.match(
      await catchRefusal({
        features: points([
          [1, 1],
          [3, 3],
          [2, 2],
        ]),
      }),
      /only collinear vertices/,
    );
    assert.match(
      await catchRefusal({
        features: points([
          [1, 1],
          [3, 3],
          [2, 0],
        ]),
        crs: 'EPSG:1',
      }),
      /\/inputs\/crs/,
    );
  });
});

describe('a run', () => {
  itCanBeDismissed(process, run, async () => process.examples[0]!.request.inputs);
});

describe('the declaration', () => {
  it('has examples that run', async () => {
    const counts = [];
    for (const { request } of process.examples) counts.push((await triangulate(request.inputs)).length);
    assert.deepEqual(counts, [6, 6]);
  });
});
