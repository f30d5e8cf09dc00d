import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Geometry, Polygon, Position } from 'geojson';
import type { ProcessDeclaration, Run } from '../../core/processes/declaration.ts';
import { mapPositions } from '../../geo/geometry/positions.ts';
import { loadGeos } from '../../geo/geos/geos.ts';
import { computeBounds } from '../../geo/layer/layer.ts';
import buffer from '../../processes/buffer/process.ts';
import { run as runBuffer } from '../../processes/buffer/run.ts';
import centroid from '../../processes/centroid/process.ts';
import { run as runCentroid } from '../../processes/centroid/run.ts';
import clip from '../../processes/clip/process.ts';
import { run as runClip } from '../../processes/clip/run.ts';
import concaveHull from '../../processes/concave-hull/process.ts';
import { run as runConcaveHull } from '../../processes/concave-hull/run.ts';
import convexHull from '../../processes/convex-hull/process.ts';
import { run as runConvexHull } from '../../processes/convex-hull/run.ts';
import countPoints from '../../processes/count-points-in-polygons/process.ts';
import { run as runCountPoints } from '../../processes/count-points-in-polygons/run.ts';
import delaunay from '../../processes/delaunay-triangulation/process.ts';
import { run as runDelaunay } from '../../processes/delaunay-triangulation/run.ts';
import dissolve from '../../processes/dissolve/process.ts';
import { run as runDissolve } from '../../processes/dissolve/run.ts';
import bounding from '../../processes/minimum-bounding-geometry/process.ts';
import { run as runBounding } from '../../processes/minimum-bounding-geometry/run.ts';
import nearest from '../../processes/nearest/process.ts';
import { run as runNearest } from '../../processes/nearest/run.ts';
import select from '../../processes/select-by-location/process.ts';
import { run as runSelect } from '../../processes/select-by-location/run.ts';
import simplify from '../../processes/simplify/process.ts';
import { run as runSimplify } from '../../processes/simplify/run.ts';
import { execute } from './support/execute.ts';
import { assertSameGeometry, layerProcess, line, makeLayer, point, rectangle } from './support/layers.ts';

const geos = await loadGeos();

const compute = (process: ProcessDeclaration, run: Run<never>, inputs: object) =>
  layerProcess(process, run).computeFeatures(inputs);

const shifted = (geometry: Geometry, by: number): Geometry =>
  mapPositions(geometry, ([x = 0, ...rest]) => [x + by, ...rest]);

const listRings = (geometry: Geometry | undefined): Position[][] =>
  geometry?.type === 'MultiPolygon' ? geometry.coordinates.flat() : [];

/** A result about 180 degrees as it would be about 0, where nothing is cut. */
const toGreenwich = (geometry: Geometry): Geometry => {
  const turned = mapPositions(geometry, ([x = 0, ...rest]) => [x < 0 ? x + 180 : x - 180, ...rest]);
  return geos.scope((scope) => scope.geometry(scope.unaryUnion(scope.read(turned))));
};

/** It is cut when it lies about 180 degrees. */
const bar = rectangle(-3, 0, 4, 2);
const about180 = [bar, rectangle(-1, 5, 0, 7), rectangle(0, 6, 2, 9)];

