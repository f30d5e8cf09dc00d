import { Crs84 } from '../../core/shared/uris.ts';

/** What identifies a CRS: CRS84, or a code of the EPSG register. */
export type CrsIdentifier = typeof Crs84 | number;

/** CRS84h has heights as well; they are kept as they are, as in all CRSs. CRS:84 is the name in WMS. */
const crs84 = [
  /^(?:OGC:)?CRS84h?$/i,
  /^CRS:84$/i,
  /^https?:\/\/www\.opengis\.net\/def\/crs\/OGC\/[^/]+\/CRS84h?$/i,
  /^urn:(?:x-)?ogc:def:crs:OGC:[^:]*:CRS84h?$/i,
];

const epsg = [
  /^EPSG:(\d{1,9})$/i,
  /^https?:\/\/www\.opengis\.net\/def\/crs\/EPSG\/[^/]+\/(\d{1,9})$/i,
  /^urn:(?:x-)?ogc:def:crs:EPSG:[^:]*:(\d{1,9})$/i,
];

/**
 * Takes an identifier of a CRS apart: the URI, URN or CURIE (also in brackets) of CRS84, or of a code of the EPSG
 * register, whatever version of the register it names. Undefined for all else.
 */
export function parseCrsIdentifier(identifier: string): CrsIdentifier | undefined {
  const bare = identifier.trim().replace(/^\[(.+)\]$/, '$1');
  if (crs84.some((spelling) => spelling.test(bare))) return Crs84;
  for (const spelling of epsg) {
    const code = spelling.exec(bare)?.[1];
    if (code !== undefined) return Number(code);
  }
  return undefined;
}

/** The URN of a CRS by its canonical name (the CRS84 URI or `EPSG:n`), as the `crs` member of GeoJSON has it. */
export const urnOfCrs = (name: string): string =>
  name === Crs84 ? 'urn:ogc:def:crs:OGC:1.3:CRS84' : `urn:ogc:def:crs:EPSG::${name.replace(/^EPSG:/, '')}`;
