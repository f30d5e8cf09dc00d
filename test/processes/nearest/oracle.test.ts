import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Geometry } from 'geojson';
import process from '../../../processes/nearest/process.ts';
import { run } from '../../../processes/nearest/run.ts';
import { collection, feature, layerProcess, makeLayer, point, type TestFeature } from '../support/layers.ts';
import { oracle } from '../support/oracle.ts';

const { computeFeatures } = layerProcess(process, run);

type Row = readonly [position: number, distance: number];

/** Rows of each feature, in order of rank. */
function computeRows(results: readonly TestFeature[], count: number): Row[][] {
  const rows: Row[][] = Array.from({ length: count }, () => []);
  for (const { properties } of results) {
    const list = rows[properties['index'] as number]!;
    list.push([properties['overlay_index'] as number, properties['distance'] as number]);
    assert.equal(properties['rank'], list.length);
  }
  return rows;
}

/** Same neighbours in the same order, distances to some metres. */
function assertSameRows(actual: readonly Row[][], expected: readonly Row[][], tolerance: number): void {
  for (const [index, rows] of expected.entries()) {
    for (const [rank, [position, distance]] of rows.entries()) {
      const found = actual[index]![rank]!;
      assert.equal(found[0], position, `feature ${index}, rank ${rank + 1}`);
      assert.ok(Math.abs(found[1] - distance) <= tolerance, `${found[1]} instead of ${distance}`);
    }
    assert.equal(actual[index]!.length, rows.length);
  }
}

describe('the nearest features', () => {
  it('in a projected CRS are as far as shapely says', async () => {
    const { input, expected } = oracle('nearest');
    const crs = { type: 'name', properties: { name: 'EPSG:28992' } };
    // The fixture is planar: its units are taken as kilometres within the Netherlands.
    const inTheNetherlands = (geometries: readonly Geometry[]) => ({
      ...makeLayer(
        JSON.parse(JSON.stringify(geometries), (_key, value) =>
          Array.isArray(value) && typeof value[0] === 'number'
            ? [100_000 + 1000 * value[0], 400_000 + 1000 * value[1]]
            : value,
        ),
      ),
      crs,
    });
    const results = await computeFeatures({
      features: inTheNetherlands(input.points),
      overlay: inTheNetherlands(input.polygons),
    });
    assert.equal(results.length, expected.length);
    for (const [index, { properties }] of results.entries()) {
      const distance = (properties['distance'] as number) / 1000;
      assert.ok(Math.abs(distance - expected[index]) < 1e-9, `${distance} instead of ${expected[index]}`);
    }
  });

  // By pyproj 3.7.2, Geod(ellps="WGS84").inv, between places of edges that are straight in longitudes and latitudes: about 600 of each
  // geometry, and then nearer and nearer to the closest pairs.
  for (const { name, features, overlay, nearest } of oracle('nearest_geographic').scenes) {
    it(`on the ellipsoid are those of brute force: ${name}`, async () => {
      const count = nearest[0].length;
      const results = await computeFeatures({
        features: makeLayer(features),
        overlay: makeLayer(overlay),
        k: count,
      });
      // Edges are geodesics that are a metre from the straight lines of the map at most; those in a town are much shorter.
      assertSameRows(computeRows(results, features.length), nearest, name === 'a town' ? 0.03 : 1.01);
    });
  }

  it('of points are at the distance of the geodesic, all around the globe', async () => {
    const { features, overlay, nearest } = oracle('nearest_geographic').points;
    const points = (positions: [number, number][]) =>
      makeLayer(positions.map((position) => point(...position)));
    const results = await computeFeatures({ features: points(features), overlay: points(overlay), k: 5 });
    const rows = computeRows(results, features.length);
    for (const [index, expected] of nearest.entries()) {
      for (const [rank, [position, distance]] of expected.entries()) {
        assert.equal(rows[index]![rank]![0], position);
        assert.ok(Math.abs(rows[index]![rank]![1] - distance) < 1e-6);
      }
    }
  });
});

describe('every neighbour', () => {
  it('is found when only a part of the overlay is looked at: all of them ranked, the first are the same', async () => {
    const { features, overlay } = oracle('nearest_geographic').scenes.find(
      ({ name }: { name: string }) => name === 'the antimeridian',
    );
    const inputs = { features: makeLayer(features), overlay: makeLayer(overlay) };
    const all = computeRows(await computeFeatures({ ...inputs, k: 100 }), features.length);
    for (const k of [1, 2, 7]) {
      const few = computeRows(await computeFeatures({ ...inputs, k }), features.length);
      assert.deepEqual(
        few,
        all.map((rows) => rows.slice(0, k)),
      );
    }
    const near = computeRows(
      await computeFeatures({ ...inputs, k: 100, maxDistance: 150, distanceUnit: 'kilometre' }),
      features.length,
    );
    for (const [index, rows] of near.entries()) {
      const within = all[index]!.filter(([, distance]) => distance <= 150_000);
      assert.deepEqual(rows, within.length > 0 ? within : [[null, null]]);
    }
  });

  it('is found in collections and on both sides of the antimeridian', async () => {
    const fiji = {
      type: 'MultiPoint',
      coordinates: [
        [179.9, -17],
        [-179.9, -17],
      ],
    } as const;
    const [west, east] = await computeFeatures({
      features: makeLayer([point(179.8, -17), point(-179.5, -17)]),
      overlay: collection(
        feature(point(179, -17), { index: 0 }),
        feature({ type: 'GeometryCollection', geometries: [fiji as never, point(10, 10)] }, { index: 1 }),
      ),
    });
    assert.deepEqual([west!.properties['overlay_index'], east!.properties['overlay_index']], [1, 1]);
    assert.ok((east!.properties['distance'] as number) < 45_000);
  });
});
