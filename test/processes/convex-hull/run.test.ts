import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { loadGeos } from '../../../geo/geos/geos.ts';
import { computeBounds } from '../../../geo/layer/layer.ts';
import process from '../../../processes/convex-hull/process.ts';
import { run } from '../../../processes/convex-hull/run.ts';
import { assertSameVertices, listPositions } from '../support/geometries.ts';
import {
  assertSameGeometry,
  collection,
  feature,
  layerProcess,
  line,
  makeLayer,
  point,
  scaled,
} from '../support/layers.ts';
import { describeOneToOne } from '../support/one-to-one.ts';
import { isValid, oracle } from '../support/oracle.ts';

const geos = await loadGeos();
const { computeFeatures, catchFaults } = layerProcess(process, run);

describeOneToOne(process, run);

describe('hulls', () => {
  it('agree with shapely', async () => {
    const { input, expected } = oracle('bounding_shapes');
    for (const [index, { geometry }] of (await computeFeatures({ features: makeLayer(input) })).entries()) {
      assertSameVertices(geometry, expected[index].convex);
      assertSameGeometry(geos, geometry, expected[index].convex);
    }
    const fixture = oracle('convex_hull');
    // The plane of the fixture is larger than the globe.
    const [result] = await computeFeatures({ features: scaled(fixture.input, 1 / 2) });
    assertSameVertices(result!.geometry, scaled(fixture.expected.normalized, 1 / 2));
  });

  it('of a layer agree with shapely, and have no properties', async () => {
    const { input, expected } = oracle('bounding_shapes').layer;
    const results = await computeFeatures({ features: makeLayer([null, ...input]), scope: 'layer' });
    assert.equal(results.length, 1);
    assertSameVertices(results[0]!.geometry, expected.convex);
    assert.deepEqual([results[0]!.properties, results[0]!.id], [{}, undefined]);
  });

  it('of a layer without geometries are none', async () => {
    assert.deepEqual(await computeFeatures({ features: collection(), scope: 'layer' }), []);
    assert.deepEqual(await computeFeatures({ features: collection(feature(null)), scope: 'layer' }), []);
  });

  it('of what has no area are lines and points', async () => {
    const flat = [line([0, 0], [1, 1], [2, 2]), point(3, 3)];
    const results = await computeFeatures({ features: makeLayer(flat) });
    assert.deepEqual(
      results.map(({ geometry }) => geometry.type),
      ['LineString', 'Point'],
    );
  });

  it('are valid, have vertices of their geometry, its bounds, and are hulls of themselves', async () => {
    const coordinate = fc.integer({ min: -80, max: 80 });
    const points = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(points, async (coordinates) => {
        const [hull] = await computeFeatures({ features: { type: 'MultiPoint', coordinates } });
        assert.ok(isValid(geos, hull!.geometry));
        assert.deepEqual(
          computeBounds([hull!.geometry]),
          computeBounds([{ type: 'MultiPoint', coordinates }]),
        );
        const own = new Set(coordinates.map(String));
        for (const position of listPositions(hull!.geometry)) assert.ok(own.has(String(position)));
        const [again] = await computeFeatures({ features: hull!.geometry });
        assertSameVertices(again!.geometry, hull!.geometry, 0);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the working CRS', () => {
  it('may be polar, where the hull leads around the pole', async () => {
    const around = makeLayer([0, 90, 180, -90].map((longitude) => point(longitude, -80)));
    const [flat] = await computeFeatures({ features: around, scope: 'layer' });
    assert.equal(flat!.geometry.type, 'LineString');
    const [hull] = await computeFeatures({ features: around, scope: 'layer', crs: 'EPSG:3031' });
    const [west, south, east, north] = computeBounds([hull!.geometry])!;
    assert.deepEqual([west, south, east], [-180, -90, 180]);
    assert.ok(Math.abs(north + 80) < 1e-9);
  });
});

describe('longitudes', () => {
  it('may run on, where the hull is cut at the antimeridian, but not without end', async () => {
    const [hull] = await computeFeatures({ features: line([170, 0], [190, 0], [180, 10]) });
    assert.equal(hull!.geometry.type, 'MultiPolygon');
    assert.deepEqual(computeBounds([hull!.geometry]), [-180, 0, 180, 10]);
    const [fault] = await catchFaults({ features: line([0, 0], [1e9, 0], [0, 10]) });
    assert.match(fault!, /^\/inputs\/features\/coordinates\/1: .*longitude between -3600 and 3600/);
  });
});
