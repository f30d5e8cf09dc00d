import type { Crs } from './crs.ts';
import { type Definition, unshifted, withoutRegions } from './definition.ts';
import { definitionsBetween } from './definitions.ts';
import { type Interruptions, interruptions } from './projections/interruptions.ts';
import { computableFor } from './transformation.ts';
import { type Transform, transformBetween } from './transformer.ts';

/** Where a map of the globe is cut, beside the antimeridian of its central meridian. */
export interface Seams {
  /** Degrees from Greenwich. */
  readonly centralMeridian: number;
  readonly interruptions?: Interruptions;
}

/** Projections of PROJ whose maps end half a turn from the central meridian. */
const TORN = new Set(
  (
    'merc eqc cea mill gall patterson comill robin moll sinu eqearth eck1 eck2 eck3 eck4 eck5 eck6 wink1 wink2 wintri ' +
    'vandg aitoff hammer wag1 wag2 wag3 wag4 wag5 wag6 wag7 kav5 kav7 qua_aut loxim mbtfpq crast times natearth natearth2 ' +
    'goode igh igh_o lcc aea eqdc poly bonne'
  ).split(' '),
);

/** Undefined for CRSs whose plane has no such ends, as those of polar and transverse projections. */
export function findSeams(crs: Crs): Seams | undefined {
  if (crs.isGeographic) return undefined;
  const text = withoutRegions(computableFor(crs).definition);
  const [, projection = ''] = /\+proj=(\w+)/.exec(text) ?? [];
  if (!TORN.has(projection)) return undefined;
  const cuts = interruptions[projection];
  return {
    centralMeridian: readDegrees(text, 'lon_0') + readDegrees(text, 'pm'),
    ...(cuts && { interruptions: cuts }),
  };
}

/** Degrees from Greenwich of the meridian from which a CRS counts its longitudes. */
export const findMeridian = (crs: Crs): number =>
  readDegrees(withoutRegions(computableFor(crs).definition), 'pm');

function readDegrees(text: string, name: string): number {
  const [, value] = new RegExp(`\\+${name}=(\\S+)`).exec(text) ?? [];
  if (value === undefined) return 0;
  return Number.isFinite(Number(value)) ? Number(value) : (MERIDIANS[value] ?? 0);
}

/** Prime meridians that PROJ has names for, as far as its definitions of CRSs use them. */
const MERIDIANS: Readonly<Record<string, number>> = {
  lisbon: -9.131906111111,
  paris: 2.337229166667,
  bogota: -74.080916666667,
  madrid: -3.687938888889,
  rome: 12.452333333333,
  bern: 7.439583333333,
  jakarta: 106.807719444444,
  ferro: -17.666666666667,
  brussels: 4.367975,
  stockholm: 18.058277777778,
  athens: 23.7163375,
  oslo: 10.722916666667,
};

/** The way to a projected CRS in two steps. */
export interface Steps {
  /** To longitudes and latitudes under it, in degrees. */
  readonly toDegrees: Transform;
  /** From those, which may run on beyond half a turn, to its plane. */
  readonly project: Transform;
}

/** The transformation from one CRS to another, projected one by way of the longitudes and latitudes under it. */
export function transformInSteps(from: Crs, to: Crs): Steps {
  const target = computableFor(to);
  const degrees = { ...target, definition: unprojected(target.definition) };
  return {
    toDegrees: transformBetween(...definitionsBetween(computableFor(from), degrees)),
    project: transformBetween(unshifted(degrees.definition), unshifted(target.definition)),
  };
}

/** The longitudes and latitudes under a definition, with the shifts of their datum. */
function unprojected(definition: Definition): Definition {
  if (typeof definition !== 'string') {
    const [base, ...regions] = definition;
    return [unprojected(base) as string, ...regions];
  }
  const kept = definition.match(/\+(?:datum|ellps|a|b|rf|R|pm|towgs84|nadgrids)=\S+/g) ?? [];
  return ['+proj=longlat', ...kept].join(' ');
}
