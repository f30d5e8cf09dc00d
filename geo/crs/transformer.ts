import type { Position } from 'geojson';
import {
  type Definition,
  isWgs84Degrees,
  type RegionalDefinition,
  splitRegions,
  withoutRegions,
} from './definition.ts';
import { type Move, parseMetresPerUnit as metresPerUnit, moveFromWgs84, moveToWgs84 } from './moves.ts';

export type Transform = (position: Position) => Position;

/** Metres in one unit of the axes of a projected CRS. */
export const findMetresPerUnit = (definition: Definition): number =>
  metresPerUnit(withoutRegions(definition));

/**
 * The transformation of positions between two CRSs. Numbers after x and y are kept as they are. Positions that
 * have no place in the target come back with coordinates that are not finite; nothing is thrown.
 */
export function transformBetween(from: Definition, to: Definition): Transform {
  const move = moveBetween(from, to);
  if (!move) return (position) => position;
  // One for all positions: none is kept.
  const place = { x: Number.NaN, y: Number.NaN };
  return (position) => {
    place.x = position[0] ?? Number.NaN;
    place.y = position[1] ?? Number.NaN;
    move(place);
    return position.length > 2 ? [place.x, place.y, ...position.slice(2)] : [place.x, place.y];
  };
}

/** The same for places that are moved where they stand; undefined between CRSs with the same coordinates. */
export function moveBetween(from: Definition, to: Definition): Move | undefined {
  if (from === to) return undefined;
  const there = isWgs84Degrees(from) ? undefined : toWgs84(from);
  const onwards = isWgs84Degrees(to) ? undefined : fromWgs84(to);
  if (!there || !onwards) return there ?? onwards;
  // Two CRSs meet in WGS 84; a definition relative to another datum takes that in its place.
  return (place) => {
    there(place);
    onwards(place);
  };
}

function fromWgs84(definition: Definition): Move {
  const { only, moveAt } = movesOfRegions(definition, moveOutOfWgs84);
  return only ?? ((place) => moveAt(place.x, place.y)(place));
}

function moveOutOfWgs84({ definition, offset }: RegionalDefinition): Move {
  const move = moveFromWgs84(definition);
  if (!offset) return move;
  const { east, north, onto } = offset;
  const toOther = moveFromWgs84(onto);
  return (place) => {
    toOther(place);
    place.x -= east;
    place.y -= north;
    move(place);
  };
}

function toWgs84(definition: Definition): Move {
  const { only, moveAt } = movesOfRegions(definition, moveIntoWgs84);
  if (only) return only;
  // The region is found with longitude and latitude on the CRS' own datum: a few hundred metres off at most.
  const unshifted = moveToWgs84(withoutRegions(definition));
  const about = { x: Number.NaN, y: Number.NaN };
  return (place) => {
    about.x = place.x;
    about.y = place.y;
    unshifted(about);
    moveAt(about.x, about.y)(place);
  };
}

interface MovesOfRegions {
  /** That of a definition without regions. */
  readonly only: Move | undefined;
  /** That of the region that holds a longitude and latitude, else of the first one. */
  readonly moveAt: (longitude: number, latitude: number) => Move;
}

function movesOfRegions(
  definition: Definition,
  moveOf: (region: RegionalDefinition) => Move,
): MovesOfRegions {
  const regions = splitRegions(definition).map((region) => ({ ...region, move: moveOf(region) }));
  const [first, ...others] = regions;
  if (!first) throw new Error('The definition has no regions.');
  return {
    only: others.length === 0 ? first.move : undefined,
    moveAt: (longitude, latitude) => (regions.find(({ holds }) => holds(longitude, latitude)) ?? first).move,
  };
}

function moveIntoWgs84({ definition, offset }: RegionalDefinition): Move {
  const move = moveToWgs84(definition);
  if (!offset) return move;
  const { east, north, onto } = offset;
  const fromOther = moveToWgs84(onto);
  return (place) => {
    move(place);
    place.x += east;
    place.y += north;
    fromOther(place);
  };
}
