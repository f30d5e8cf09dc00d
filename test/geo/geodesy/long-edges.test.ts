import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Geometry, Polygon, Position } from 'geojson';
import { azimuthalEquidistant } from '../../../geo/geodesy/azimuthal-equidistant.ts';
import { goesRoundGlobe, withUncutRunningOn } from '../../../geo/geodesy/long-edges.ts';
import { splitEdgesOf, splitLongEdges } from '../../../geo/geodesy/split-edges.ts';
import { eachPosition } from '../../../geo/geometry/positions.ts';
import { loadGeos } from '../../../geo/geos/geos.ts';

const area = (...ring: Position[]): Polygon => ({
  type: 'Polygon',
  coordinates: [[...ring, ...ring.slice(0, 1)]],
});
const box = (west: number, east: number): Geometry => area([west, 60], [east, 60], [east, 61], [west, 61]);
const line = (...coordinates: Position[]): Geometry => ({ type: 'LineString', coordinates });

const geos = await loadGeos();
const longitudesOf = (geometry: Geometry): number[] => {
  const longitudes: number[] = [];
  eachPosition(geometry, ([x = Number.NaN]) => longitudes.push(x));
  return longitudes;
};
/** Longitudes of an area or line with its edges as they are meant. */
const meant = (geometry: Geometry): number[] => longitudesOf(withUncutRunningOn(geometry, geos));

describe('an edge of more than half a turn', () => {
  for (const [name, geometry, longitudes] of [
    ['of an area from 179 to -179', box(179, -179), [179, 181, 181, 179, 179]],
    ['of an area that begins in the west', box(-179, 179), [181, 179, 179, 181, 181]],
    ['of an area a quarter turn wide', box(135, -135), [135, 225, 225, 135, 135]],
    [
      'of an area with vertices on both sides',
      area([170, 0], [179, 0], [-179, 0], [-170, 5], [179, 6]),
      [170, 179, 181, 190, 179, 170],
    ],
    [
      'of an area that is wider than a quarter turn, as Russia is',
      area([30, 50], [100, 50], [170, 60], [-170, 65], [170, 70], [100, 75]),
      [30, 100, 170, 190, 170, 100, 30],
    ],
    [
      'of an area with an edge along a pole',
      area([170, 80], [-170, 80], [-170, 90], [170, 90]),
      [170, 190, 190, 170, 170],
    ],
    ['of a track', line([-100, 0], [100, 0], [120, 0]), [-100, -260, -240]],
  ] as const)
    it(`crosses the antimeridian: ${name}`, () => {
      assert.deepEqual(meant(geometry), longitudes);
      assert.ok(!goesRoundGlobe(withUncutRunningOn(geometry, geos)));
    });

  for (const [name, geometry] of Object.entries({
    'of a belt': box(-180, 180),
    'of a belt that all but closes': box(-179.999999, 179.999999),
    'of a belt with vertices on one side': area([-180, 0], [180, 0], [180, 1], [60, 1], [-60, 1], [-180, 1]),
    'of a ring around the pole': area([-170, 80], [-90, 80], [0, 80], [90, 80], [170, 80]),
    'of an area from -100 to 100': box(-100, 100),
    'of a line around the globe': line([-180, 0], [180, 0]),
  }))
    it(`goes round the globe, or might: ${name}`, () => {
      assert.equal(withUncutRunningOn(geometry, geos), geometry);
      assert.ok(goesRoundGlobe(geometry));
    });

  it('is none in areas of half a turn, and along a pole', () => {
    const antarctica = area([-180, -90], [180, -90], [180, -80], [60, -70], [-60, -70], [-180, -80]);
    for (const geometry of [box(-85, 85), antarctica]) {
      assert.equal(withUncutRunningOn(geometry, geos), geometry);
      assert.ok(!goesRoundGlobe(geometry));
    }
  });

  it('says nothing where longitudes run on', () => {
    for (const geometry of [box(100, 300), line([-170, 0], [190, 0])])
      assert.equal(withUncutRunningOn(geometry, geos), geometry);
  });

  it('of a hole goes as that of the area, or is cut out of one that ends at the antimeridian', () => {
    const ring = (west: number, east: number, south: number): Position[] =>
      area([west, south], [east, south], [east, south + 1], [west, south + 1]).coordinates[0]!;
    const outer = (west: number, east: number): Position[] =>
      area([west, 50], [east, 50], [east, 70], [west, 70]).coordinates[0]!;
    const within: Geometry = {
      type: 'Polygon',
      coordinates: [outer(170, -170), ring(179, -179, 60), ring(-178, -177, 62)],
    };
    assert.deepEqual(meant(within).slice(5), [179, 181, 181, 179, 179, 182, 183, 183, 182, 182]);
    const world: Geometry = { type: 'Polygon', coordinates: [outer(-180, 180), ring(179, -179, 60)] };
    const cut = withUncutRunningOn(world, geos);
    assert.equal(
      geos.scope((scope) => scope.area(scope.read(cut))),
      360 * 20 - 2,
    );
  });
});

