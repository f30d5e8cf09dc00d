import type { Geometry } from 'geojson';
import type { Geos } from '../geos/geos.ts';
import { type Dimension, ofDimension } from './dimension.ts';
import type { Operand } from './operand.ts';

/** What an operation leaves of an operand, in the plane of the work. */
export interface Piece {
  readonly geometry: Geometry;
  /** Set where the piece is all of an operand: its feature keeps the coordinates that it came with. */
  readonly wholeOf?: Operand;
}

export const wholeOf = (operand: Operand): Piece => ({ geometry: operand.geometry, wholeOf: operand });

export function pieceOf(geometry: Geometry | undefined): Piece | undefined {
  return geometry && { geometry };
}

/**
 * The common part of two operands, of the dimension of the lesser: where areas only share an edge, or lines
 * only cross, there is none.
 *
 * @throws GeosError
 */
export function commonPart(one: Operand, other: Operand, geos: Geos): Piece | undefined {
  if (!one.meets('intersects', other)) return undefined;
  if (other.covers(one)) return wholeOf(one);
  if (one.covers(other)) return wholeOf(other);
  const dimension = Math.min(one.dimension, other.dimension) as Dimension;
  return geos.scope((scope) =>
    pieceOf(ofDimension(scope.geometry(scope.intersection(one.handle, other.handle)), dimension)),
  );
}
