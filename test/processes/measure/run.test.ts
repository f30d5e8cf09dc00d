import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { FeatureCollection, Geometry, Position } from 'geojson';
import { measureGeometry, planarMeasuring } from '../../../geo/geodesy/measure.ts';
import process from '../../../processes/measure/process.ts';
import { run } from '../../../processes/measure/run.ts';
import { starPolygons } from '../../geo/formats/arbitraries.ts';
import { execute } from '../support/execute.ts';
import { crsMember } from '../support/geometries.ts';
import { collection, feature, layerProcess, line, makeLayer, point, rectangle } from '../support/layers.ts';
import { describeOneToOne } from '../support/one-to-one.ts';
import { oracle } from '../support/oracle.ts';

const { computeFeatures, catchFaults } = layerProcess(process, run);
const measured = async (features: object, inputs: object = {}) =>
  (await computeFeatures({ features, ...inputs })).map(
    ({ properties }) => properties as Record<string, number>,
  );

/** @param rounding square metres by which both engines are off, as each adds up areas down to the equator. */
function assertMeasures(
  actual: Record<string, number>,
  expected: Record<string, number>,
  rounding = 0,
): void {
  for (const [name, value] of Object.entries(expected)) {
    const difference = Math.abs(actual[name]! - value);
    assert.ok(difference <= 1e-9 * value + rounding, `${name} differs by ${difference} of ${value}`);
  }
}

describeOneToOne(process, run);

describe('geodesic measures agree with pyproj', () => {
  const { input, expected, projected } = oracle('measure');
  it('for areas and lines of any size, at poles and the antimeridian', async () => {
    const results = await measured(makeLayer(input));
    for (const [index, result] of results.entries()) {
      const { index: own, ...measures } = result;
      assert.equal(own, index);
      assert.deepEqual(Object.keys(measures).toSorted(), Object.keys(expected[index]).toSorted());
      assertMeasures(measures, expected[index], 2e-5);
    }
  });

  it('for layers in a projected CRS', async () => {
    const features = { ...makeLayer(projected.input), ...crsMember(28992) };
    for (const [index, result] of (await measured(features)).entries())
      assertMeasures(result, projected.geodesic[index]);
  });
});

describe('planar measures agree with shapely', () => {
  const { projected } = oracle('measure');
  it('in a plane', () => {
    const { input, expected } = oracle('area_length');
    assert.equal(input.length, 30);
    for (const [index, geometry] of (input as Geometry[]).entries()) {
      const [area, perimeter] = expected[index];
      assertMeasures({ ...measureGeometry(geometry, planarMeasuring(1)) }, { area, perimeter });
    }
  });

  it('in the CRS of the layer and in one that is given', async () => {
    const own = { ...makeLayer(projected.input), ...crsMember(28992) };
    for (const [index, result] of (await measured(own, { method: 'planar' })).entries())
      assertMeasures(result, projected.planar[index]);
    const moved = await measured(makeLayer(projected.geographic), { method: 'planar', crs: 'EPSG:28992' });
    for (const [index, result] of moved.entries()) assertMeasures(result, projected.planar[index]);
  });

  it('in metres, whatever the unit of the axes', async () => {
    const feet = { ...makeLayer([rectangle(980_000, 195_000, 981_000, 195_500)]), ...crsMember(2263) };
    const [result] = await measured(feet, { method: 'planar' });
    const foot = 1200 / 3937;
    assertMeasures(result!, { area: 500_000 * foot ** 2, perimeter: 3000 * foot });
  });

  it('need a projected CRS', async () => {
    const features = rectangle(0, 0, 1, 1);
    assert.match(
      (await catchFaults({ features, method: 'planar' }))[0]!,
      /^\/inputs\/crs: must be a projected/,
    );
    const [fault] = await catchFaults({ features, method: 'planar', crs: 'EPSG:4258' });
    assert.match(fault!, /^\/inputs\/crs: .*EPSG:4258 is geographic/);
  });
});

