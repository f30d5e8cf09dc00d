/** A bounding box with an optional CRS (default CRS84): `{bbox: [4 or 6 numbers], crs}`. */
export interface BoundingBox {
  readonly bbox: readonly number[];
  readonly crs?: string;
}
