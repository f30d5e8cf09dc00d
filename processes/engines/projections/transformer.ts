import type { Position } from 'geojson';
import proj4 from 'proj4';
import { baseOf, type Definition, isWgs84Degrees, regionsOf, WGS84 } from './definition.ts';

export type Transform = (position: Position) => Position;

/** Its types leave out the unit; absent for metres and degrees. */
type Projection = InstanceType<typeof proj4.Proj> & { readonly to_meter?: number };

const projections = new Map<string, Projection>();

/** Parsed once: that takes longer than transforming a position. */
function projectionOf(definition: string): Projection {
  let projection = projections.get(definition);
  if (!projection) {
    projection = new proj4.Proj(definition);
    projections.set(definition, projection);
  }
  return projection;
}

/** Metres in one unit of the axes of a projected CRS. */
export const metresPerUnitOf = (definition: Definition): number =>
  projectionOf(baseOf(definition)).to_meter ?? 1;

/**
 * The transformation of positions between two CRSs. Numbers after x and y are kept as they are. Positions that
 * have no place in the target come back with coordinates that are not finite; nothing is thrown.
 */
export function transformBetween(from: Definition, to: Definition): Transform {
  if (from === to || (isWgs84Degrees(from) && isWgs84Degrees(to))) return (position) => position;
  const there = isWgs84Degrees(from) ? undefined : toWgs84(from);
  const onwards = isWgs84Degrees(to) ? undefined : fromWgs84(to);
  // Two CRSs meet in WGS 84; a definition relative to another datum takes that in its place.
  if (there && onwards) return (position) => onwards(there(position));
  return there ?? onwards ?? ((position) => position);
}

function fromWgs84(definition: Definition): Transform {
  const [first, ...others] = regionsOf(definition).map((region) => ({
    ...region,
    transform: step(WGS84, region.definition),
  }));
  if (others.length === 0) return first!.transform;
  const regions = [first!, ...others];
  return (position) => (regions.find(({ holds }) => holds(position)) ?? first!).transform(position);
}

function toWgs84(definition: Definition): Transform {
  const [first, ...others] = regionsOf(definition).map((region) => ({
    ...region,
    transform: step(region.definition, WGS84),
  }));
  if (others.length === 0) return first!.transform;
  const regions = [first!, ...others];
  // The region is found with longitude and latitude on the CRS' own datum: a few hundred metres off at most.
  const unshifted = step(baseOf(definition), WGS84);
  return (position) => {
    const place = unshifted(position);
    return (regions.find(({ holds }) => holds(place)) ?? first!).transform(position);
  };
}

function step(from: string, to: string): Transform {
  const { forward } = proj4(projectionOf(from), projectionOf(to));
  return (position) => {
    const moved = transformed(forward, position);
    return position.length > 2 ? [...moved, ...position.slice(2)] : moved;
  };
}

function transformed(
  forward: (position: number[], enforceAxis: boolean) => number[],
  position: Position,
): [number, number] {
  try {
    // The axes of the definition: some CRSs count to the west and the south.
    const [x = Number.NaN, y = Number.NaN] = forward([position[0]!, position[1]!], true);
    return [x, y];
  } catch {
    // proj4 throws where a projection has no result, and where a number is not finite.
    return [Number.NaN, Number.NaN];
  }
}
