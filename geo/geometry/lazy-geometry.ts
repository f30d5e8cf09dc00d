import type { Geometry, Position } from 'geojson';

type Coordinates = Position | Position[] | Position[][] | Position[][][];

/**
 * A geometry that is kept as WKB until someone asks for its coordinates: what writes WKB, or writes numbers one
 * after the other, need not ask. Everyone else sees a GeoJSON geometry.
 */
export class LazyGeometry {
  readonly type: Exclude<Geometry['type'], 'GeometryCollection'>;
  // Not a property of its own: copies of the members of a geometry must not have it.
  readonly #wkb: Uint8Array;
  readonly #decode: (wkb: Uint8Array) => Geometry;
  #geometry: Geometry | undefined;

  constructor(type: LazyGeometry['type'], wkb: Uint8Array, decode: (wkb: Uint8Array) => Geometry) {
    this.type = type;
    this.#wkb = wkb;
    this.#decode = decode;
  }

  /** Little-endian ISO WKB without heights. */
  get wkb(): Uint8Array {
    return this.#wkb;
  }

  get coordinates(): Coordinates {
    return (this.toJSON() as { coordinates: Coordinates }).coordinates;
  }

  /** The GeoJSON geometry, decoded at the first call. */
  toJSON(): Geometry {
    this.#geometry ??= this.#decode(this.#wkb);
    return this.#geometry;
  }
}

/** WKB of a geometry that has it already. */
export const keptWkb = (geometry: Geometry): Uint8Array | undefined =>
  (geometry as unknown) instanceof LazyGeometry ? (geometry as unknown as LazyGeometry).wkb : undefined;
