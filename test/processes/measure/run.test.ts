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

  it('on the ellipsoid do not depend on the working CRS, which is logged', async () => {
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

describe('areas that go around the globe', () => {
  const zone = async (west: number, south: number, east: number, north: number) =>
    (await measured(rectangle(west, south, east, north)))[0]?.['area'] ?? 0;

  it('are those of the zones between their parallels', async () => {
    // By pyproj 3.7.2: the sum of 36 000 slices from west to east, whose geodesics keep to the parallels.
    for (const [west, south, east, north, expected] of [
      [-180, 0, 180, 10, 44_093_962_692_501],
      [-180, 30, 180, 60, 93_528_690_260_884],
      [-180, -60, 180, 75, 466_885_560_071_677],
      [-100, 0, 100, 10, 24_496_645_898_284],
    ] as const)
      assert.ok(Math.abs((await zone(west, south, east, north)) / expected - 1) < 1e-8, `${west} ${south}`);
  });

  it('may hold a pole, or both', async () => {
    assert.ok(Math.abs((await zone(-180, 60, 180, 90)) / 34_415_850_373_730 - 1) < 1e-8);
    assert.ok(Math.abs((await zone(-180, -90, 180, -60)) / 34_415_850_373_730 - 1) < 1e-8);
    // The surface of WGS 84.
    assert.ok(Math.abs((await zone(-180, -90, 180, 90)) / 510_065_621_724_088 - 1) < 1e-12);
  });

  it('are the same with many vertices on the parallels, and more than half of the globe', async () => {
    const north = Array.from({ length: 3601 }, (_, index): Position => [-180 + index / 10, 60]);
    const south = north.map(([x = 0]): Position => [x, -70]).toReversed();
    const ring = [...north, ...south, [-180, 60]];
    const [dense] = await measured({ type: 'Polygon', coordinates: [ring] });
    assert.ok(Math.abs((dense?.['area'] ?? 0) / (await zone(-180, -70, 180, 60)) - 1) < 1e-6);
  });

  it('have holes like others', async () => {
    const whole = rectangle(-180, 0, 180, 10) as { coordinates: Position[][] } & Geometry;
    const island = rectangle(0, 2, 5, 4) as { coordinates: Position[][] } & Geometry;
    const [holed, hole] = await measured(
      makeLayer([{ type: 'Polygon', coordinates: [...whole.coordinates, ...island.coordinates] }, island]),
    );
    const difference = (await zone(-180, 0, 180, 10)) - (holed?.['area'] ?? 0) - (hole?.['area'] ?? 0);
    assert.ok(Math.abs(difference) < 1);
  });

  it('and lines run straight in longitudes and latitudes where an edge is longer than half a turn, with a warning', async () => {
    const inputs = { features: line([-180, 0], [180, 0]) };
    const { outputs, logged } = await execute(process, run, { inputs });
    const [feature] = (outputs['result'] as FeatureCollection).features;
    // All of the equator.
    assert.ok(Math.abs(Number(feature?.properties?.['length']) - 6_378_137 * Math.PI * 2) < 1e-3);
    assert.match(logged.join(), /^1 feature has edges that span more than 180 degrees/);
  });

  it('and lines of a plane that cross the antimeridian there do so on the ellipsoid', async () => {
    // 179 and 181 degrees of the equator in a Mercator projection about 150 degrees.
    const radius = (6_378_137 * Math.PI) / 180;
    const features = { ...makeLayer([line([29 * radius, 0], [31 * radius, 0])]), ...crsMember(3832) };
    const [result] = await measured(features);
    assertMeasures(result as Record<string, number>, { length: 2 * radius }, 1e-3);
  });
});

describe('areas that were cut at the antimeridian', () => {
  it('have the perimeter of the area, not of the pieces, in a plane as well', async () => {
    const [own] = await measured(rectangle(179, 10, 181, 12), { method: 'planar', crs: 'EPSG:3857' });
    const [other] = await measured(rectangle(9, 10, 11, 12), { method: 'planar', crs: 'EPSG:3857' });
    assertMeasures(own as Record<string, number>, {
      area: other?.['area'] ?? 0,
      perimeter: other?.['perimeter'] ?? 0,
    });
  });

  it('have the area in a plane that they had before they were cut', async () => {
    // By pyproj 3.7.2 and shapely 2.2.0, of the three vertices in the plane: those of a cut would be off its edges.
    const ring = [
      [170, 10],
      [195, 60],
      [172, 62],
    ];
    const triangle: Geometry = { type: 'Polygon', coordinates: [[...ring, ...ring.slice(0, 1)]] };
    const crossing = 10 + (50 * 10) / 25;
    const northern = 60 + (2 * 15) / 23;
    const [east, west] = [180, -180].map((x) => [
      [x, crossing],
      [x, northern],
    ]);
    const cut: Geometry = {
      type: 'MultiPolygon',
      coordinates: [
        [[[170, 10], ...east!, [172, 62], [170, 10]]],
        [[west![0]!, [-165, 60], west![1]!, west![0]!]],
      ],
    };
    for (const [crs, area, perimeter, length] of [
      ['EPSG:3832', 9_921_077_196_672.373, 18_081_159.013_557_304, 10_368_043.008_272_601],
      ['EPSG:3574', 3_287_839_698_418.201, 11_776_690.288_075_168, 6_673_582.399_083_638],
    ] as const) {
      const inputs = { method: 'planar', crs };
      for (const geometry of [triangle, cut])
        assertMeasures((await measured(geometry, inputs))[0]!, { area, perimeter });
      assertMeasures((await measured(line(...ring), inputs))[0]!, { length });
    }
  });
});
