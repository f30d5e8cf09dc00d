import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { FeatureCollection, Geometry, Point, Position } from 'geojson';
import { loadGeos } from '../../../geo/geos/geos.ts';
import process from '../../../processes/centroid/process.ts';
import { run } from '../../../processes/centroid/run.ts';
import { starPolygons } from '../../geo/formats/arbitraries.ts';
import { execute } from '../support/execute.ts';
import { assertSameVertices, crsMember } from '../support/geometries.ts';
import { layerProcess, line, makeLayer, point, rectangle, scaled } from '../support/layers.ts';
import { describeOneToOne } from '../support/one-to-one.ts';
import { oracle } from '../support/oracle.ts';

const geos = await loadGeos();
const { computeFeatures } = layerProcess(process, run);
const covers = (one: Geometry, other: Geometry) =>
  geos.scope((scope) => scope.covers(scope.read(one), scope.read(other)));

describeOneToOne(process, run);

describe('the centroid', () => {
  it('agrees with shapely', async () => {
    const { input, expected } = oracle('centroid');
    assert.equal(input.length, 30);
    // The plane of the fixture is larger than the globe.
    const features = makeLayer(input.map((geometry: Geometry) => scaled(geometry, 1 / 2)));
    for (const [index, { geometry }] of (await computeFeatures({ features })).entries()) {
      const [x, y] = expected[index];
      assertSameVertices(geometry, point(x / 2, y / 2));
    }
  });

  it('agrees with shapely for lines, points and collections', async () => {
    const { input, expected } = oracle('bounding_shapes');
    for (const [index, { geometry }] of (await computeFeatures({ features: makeLayer(input) })).entries())
      assertSameVertices(geometry, point(...expected[index].centroid));
  });

  it('is that of the parts of the highest dimension', async () => {
    const square = rectangle(0, 0, 2, 2);
    const geometries = [square, line([50, 50], [60, 60]), point(-90, 0)];
    const [result] = await computeFeatures({ features: { type: 'GeometryCollection', geometries } });
    assert.deepEqual(result!.geometry, point(1, 1));
  });

  it('moves with its polygon', async () => {
    await fc.assert(
      fc.asyncProperty(starPolygons(), fc.integer({ min: -50, max: 50 }), async (polygon, by) => {
        const moved: Geometry = {
          ...polygon,
          coordinates: polygon.coordinates.map((ring) => ring.map(([x, y]): Position => [x! + by, y!])),
        };
        const [one, other] = await computeFeatures({ features: makeLayer([polygon, moved]) });
        const [x, y] = (one!.geometry as { coordinates: Position } & Geometry).coordinates;
        assertSameVertices(other!.geometry, point(x! + by, y!));
      }),
      { numRuns: 50 },
    );
  });
});

describe('the point on the surface', () => {
  it('lies on the geometry, where the centroid need not', async () => {
    const horseshoe: Geometry = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [9, 0],
          [9, 9],
          [8, 9],
          [8, 1],
          [1, 1],
          [1, 9],
          [0, 9],
          [0, 0],
        ],
      ],
    };
    const [centre] = await computeFeatures({ features: horseshoe });
    const [on] = await computeFeatures({ features: horseshoe, method: 'pointOnSurface' });
    assert.ok(!covers(horseshoe, centre!.geometry));
    assert.ok(covers(horseshoe, on!.geometry));
  });

  it('lies on any valid geometry', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(starPolygons(), { minLength: 1, maxLength: 5 }), async (polygons) => {
        const results = await computeFeatures({ features: makeLayer(polygons), method: 'pointOnSurface' });
        for (const [index, { geometry }] of results.entries()) assert.ok(covers(polygons[index]!, geometry));
      }),
      { numRuns: 50 },
    );
  });
});

describe('the working CRS', () => {
  it('is that of the layer; the GeoJSON result is CRS84', async () => {
    const square = rectangle(154_000, 462_000, 156_000, 464_000);
    const [result] = await computeFeatures({ features: { ...makeLayer([square]), ...crsMember(28992) } });
    // The middle of the Dutch national grid, as PROJ has it.
    assertSameVertices(result!.geometry, point(5.3872035084, 52.1551723012));
  });

  it('may be given, which bends the edges', async () => {
    const triangle: Geometry = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 50],
          [20, 50],
          [10, 70],
          [0, 50],
        ],
      ],
    };
    const [own] = await computeFeatures({ features: triangle });
    const [mercator] = await computeFeatures({ features: triangle, crs: 'EPSG:3857' });
    const latitude = ({ geometry }: { geometry: Geometry }) =>
      (geometry as { coordinates: Position } & Geometry).coordinates[1]!;
    assert.ok(Math.abs(latitude(own!) - 170 / 3) < 1e-9);
    assert.ok(latitude(mercator!) > latitude(own!) + 0.5);
  });

  it('of an area across the antimeridian lies there, not on the other side of the globe', async () => {
    const ring = [
      [179, 10],
      [181, 10],
      [181, 12],
      [179, 12],
      [179, 10],
    ];
    const features = { type: 'Polygon', coordinates: [ring] };
    const { result } = (await execute(process, run, { inputs: { features } })).outputs as {
      result: FeatureCollection<Point>;
    };
    const [longitude = 0] = result.features[0]?.geometry.coordinates ?? [];
    assert.ok(Math.abs(Math.abs(longitude) - 180) < 1e-9, String(longitude));
  });
});
