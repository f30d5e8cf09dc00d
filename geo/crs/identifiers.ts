import { Crs84 } from '../../core/shared/uris.ts';
import type { CrsIdentifier } from './crs.ts';

/** CRS84h has heights as well; they are kept as they are, as in all CRSs. CRS:84 is the name in WMS. */
const crs84Spellings = [
  /^(?:OGC:)?CRS84h?$/i,
  /^CRS:84$/i,
  /^https?:\/\/(?:www\.)?opengis\.net\/def\/crs\/OGC\/[^/]+\/CRS84h?$/i,
  /^urn:(?:x-)?(?:ogc|opengis):def:crs:OGC:(?:[^:]*:)?CRS84h?$/i,
  /^urn:(?:x-)?(?:ogc|opengis):def:crs:OGC:[^:]*:84$/i,
];

const codeSpellings = [
  /^(EPSG|ESRI):(\d{1,9})$/i,
  /^https?:\/\/(?:www\.)?opengis\.net\/def\/crs\/(EPSG|ESRI)\/[^/]+\/(\d{1,9})$/i,
  /^https?:\/\/www\.opengis\.net\/gml\/srs\/(epsg)\.xml#(\d{1,9})$/i,
  // Maps that were made by hand leave out the version with its colon, as GDAL lets them.
  /^urn:(?:x-)?(?:ogc|opengis):def:crs:(EPSG|ESRI):(?:[^:]*:)?(\d{1,9})$/i,
];

const crs84Identifier: CrsIdentifier = { authority: 'OGC', code: 'CRS84' };

/**
 * Takes an identifier of a CRS apart: the URI, URN or CURIE (also in brackets) of CRS84, or of a code of the EPSG or
 * ESRI register, whatever version of the register it names. Undefined for all else.
 */
export function parseCrsIdentifier(text: string): CrsIdentifier | undefined {
  const bare = text.trim().replace(/^\[(.+)\]$/, '$1');
  if (crs84Spellings.some((spelling) => spelling.test(bare))) return crs84Identifier;
  for (const spelling of codeSpellings) {
    const [, authority = '', code] = spelling.exec(bare) ?? [];
    if (code !== undefined) return { authority: authority.toUpperCase(), code: String(Number(code)) };
  }
  return undefined;
}

/** How the project writes an identifier: the URI of CRS84, else `EPSG:n` or `ESRI:n`. */
export const nameFromIdentifier = ({ authority, code }: CrsIdentifier): string =>
  authority === 'OGC' && code === 'CRS84' ? Crs84 : `${authority}:${code}`;

/** The URN of an identifier, as the `crs` member of GeoJSON has it. */
export const urnFromIdentifier = ({ authority, code }: CrsIdentifier): string =>
  `urn:ogc:def:crs:${authority}:${authority === 'OGC' ? '1.3' : ''}:${code}`;

/** The URI of an identifier. */
export const uriFromIdentifier = ({ authority, code }: CrsIdentifier): string =>
  authority === 'OGC' ? Crs84 : `http://www.opengis.net/def/crs/${authority}/0/${code}`;
