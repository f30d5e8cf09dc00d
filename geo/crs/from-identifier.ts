import { Crs84 } from '../../core/shared/uris.ts';
import { type Crs, type CrsIdentifier, crs84 } from './crs.ts';
import { isGeographic } from './definition.ts';
import {
  findComputable,
  findDegreesPerUnit,
  findHorizontalCode,
  findRegister,
  isUnsupported,
} from './definitions.ts';
import { nameFromIdentifier } from './identifiers.ts';
import { findMetresPerUnit } from './transformer.ts';

/** What a CRS in a request may be, for messages. */
export const RIGHT = `Use an EPSG code (EPSG:28992, http://www.opengis.net/def/crs/EPSG/0/28992 or urn:ogc:def:crs:EPSG::28992), an ESRI code (ESRI:102008), ${Crs84}, or a definition as well-known text or PROJJSON.`;

const found = new Map<string, Crs>([[Crs84, crs84]]);

/** The CRS with a code, always the same object. Codes that no register has give one with a fault. */
export function crsFromIdentifier(identifier: CrsIdentifier): Crs {
  const name = nameFromIdentifier(identifier);
  let crs = found.get(name);
  if (!crs) {
    crs = makeCrs(name, identifier);
    // Only codes of registers are kept: there are as many names for nothing as there are requests.
    if (crs.fault === undefined) found.set(name, crs);
  }
  return crs;
}

/**
 * The CRS with a code as files and requests name it: codes of ESRI are widely said to be of EPSG, and mean the same, as no number is in
 * both registers. That is a guess, which whoever sent it is told.
 */
export function crsAsMeant(identifier: CrsIdentifier): Crs {
  const { authority, code } = identifier;
  if (authority !== 'EPSG' || findRegister(Number(code)) !== 'ESRI') return crsFromIdentifier(identifier);
  const meant = crsFromIdentifier({ authority: 'ESRI', code });
  return { ...meant, guess: `EPSG:${code} is not in the EPSG registry. It is treated as ${meant.name}.` };
}

function makeCrs(name: string, identifier: CrsIdentifier): Crs {
  const { authority } = identifier;
  const code = Number(identifier.code);
  const computable = findComputable(code);
  if (computable === undefined || findRegister(code) !== authority) {
    // The codes 4000 to 4999 are those of geographic ones.
    const geographic = authority === 'EPSG' && code >= 4000 && code < 5000;
    const fault = whyNot(authority, code);
    const isBeyond = isUnsupported(code) && findRegister(code) === authority;
    return { name, identifier, meaning: name, isGeographic: geographic, metresPerUnit: 1, fault, isBeyond };
  }
  const geographic = isGeographic(computable.definition);
  const metresPerUnit = geographic ? 1 : findMetresPerUnit(computable.definition);
  const unit = findDegreesPerUnit(code);
  return {
    name,
    identifier,
    meaning: name,
    isGeographic: geographic,
    metresPerUnit,
    ...(unit === 1 ? {} : { degreesPerUnit: unit }),
  };
}

function whyNot(authority: string, code: number): string {
  const register = findRegister(code);
  if (register !== authority && (authority === 'EPSG' || authority === 'ESRI')) {
    if (findComputable(code) || isUnsupported(code))
      return `which is not in the ${authority} registry; ${register}:${code} exists.`;
  }
  const horizontal = findHorizontalCode(code);
  if (horizontal !== undefined) {
    return `which has a vertical axis; use its horizontal CRS, ${findRegister(horizontal)}:${horizontal}. Z values in the data are kept as they are.`;
  }
  return isUnsupported(code)
    ? 'which is known but not supported: it is geocentric or vertical, or needs grid files, a datum shift or a projection method that is not available here.'
    : `which is not in the ${authority} registry. ${RIGHT}`;
}