describe('long edges are split', () => {
  it('so that no piece is longer than a degree, or off the geodesic by more than some metres', () => {
    const short = line([0, 0], [0.5, 0]);
    assert.equal(splitEdgesOf(short, 1), short);
    assert.deepEqual(longitudesOf(splitEdgesOf(line([0, 0], [1.5, 0]), 1)), [0, 0.75, 1.5]);
    for (const [metres, from, to] of [
      [1, [0, 60], [1, 60]],
      [1, [-30, 40], [30, 60]],
      [10, [0, 80], [2, 89.5]],
      [100, [-80, -50], [80, 70]],
    ] as const) {
      const split = splitEdgesOf(line([...from], [...to]), metres);
      assert.ok(split.type === 'LineString');
      let most = 0;
      for (const [index, [x = 0, y = 0]] of split.coordinates.entries()) {
        const [beforeX = x, beforeY = y] = split.coordinates[index - 1] ?? [];
        const plane = azimuthalEquidistant({ longitude: (x + beforeX) / 2, latitude: (y + beforeY) / 2 });
        // Of geodesics through the middle, both ends are in opposite directions of it.
        const [[ax = 0, ay = 0], [bx = 0, by = 0]] = [
          plane.forward([beforeX, beforeY]),
          plane.forward([x, y]),
        ];
        const length = Math.hypot(bx - ax, by - ay);
        if (length > 0) most = Math.max(most, Math.abs(ax * by - ay * bx) / length);
      }
      assert.ok(most <= metres * 1.01 && most > metres / 4, `${most} metres, ${metres} were wanted`);
    }
  });

  it('the way that they go round the globe', () => {
    const crossing = longitudesOf(splitEdgesOf(line([179.5, 0], [182.5, 0]), 1));
    assert.deepEqual(crossing, [179.5, 180.5, 181.5, 182.5]);
    assert.equal(longitudesOf(splitEdgesOf(line([-180, 0], [180, 0]), 1)).length, 361);
    const [wide, beyond] = [box(-100, 100), box(100, 300)].map((geometry) => {
      const split = splitEdgesOf(geometry, 100);
      assert.ok(split.type === 'Polygon');
      return split.coordinates[0]!.slice(1)
        .filter(([, y]) => y === 60)
        .map(([x = 0]) => x);
    });
    assert.ok(wide!.every((x) => Math.abs(x) <= 100));
    assert.ok(beyond!.length > 200 && beyond!.every((x) => x >= 100 && x <= 300));
  });

  it('into longer pieces where there are very many', () => {
    const many = Array<Geometry>(11_200).fill(line([-180, 0], [180, 0]));
    const [split] = splitLongEdges(many, 100);
    // 11 200 turns of 360 degrees in two million pieces are 2.016 degrees each.
    assert.equal(longitudesOf(split!).length, 180);
  });
});
