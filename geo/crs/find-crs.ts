import type { CrsInput } from '../../core/run/bounding-box.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import { Crs84 } from '../../core/shared/uris.ts';
import { type Crs, type CrsIdentifier, crs84 } from './crs.ts';
import { isGeographic } from './definition.ts';
import { definitionOf, horizontalPartOf, isUnsupported } from './definitions.ts';
import { nameFromIdentifier, parseCrsIdentifier } from './identifiers.ts';
import { metresPerUnitOf } from './transformer.ts';

const RIGHT = `Right are EPSG:28992, http://www.opengis.net/def/crs/EPSG/0/28992 and urn:ogc:def:crs:EPSG::28992, with any code of the EPSG register, and ${Crs84}.`;

/**
 * The CRS that an input names or defines.
 *
 * @param pointer where it stands in the request.
 * @throws InvalidInput for an unknown CRS, and for one that is known but cannot be computed.
 */
export function parseCrs(input: CrsInput, pointer: string): Crs {
  const crs = findCrs(input);
  const shown = typeof input === 'string' ? JSON.stringify(input.slice(0, 100)) : 'of its definition';
  if (!crs) throw new InvalidInput(pointer, `names the CRS ${shown}, which is not known. ${RIGHT}`);
  if (crs.fault !== undefined) throw new InvalidInput(pointer, `names the CRS ${shown}, ${crs.fault}`);
  return crs;
}

/**
 * The same without errors, for what files say: a CRS in which positions cannot be computed has a `fault`.
 *
 * @returns undefined for what is no CRS at all
 */
export function findCrs(input: CrsInput): Crs | undefined {
  const identifier = typeof input === 'string' ? parseCrsIdentifier(input) : undefined;
  return identifier && crsFromIdentifier(identifier);
}

const found = new Map<string, Crs>([[Crs84, crs84]]);

/** The CRS with a code, always the same object. Codes that no register has give one with a fault. */
export function crsFromIdentifier(identifier: CrsIdentifier): Crs {
  const name = nameFromIdentifier(identifier);
  let crs = found.get(name);
  if (!crs) {
    crs = crsOfCode(name, identifier);
    // Only codes of registers are kept: there are as many names for nothing as there are requests.
    if (crs.fault === undefined) found.set(name, crs);
  }
  return crs;
}

function crsOfCode(name: string, identifier: CrsIdentifier): Crs {
  const code = Number(identifier.code);
  const definition = identifier.authority === 'EPSG' ? definitionOf(code) : undefined;
  if (definition === undefined) {
    // The codes 4000 to 4999 are those of geographic ones.
    const geographic = code >= 4000 && code < 5000;
    return {
      name,
      identifier,
      meaning: name,
      isGeographic: geographic,
      metresPerUnit: 1,
      fault: whyNot(code),
    };
  }
  const geographic = isGeographic(definition);
  const metresPerUnit = geographic ? 1 : metresPerUnitOf(definition);
  return { name, identifier, meaning: name, isGeographic: geographic, metresPerUnit };
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

/** The CRS with a code as files have it: authority and code apart. */
export const crsFromCode = (authority: string, code: string | number): Crs =>
  crsFromIdentifier(
    parseCrsIdentifier(`${authority}:${code}`) ?? {
      authority: authority.toUpperCase(),
      code: String(code),
    },
  );

/** @returns the CRS of data, where positions in it can be computed. @throws InvalidInput */
export function usable(crs: Crs, pointer: string): Crs {
  if (crs.fault !== undefined) throw new InvalidInput(pointer, `is in the CRS ${crs.name}, ${crs.fault}`);
  return crs;
}