describe('a layer on both sides of the antimeridian, each feature on one or cut there', () => {
  const cases: Readonly<Record<string, (features: object) => Promise<{ geometry: Geometry | null }[]>>> = {
    'convex hull': (features) => compute(convexHull, runConvexHull, { features, scope: 'layer' }),
    'concave hull': (features) =>
      compute(concaveHull, runConcaveHull, { features, scope: 'layer', ratio: 0.3 }),
    envelope: (features) => compute(bounding, runBounding, { features, scope: 'layer', shape: 'envelope' }),
    'smallest rectangle': (features) =>
      compute(bounding, runBounding, { features, scope: 'layer', shape: 'orientedRectangle' }),
    dissolved: (features) => compute(dissolve, runDissolve, { features }),
  };
  for (const [name, shapes] of Object.entries(cases)) {
    it(`has the ${name} of the same layer about the prime meridian`, async () => {
      const there = makeLayer(about180.map((geometry) => shifted(geometry, 180)));
      const [across] = await shapes(there);
      const [here] = await shapes(makeLayer(about180));
      assert.ok(across?.geometry && here?.geometry);
      assertSameGeometry(geos, toGreenwich(across.geometry), here.geometry);
    });
  }

  it('has triangles that cover its convex hull once', async () => {
    const points = [point(179, 0), point(-178, 1), point(-179, 4), point(180, 2), point(177, 3)];
    const triangles = await compute(delaunay, runDelaunay, { features: makeLayer(points) });
    const [hull] = await compute(convexHull, runConvexHull, { features: makeLayer(points), scope: 'layer' });
    const area = (geometry: Geometry) => geos.scope((scope) => scope.area(scope.read(geometry)));
    assert.equal(triangles.length, 4);
    const total = triangles.reduce((sum, { geometry }) => sum + area(geometry), 0);
    // Half of the sum of the cross products 3, -1, 7 and 15 of (-3 3) (-1 0) (2 1) (1 4).
    assert.equal(total.toFixed(9), '12.000000000');
    assert.ok(hull && Math.abs(area(hull.geometry) - 12) < 1e-9);
  });

  it('has the centroid of a MultiPoint between its points', async () => {
    const features: Geometry = {
      type: 'MultiPoint',
      coordinates: [
        [170, 0],
        [-160, 6],
      ],
    };
    const [centre] = await compute(centroid, runCentroid, { features });
    assert.deepEqual(centre?.geometry, point(-175, 3));
  });

  it('is left as it is where it reaches over more than half of the globe', async () => {
    const points = makeLayer([point(-100, 0), point(60, 0), point(170, 9)]);
    const [hull] = await compute(convexHull, runConvexHull, { features: points, scope: 'layer' });
    assertSameGeometry(geos, hull?.geometry as Geometry, {
      type: 'Polygon',
      coordinates: [
        [
          [-100, 0],
          [60, 0],
          [170, 9],
          [-100, 0],
        ],
      ],
    });
  });
});

describe('features that end at the antimeridian', () => {
  const east = rectangle(170, 0, 180, 10);
  const west = rectangle(-180, 5, -170, 15);
  const elsewhere = rectangle(-60, 0, 1, 1);
  const far = rectangle(60, 40, 61, 41);
  const indexes = async (features: Geometry[], overlay: Geometry[], predicate: string) =>
    (
      await compute(select, runSelect, {
        features: makeLayer(features),
        overlay: makeLayer(overlay),
        predicate,
      })
    ).map(({ properties }) => properties['index']);

  for (const [others, where] of [
    [[], 'alone'],
    [[elsewhere, far], 'among features of all the world'],
  ] as const) {
    it(`touch those that begin there, ${where}`, async () => {
      assert.deepEqual(await indexes([east, ...others], [west], 'touches'), [0]);
      assert.deepEqual(await indexes([east, ...others], [west], 'intersects'), [0]);
      assert.deepEqual(await indexes([east, ...others], [west], 'disjoint'), others.length > 0 ? [1, 2] : []);
      assert.deepEqual(await indexes([west, ...others], [east], 'overlaps'), []);
    });

    it(`and points there are counted on either side, ${where}`, async () => {
      const features = makeLayer([east, ...others]);
      const overlay = makeLayer([point(-180, 5), point(180, 6), point(-180, 20)]);
      const [counted] = await compute(countPoints, runCountPoints, { features, overlay });
      assert.equal(counted?.properties['count'], 2);
    });

    it(`are one feature with those that begin there where parts are features, ${where}`, async () => {
      const features = makeLayer([east, west, ...others]);
      const parts = await compute(dissolve, runDissolve, { features, multipart: false });
      assert.equal(parts.length, 1 + others.length);
      const part = parts.find(({ geometry }) => geometry.type === 'MultiPolygon');
      assertSameGeometry(geos, part?.geometry as Geometry, {
        type: 'MultiPolygon',
        coordinates: [(east as Polygon).coordinates, (west as Polygon).coordinates],
      });
    });
  }

  it('are apart where they only lie above one another there', async () => {
    const features = makeLayer([rectangle(179, 0, 181, 1), rectangle(179, 2, 181, 3)]);
    const parts = await compute(dissolve, runDissolve, { features, multipart: false });
    assert.equal(parts.length, 2);
  });

  it('clip points that lie there', async () => {
    const features = makeLayer([point(-180, 5), point(180, 5), point(-180, 20)]);
    const clipped = await compute(clip, runClip, { features, overlay: east });
    assert.deepEqual(
      clipped.map(({ properties }) => properties['index']),
      [0, 1],
    );
  });

  it('keep within others that are cut there', async () => {
    const [inner, outer] = [rectangle(179, 1, 181, 9), rectangle(178, 0, 182, 10)];
    assert.deepEqual(await indexes([inner, far], [outer, elsewhere], 'within'), [0]);
    assert.deepEqual(await indexes([outer, far], [inner, elsewhere], 'contains'), [0]);
  });
});

