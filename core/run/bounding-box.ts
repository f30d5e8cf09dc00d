/**
 * What names or defines a CRS in a request: an identifier, well-known text, or PROJJSON as an object or its text.
 */
export type CrsInput = string | Readonly<Record<string, unknown>>;

/** A bounding box with an optional CRS (default CRS84): `{bbox: [4 or 6 numbers], crs}`. */
export interface BoundingBox {
  readonly bbox: readonly number[];
  readonly crs?: CrsInput;
}
