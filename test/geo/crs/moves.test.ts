import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Position } from 'geojson';
import proj4 from 'proj4';
import { splitRegions, WGS84 } from '../../../geo/crs/definition.ts';
import { findDefinition, supportedCodes } from '../../../geo/crs/definitions.ts';
import { type Move, moveFromWgs84, moveToWgs84, type Place } from '../../../geo/crs/moves.ts';
import { withOwnNames } from '../../../geo/crs/projections/index.ts';

/** What proj4 makes of a place by itself. */
const reference =
  (from: string, to: string): Move =>
  (place) => {
    let moved: Position;
    try {
      moved = proj4(withOwnNames(from), withOwnNames(to)).forward([place.x, place.y], true);
    } catch {
      moved = [];
    }
    const [x = Number.NaN, y = Number.NaN] = moved;
    // Formulas go on beyond the poles of a map, where there is no place.
    const isBeyond =
      to === WGS84 &&
      !from.includes('longlat') &&
      (Math.abs(y) > 90.000001 || Math.abs(x) > 360.000001) &&
      Math.abs(y) < Infinity;
    Object.assign(place, isBeyond ? { x: Number.NaN, y: Number.NaN } : { x, y });
  };

const movedBy = (move: Move, place: Place): Place => {
  const moved = { ...place };
  move(moved);
  return moved;
};

const definitions = fc
  .constantFrom(...supportedCodes())
  .chain((code) =>
    fc.constantFrom(...splitRegions(findDefinition(code)!).map(({ definition }) => definition)),
  );

const number = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
/** On the globe, beyond it, and nowhere. */
const places: fc.Arbitrary<Place> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ x: number(180), y: number(90) }) },
  { weight: 2, arbitrary: fc.record({ x: number(720), y: number(360) }) },
  { weight: 1, arbitrary: fc.constantFrom({ x: 0, y: -90 }, { x: 180, y: 90 }, { x: -0, y: -0 }) },
  { weight: 1, arbitrary: fc.constantFrom({ x: Number.NaN, y: 1 }, { x: 1, y: Infinity }) },
);

/** The edges of a map of the world are settled at 180 degrees within a millimetre, which proj4 does not do. */
const settled = ({ x, y }: Place): Place => ({ x: Math.abs(Math.abs(x) - 180) < 1e-8 ? 180 : x, y });

describe('the move of a place between a CRS and WGS 84', () => {
  it('gives the bits that proj4 gives, of any CRS, also where there is no place', () => {
    fc.assert(
      fc.property(definitions, places, number(1e7), number(1e7), (definition, place, x, y) => {
        const expected = movedBy(reference(WGS84, definition), place);
        assert.deepEqual(movedBy(moveFromWgs84(definition), place), expected);
        for (const planar of [expected, place, { x, y }]) {
          const back = movedBy(reference(definition, WGS84), planar);
          assert.deepEqual(settled(movedBy(moveToWgs84(definition), planar)), settled(back));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('knows no place of what has none', () => {
    for (const definition of ['+proj=utm +zone=31 +datum=WGS84 +units=m', '+proj=merc +R=6378137']) {
      const { x, y } = movedBy(moveFromWgs84(definition), { x: Number.NaN, y: 0 });
      assert.ok(Number.isNaN(x) && Number.isNaN(y));
    }
  });
});
