import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Move, moveFromWgs84, moveToWgs84, type Place } from '../../../geo/crs/moves.ts';
import { oracle } from '../../processes/support/oracle.ts';

interface Case {
  readonly definition: string;
  readonly positions: readonly (readonly [
    longitude: number,
    latitude: number,
    x: number | null,
    y: number | null,
  ])[];
}

const { engine, cases } = oracle('world_maps') as {
  readonly engine: string;
  readonly cases: readonly Case[];
};
const METRES_PER_DEGREE = 111_320;

const moved = (move: Move, x: number, y: number): Place => {
  const place = { x, y };
  move(place);
  return place;
};

/**
 * Metres by which PROJ may be off. It stops searching early near poles, its formulas of van der Grinten lose digits near the central
 * meridian, and its ellipsoidal series end before those of proj4.
 */
function findTolerance(definition: string, [longitude, latitude]: Case['positions'][number]): number {
  if (Math.abs(latitude) === 90) return definition.includes('=wink2') ? 40_000 : 150;
  if (definition.includes('=vandg')) return Math.abs(longitude) < 1 ? 5 : 1e-4;
  return /=(?:sinu|moll)/.test(definition) ? 1e-4 : 2e-6;
}

describe(`maps of the world are those of ${engine}`, () => {
  for (const { definition, positions } of cases) {
    const [, name] = /\+proj=(\w+)/.exec(definition)!;
    const [there, back] = [moveFromWgs84(definition), moveToWgs84(definition)];
    it(`${name}: from longitude and latitude, and what it does not show`, () => {
      for (const position of positions) {
        const [longitude, latitude, x, y] = position;
        const { x: u, y: v } = moved(there, longitude, latitude);
        if (x === null || y === null) assert.ok(Number.isNaN(u), `${position}: ${u} ${v}`);
        else
          assert.ok(Math.hypot(u - x, v - y) < findTolerance(definition, position), `${position}: ${u} ${v}`);
      }
    });

    it(`${name}: and back, ends and poles included`, () => {
      for (const position of positions) {
        const [longitude, latitude, x, y] = position;
        if (x === null || y === null) continue;
        const { x: lon, y: lat } = moved(back, x, y);
        // Where a pole is a point it has no longitude.
        const turn = Math.abs(latitude) === 90 ? 0 : lon - longitude;
        const around = turn - 360 * Math.round(turn / 360);
        const east = around * Math.cos((latitude * Math.PI) / 180);
        const away = Math.hypot(east, lat - latitude) * METRES_PER_DEGREE;
        assert.ok(away < Math.max(1e-3, findTolerance(definition, position)), `${position}: ${lon} ${lat}`);
      }
    });

    it(`${name}: has no places beyond its outline`, () => {
      // Cylinders end in the east and the west, all others in the corners too.
      for (const [x, y] of [
        [2.1e7, 0],
        [-2.1e7, 100],
        [1000, 2.1e7],
        [1e9, 1e9],
      ] as const) {
        // Great circles and shadows of the globe have no end.
        if (name === 'gnom') continue;
        const place = moved(back, x, y);
        // What repeats itself to the east and the west is right all the same.
        const again = moved(there, place.x, place.y);
        const isNowhere = Number.isNaN(place.x) || Number.isNaN(place.y);
        const isRight = Math.abs(again.y - y) < 1 && name === 'mill';
        assert.ok(isNowhere || isRight, `${x} ${y}: ${place.x} ${place.y}`);
      }
    });
  }
});
