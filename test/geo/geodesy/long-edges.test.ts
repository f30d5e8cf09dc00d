import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Geometry, Position } from 'geojson';
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

  it('from more than a degree on, into quarters of a degree', () => {
    const short = line([0, 0], [1, 1]);
    assert.equal(splitEdgesOf(short), short);
    assert.deepEqual(longitudes(splitEdgesOf(line([0, 0], [1.5, 0]))), [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5]);
  });

  it('the way that they go round the globe', () => {
    const crossing = longitudes(splitEdgesOf(line([179.5, 0], [-179, 0])));
    assert.deepEqual(crossing, [179.5, 179.75, 180, -179.75, -179.5, -179.25, -179]);
    assert.equal(longitudes(splitEdgesOf(line([-180, 0], [180, 0]))).length, 1441);
    const [wide, uncut] = [box(-100, 100), box(170, -170)].map((geometry) => {
      const split = splitEdgesOf(geometry);
      assert.ok(split.type === 'Polygon');
      return split.coordinates[0]!.slice(1)
        .filter(([, y]) => y === 60)
        .map(([x = 0]) => x);
    });
    assert.equal(wide!.length, 801);
    assert.equal(uncut!.length, 81);
    assert.ok(uncut!.every((x) => Math.abs(x) >= 170 && Math.abs(x) <= 180));
  });

  it('into longer pieces where there are very many, which is told', () => {
    const many = Array<Geometry>(4000).fill(line([-180, 0], [180, 0]));
    const { geometries, metresOff } = splitLongEdges(many);
    // 4000 turns of 360 degrees in two million pieces are 0.72 degrees each.
    assert.equal(longitudes(geometries[0]!).length, 501);
    assert.equal(metresOff, 260);
    assert.equal(splitLongEdges(many.slice(0, 1)).metresOff, undefined);
  });
});
