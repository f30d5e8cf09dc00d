import { InvalidInput } from '../../core/shared/errors.ts';
import { Crs84 } from '../../core/shared/uris.ts';
import { type Definition, isGeographic } from './definition.ts';
import { definitionOf, definitionsBetween, horizontalPartOf, isUnsupported } from './definitions.ts';
import { parseCrsIdentifier } from './identifiers.ts';
import type { Move } from './moves.ts';
import { metresPerUnitOf, moveBetween, type Transform, transformBetween } from './transformer.ts';

/** What a layer needs to know of its CRS. */
export interface LayerCrs {
  /** Canonical name: the CRS84 URI or `EPSG:n`. Coordinates are x/easting/longitude first in every CRS. */
  readonly name: string;
  readonly isGeographic: boolean;
  /** Metres in one unit of the axes; 1 for geographic CRSs, whose units are degrees. */
  readonly metresPerUnit: number;
}

const RIGHT = `Right are EPSG:28992, http://www.opengis.net/def/crs/EPSG/0/28992 and urn:ogc:def:crs:EPSG::28992, with any code of the EPSG register, and ${Crs84}.`;

/**
 * Finds a CRS by any accepted spelling of its identifier: the URI, URN or CURIE of CRS84 or of an EPSG code.
 *
 * @param pointer where the identifier stands in the request.
 * @throws InvalidInput for an unknown CRS, and for one that is known but cannot be computed.
 */
export function crsOf(identifier: string, pointer: string): LayerCrs {
  const parsed = parseCrsIdentifier(identifier);
  if (parsed === Crs84) return { name: Crs84, isGeographic: true, metresPerUnit: 1 };
  const shown = JSON.stringify(identifier.slice(0, 100));
  if (parsed === undefined)
    throw new InvalidInput(pointer, `names the CRS ${shown}, which is not known. ${RIGHT}`);
  const definition = definitionOf(parsed);
  if (definition === undefined) throw new InvalidInput(pointer, `names the CRS ${shown}, ${whyNot(parsed)}`);
  const geographic = isGeographic(definition);
  return {
    name: `EPSG:${parsed}`,
    isGeographic: geographic,
    metresPerUnit: geographic ? 1 : metresPerUnitOf(definition),
  };
}

function whyNot(code: number): string {
  const horizontal = horizontalPartOf(code);
  if (horizontal !== undefined) {
    return `which has heights; give its horizontal part, EPSG:${horizontal}. Heights in the data are kept as they are.`;
  }
  return isUnsupported(code)
    ? 'which is known but not supported: without grid files, or with the projections at hand, positions in it cannot be computed to a centimetre. Move the data to another CRS first.'
    : `which the EPSG register does not have. ${RIGHT}`;
}

/**
 * The transformation of positions from one CRS to another; heights are kept. Positions that have no place in the
 * target come back with coordinates that are not finite.
 *
 * @param from, to canonical names, as `crsOf` gives them.
 */
export const transformerOf = (from: string, to: string): Transform =>
  transformBetween(...definitionsOf(from, to));

/** The same for many places, each moved where it stands; undefined where the coordinates are the same in both. */
export const moveOf = (from: string, to: string): Move | undefined => moveBetween(...definitionsOf(from, to));

function definitionsOf(from: string, to: string): readonly [from: Definition, to: Definition] {
  const definitions = definitionsBetween(epsgCodeOf(from), epsgCodeOf(to));
  if (!definitions) throw new Error(`Not the canonical names of two supported CRSs: ${from}, ${to}`);
  return definitions;
}

/** True when edges across the antimeridian run on in one CRS and are torn in the other. */
export const tearsEdges = (from: string, to: string): boolean =>
  crsOf(to, '').isGeographic && !crsOf(from, '').isGeographic;

/** The code of a canonical name; WGS 84 stands for CRS84, as coordinates are longitude first anyway. */
export const epsgCodeOf = (crs: string): number => (crs === Crs84 ? 4326 : Number(crs.replace(/^EPSG:/, '')));
