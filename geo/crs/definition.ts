/**
 * A datum shift to WGS 84 and the area in which it is taken: parameters of `+towgs84`, nothing for none, or
 * `@EAST,NORTH DEFINITION`: arc-seconds that are added to longitudes and latitudes (EPSG method 9619, Geographic2D offsets),
 * which makes them those of another definition.
 */
export type Region = readonly [shift: string, west: number, south: number, east: number, north: number];

/**
 * A CRS as proj4 takes it. Where PROJ chooses the datum shift by the position, the definition without a shift, and
 * the shifts with their areas: the first whose area holds a position is taken.
 */
export type Definition = string | readonly [base: string, ...regions: Region[]];

/** WGS 84 in degrees, longitude first: also CRS84. */
export const WGS84 = '+proj=longlat +datum=WGS84';

/** The definition without a shift that depends on the place. */
export const withoutRegions = (definition: Definition): string =>
  typeof definition === 'string' ? definition : definition[0];

/** True where coordinates are longitudes and latitudes. */
export const isGeographic = (definition: Definition): boolean =>
  withoutRegions(definition).startsWith('+proj=longlat');

/** True for degrees on WGS 84, or on a datum whose positions are taken over into WGS 84 as they are. */
export const isWgs84Degrees = (definition: Definition): boolean =>
  typeof definition === 'string' && isGeographic(definition) && !/\+(?:towgs84|pm|axis)=/.test(definition);

/** What is added to longitudes and latitudes, in degrees, so that they are those of another definition. */
export interface Offset {
  readonly east: number;
  readonly north: number;
  readonly onto: string;
}

export interface RegionalDefinition {
  readonly definition: string;
  readonly offset?: Offset;
  /** True when the longitude and latitude lie in the area. */
  readonly holds: (longitude: number, latitude: number) => boolean;
}

/** A definition as one or more, each with the area where it is taken; the first that holds a place counts. */
export function splitRegions(definition: Definition): RegionalDefinition[] {
  if (typeof definition === 'string') return [{ definition, holds: () => true }];
  const [base, ...regions] = definition;
  return regions.map(([shift, west, south, east, north]) => ({
    ...withOffset(base, shift),
    holds: (longitude, latitude) => {
      const x = longitude - 360 * Math.round(longitude / 360);
      return x >= west && x <= east && latitude >= south && latitude <= north;
    },
  }));
}

function withOffset(base: string, shift: string): Pick<RegionalDefinition, 'definition' | 'offset'> {
  const [, east, north, onto] = /^@([^,]+),(\S+) (.+)$/.exec(shift) ?? [];
  if (onto === undefined) return { definition: withShift(base, shift) };
  return { definition: base, offset: { east: Number(east) / 3600, north: Number(north) / 3600, onto } };
}

/**
 * A PROJ definition with a shift of its datum to WGS 84: three or seven parameters of `+towgs84`, as text; empty for
 * none.
 */
export const withShift = (base: string, shift: string): string =>
  shift === '' ? base : `${base} +towgs84=${shift}`;

/**
 * The part of a definition that has the formulas of a projection work on a sphere, while longitudes and latitudes stay
 * those of the ellipsoid: with `+R_A`, proj4 would move them to that sphere.
 */
export const sphere = (radius: number): string => `+a=${radius} +b=${radius} +nadgrids=@null`;

/** The definition without any shift. */
export const unshifted = (definition: Definition): string =>
  withoutRegions(definition).replace(/ \+towgs84=\S+/, '');