describe('work on the ground across the antimeridian', () => {
  it('shrinks an area from its border, not from where it was cut', async () => {
    const inputs = { distance: -50_000, quadrantSegments: 1 };
    const [there] = await compute(buffer, runBuffer, { features: shifted(bar, 180), ...inputs });
    const [here] = await compute(buffer, runBuffer, { features: bar, ...inputs });
    assert.ok(there && here);
    assertSameGeometry(geos, toGreenwich(there.geometry), here.geometry, 1e-6);
  });

  it('has no corner where an area was cut', async () => {
    const wedge = (by: number): Geometry =>
      shifted(
        {
          type: 'Polygon',
          coordinates: [
            [
              [-8, 60],
              [12, 60.5],
              [-8, 61],
              [-8, 60],
            ],
          ],
        },
        by,
      );
    const inputs = { distance: 20_000, join: 'mitre', mitreLimit: 2 };
    const [there] = await compute(buffer, runBuffer, { features: wedge(180), ...inputs });
    const [here] = await compute(buffer, runBuffer, { features: wedge(0), ...inputs });
    assert.ok(there && here);
    assertSameGeometry(geos, toGreenwich(there.geometry), here.geometry, 1e-6);
  });

  it('simplifies a line and an area over the place where they were cut', async () => {
    const bent = line([-1, 0], [-0.5, 0.001], [0.5, 0], [1, 0]);
    const ring: Position[] = [
      [-1, 0],
      [0, -0.001],
      [1, 0],
      [1, 1],
      [0, 1.001],
      [-1, 1],
      [-1, 0],
    ];
    const area: Geometry = { type: 'Polygon', coordinates: [ring] };
    for (const geometry of [bent, area]) {
      const inputs = { tolerance: 5000 };
      const [there] = await compute(simplify, runSimplify, { features: shifted(geometry, 180), ...inputs });
      const [here] = await compute(simplify, runSimplify, { features: geometry, ...inputs });
      assert.ok(there && here);
      assertSameGeometry(geos, toGreenwich(there.geometry), here.geometry, 1e-6);
    }
    const [square] = await compute(simplify, runSimplify, { features: shifted(area, 180), tolerance: 5000 });
    // Two vertices of each half are at its corners, two where it is cut, and the first comes again.
    assert.deepEqual(
      listRings(square?.geometry).map((ring) => ring.length),
      [5, 5],
    );
  });

  it('keeps the heights of a line that is simplified over it', async () => {
    const [simple] = await compute(simplify, runSimplify, {
      features: line([179, 0, 5], [179.5, 0.001, 6], [180.5, 0, 7], [181, 0, 8]),
      tolerance: 5000,
    });
    assert.ok(simple?.geometry.type === 'MultiLineString');
    const { coordinates } = simple.geometry;
    assert.deepEqual(
      [coordinates[0]?.[0], coordinates[1]?.at(-1)],
      [
        [179, 0, 5],
        [-179, 0, 8],
      ],
    );
  });

  it('buffers in a projection that runs on there as in one about the feature', async () => {
    const inputs = { features: shifted(bar, 180), distance: -50_000 };
    const [own] = await compute(buffer, runBuffer, inputs);
    const [mercator] = await compute(buffer, runBuffer, { ...inputs, crs: 'EPSG:3832' });
    assert.ok(own && mercator);
    assertSameGeometry(geos, toGreenwich(mercator.geometry), toGreenwich(own.geometry), 0.01);
  });

  it('finds the nearest on the other side, in metres', async () => {
    const features = point(179, 0);
    const overlay = makeLayer([point(-179, 0), point(170, 0)]);
    const [row] = await compute(nearest, runNearest, { features, overlay });
    // Two degrees of the equator of WGS 84.
    assert.equal(row?.properties['overlay_index'], 0);
    assert.equal(Number(row?.properties['distance']).toFixed(3), ((6_378_137 * Math.PI) / 90).toFixed(3));
  });
});