describe('measures', () => {
  const hole = [
    [1, 1],
    [1, 2],
    [2, 2],
    [2, 1],
    [1, 1],
  ];

  it('of holes are taken from the area and added to the perimeter', async () => {
    const whole = rectangle(0, 0, 3, 3) as { coordinates: Position[][] } & Geometry;
    const holed = { type: 'Polygon', coordinates: [...whole.coordinates, hole] };
    const island = { type: 'Polygon', coordinates: [hole] };
    const [a, b, c] = await measured(
      collection(feature(whole), feature(holed as Geometry), feature(island as Geometry)),
    );
    assertMeasures(b!, { area: a!['area']! - c!['area']!, perimeter: a!['perimeter']! + c!['perimeter']! });
  });

  it('of collections are of all their parts; points have none', async () => {
    const geometries = [rectangle(0, 0, 1, 1), line([0, 0], [0, 1]), point(3, 3)];
    const [all, area, length, none] = await measured(
      collection(
        feature({ type: 'GeometryCollection', geometries }),
        ...geometries.map((geometry) => feature(geometry)),
      ),
    );
    assert.deepEqual(all, { ...area, ...length });
    assert.deepEqual(none, {});
    // A degree of the meridian at the equator.
    assertMeasures(length!, { length: 110_574.388_557_799 });
  });

  it('do not depend on the direction of rings', async () => {
    await fc.assert(
      fc.asyncProperty(starPolygons(), async (polygon) => {
        const reversed = { ...polygon, coordinates: polygon.coordinates.map((ring) => ring.toReversed()) };
        const [one, other] = await measured(collection(feature(polygon), feature(reversed)));
        assertMeasures(other!, one!);
        assert.ok(one!['area']! > 0);
      }),
      { numRuns: 50 },
    );
  });

  it('are added under their names, with the prefix, over properties of the same name', async () => {
    const features = collection(feature(rectangle(0, 0, 1, 1), { area: 'old', name: 'x' }));
    const [plain] = await measured(features);
    assert.deepEqual(Object.keys(plain!), ['area', 'name', 'perimeter']);
    assert.equal(typeof plain!['area'], 'number');
    const [prefixed] = await measured(features, { prefix: 'm_' });
    assert.deepEqual(Object.keys(prefixed!), ['area', 'name', 'm_area', 'm_perimeter']);
    assert.equal(prefixed!['area'] as unknown, 'old');
  });

  it('of very many points are none', async () => {
    const coordinates = Array.from({ length: 190_000 }, (_, index): Position => [index / 2000, 0]);
    assert.deepEqual(await measured(collection(feature({ type: 'MultiPoint', coordinates }))), [{}]);
  });

  it('leave geometries as they are', async () => {
    const square = rectangle(170, 10, 180, 20);
    assert.deepEqual((await computeFeatures({ features: square }))[0]!.geometry, square);
  });

  it('on the ellipsoid do not depend on the CRS of the work, which is logged', async () => {
    const inputs = { features: rectangle(5, 52, 6, 53), crs: 'EPSG:28992' };
    assert.match((await execute(process, run, { inputs })).logged.join(), /"crs" has no effect/);
  });

  it('does not count the edges along which an area was cut at the antimeridian', async () => {
    const box = (west: number, east: number) => ({
      type: 'Polygon',
      coordinates: [
        [
          [west, 10],
          [east, 10],
          [east, 12],
          [west, 12],
          [west, 10],
        ],
      ],
    });
    const perimeter = async (west: number, east: number): Promise<number> => {
      const { result } = (await execute(process, run, { inputs: { features: box(west, east) } })).outputs as {
        result: FeatureCollection;
      };
      return Number(result.features[0]?.properties?.['perimeter']);
    };
    // Two geodesics meet at the cut instead of one that runs by: a metre on 440 km.
    assert.ok(Math.abs((await perimeter(179, 181)) - (await perimeter(9, 11))) < 1);
    // What ends there has a border there.
    assert.ok((await perimeter(178, 180)) - (await perimeter(9, 11)) < 1);
  });
});
