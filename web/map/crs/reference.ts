/** A CRS as data name it: a code of the register, a definition, or nothing for WGS 84 in degrees, longitude first. */
export interface CrsReference {
  readonly code?: number;
  /** Well-known text, or a definition for proj4. */
  readonly definition?: string;
}

/** CRS84 and the like, as GeoJSON has it. */
const DEGREES = /CRS84h?$|EPSG(?::|\/)(?:[\d.]*[:/])?(?:4326|4979)$/i;

/**
 * The CRS that a name means: `EPSG:28992`, `urn:ogc:def:crs:EPSG::28992`, `http://www.opengis.net/def/crs/EPSG/0/28992`,
 * well-known text.
 *
 * @returns undefined for a name that means none
 */
export function parseReference(name: string): CrsReference | undefined {
  const text = name.trim().replace(/^\[(.*)\]$|^<(.*)>$/, '$1$2');
  if (DEGREES.test(text)) return {};
  const [, code] = /(?:EPSG|ESRI)(?::|\/)(?:[^:/]*[:/])?(\d+)$/i.exec(text) ?? [];
  if (code !== undefined) return { code: Number(code) };
  return /^(?:[A-Z_]+\[|\+proj=)/i.test(text) ? { definition: text } : undefined;
}