describe('what goes round the whole globe', () => {
  const belt = rectangle(-180, -10, 180, 10);
  const equator = line([-180, 0], [180, 0]);

  it('is not worked on in a plane that has its edges the shorter way', async () => {
    for (const features of [belt, equator, rectangle(-100, 0, 100, 1)]) {
      await assert.rejects(
        compute(buffer, runBuffer, { features, distance: 1000 }),
        /more than half of the globe/,
      );
      await assert.rejects(
        compute(simplify, runSimplify, { features, tolerance: 1000 }),
        /half of the globe/,
      );
    }
    const track = line([179, 0], [180, 0], [-179, 0]);
    const [along] = await compute(buffer, runBuffer, { features: track, distance: 1000 });
    assert.equal(listRings(along?.geometry).length, 2);
    const [wider] = await compute(buffer, runBuffer, { features: belt, distance: 1000, crs: 'EPSG:3857' });
    assert.ok(wider && computeBounds([wider.geometry])![3]! > 10);
  });

  it('is told from an area across the antimeridian that was not cut there, of which clients are warned', async () => {
    const uncut = rectangle(179, 10, -179, 11);
    const { logged } = await execute(buffer, runBuffer, { inputs: { features: uncut, distance: 1000 } });
    assert.match(logged.join(), /across the antimeridian/);
    const inputs = { features: point(0, 0), overlay: uncut };
    assert.match(
      (await execute(nearest, runNearest, { inputs })).logged.join(),
      /assumed to take the shorter path/,
    );
    const halves = [179, -180].map((x) => rectangle(x, 10, x + 1, 11) as Polygon);
    const cut = { type: 'MultiPolygon', coordinates: halves.map(({ coordinates }) => coordinates) };
    const [found, wanted] = await Promise.all(
      [uncut, cut].map((features) => compute(buffer, runBuffer, { features, distance: 1000 })),
    );
    assertSameGeometry(geos, found![0]!.geometry, wanted![0]!.geometry, 0.01);
  });

  it('is as near as its edges are on the map', async () => {
    const metresToEquator = 2_212_366.254;
    for (const x of [100, 0, -180]) {
      const [row] = await compute(nearest, runNearest, { features: point(x, 20), overlay: equator });
      assert.ok(Math.abs(Number(row?.properties['distance']) - metresToEquator) < 10, String(x));
    }
    const [inside] = await compute(nearest, runNearest, { features: point(100, 5), overlay: belt });
    assert.equal(inside?.properties['distance'], 0);
  });
});
