import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Geometry, Position } from 'geojson';
import { azimuthalEquidistant } from '../../../geo/geodesy/azimuthal-equidistant.ts';
import { goesRoundGlobe, hasUncutAreas } from '../../../geo/geodesy/long-edges.ts';
import { splitEdgesOf, splitLongEdges } from '../../../geo/geodesy/split-edges.ts';

const area = (...ring: Position[]): Geometry => ({
  type: 'Polygon',
  coordinates: [[...ring, ...ring.slice(0, 1)]],
});
const box = (west: number, east: number): Geometry => area([west, 60], [east, 60], [east, 61], [west, 61]);
const line = (...coordinates: Position[]): Geometry => ({ type: 'LineString', coordinates });

describe('an edge of more than half a turn', () => {
  for (const [name, geometry] of Object.entries({
    'of an area from 179 to -179': box(179, -179),
    'of an area a quarter turn wide': box(135, -135),
    'of an area with vertices on both sides': area([170, 0], [179, 0], [-179, 0], [-170, 5], [179, 6]),
  }))
    it(`crosses the antimeridian: ${name}`, () => {
      assert.deepEqual([goesRoundGlobe(geometry), hasUncutAreas(geometry)], [false, true]);
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
      assert.deepEqual([goesRoundGlobe(geometry), hasUncutAreas(geometry)], [true, false]);
    });

  it('is none in areas of half a turn, along a pole, and in tracks', () => {
    const antarctica = area([-180, -90], [180, -90], [180, -80], [60, -70], [-60, -70], [-180, -80]);
    for (const geometry of [box(-85, 85), antarctica, line([179, 0], [-179, 0])])
      assert.deepEqual([goesRoundGlobe(geometry), hasUncutAreas(geometry)], [false, false]);
  });
});

describe('long edges are split', () => {
  const longitudes = (geometry: Geometry): number[] => {
    assert.ok(geometry.type === 'LineString');
    return geometry.coordinates.map(([x = Number.NaN]) => x);
  };

  it('so that no piece is longer than a degree, or off the geodesic by more than some metres', () => {
    const short = line([0, 0], [0.5, 0]);
    assert.equal(splitEdgesOf(short, 1), short);
    assert.deepEqual(longitudes(splitEdgesOf(line([0, 0], [1.5, 0]), 1)), [0, 0.75, 1.5]);
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
    const crossing = longitudes(splitEdgesOf(line([179.5, 0], [-177.5, 0]), 1));
    assert.deepEqual(crossing, [179.5, -179.5, -178.5, -177.5]);
    assert.equal(longitudes(splitEdgesOf(line([-180, 0], [180, 0]), 1)).length, 361);
    const [wide, uncut, beyond] = [box(-100, 100), box(170, -170), box(100, 300)].map((geometry) => {
      const split = splitEdgesOf(geometry, 100);
      assert.ok(split.type === 'Polygon');
      return split.coordinates[0]!.slice(1)
        .filter(([, y]) => y === 60)
        .map(([x = 0]) => x);
    });
    assert.ok(wide!.every((x) => Math.abs(x) <= 100));
    assert.ok(uncut!.every((x) => Math.abs(x) >= 170 && Math.abs(x) <= 180));
    assert.ok(beyond!.length > 200 && beyond!.every((x) => x >= 100 && x <= 300));
  });

  it('into longer pieces where there are very many', () => {
    const many = Array<Geometry>(11_200).fill(line([-180, 0], [180, 0]));
    const [split] = splitLongEdges(many, 100);
    // 11 200 turns of 360 degrees in two million pieces are 2.016 degrees each.
    assert.equal(longitudes(split!).length, 180);
  });
});
