/**
 * What names or defines a CRS in a request: an identifier, well-known text, or PROJJSON as an object or its text.
 */
export type CrsInput = string | Readonly<Record<string, unknown>>;

/**
 * Lengths and coordinates of an extent, in units of their CRS, at most: farther than any way around the Earth in any unit
 * that a CRS has.
 */
export const LARGEST_LENGTH = 1e9;

/** Ten turns. Longitudes may run on across the antimeridian; what crosses is cut once per turn. */
export const LARGEST_LONGITUDE = 3600;

/** A bounding box with an optional CRS (default CRS84): `{bbox: [4 or 6 numbers], crs}`. */
export interface BoundingBox {
  readonly bbox: readonly number[];
  readonly crs?: CrsInput;
}

/** What schemas say of a `CrsInput`, by which those are known. */
export const CRS_DESCRIPTION =
  'A CRS: EPSG:n or ESRI:n, http://www.opengis.net/def/crs/EPSG/0/n, urn:ogc:def:crs:EPSG::n, well-known text (WKT2 or WKT1), or PROJJSON as an object or its text.';
