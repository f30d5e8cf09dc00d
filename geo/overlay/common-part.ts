import type { GeosScope } from '../geos/geos.ts';
import type { Dimension } from './dimension.ts';
import type { Operand } from './operand.ts';
import type { Piece } from './pieces.ts';

/**
 * The common part of two operands, of the dimension of the lesser: where areas only share an edge, or lines
 * only cross, there is none.
 *
 * @throws GeosError
 */
export function commonPart(one: Operand, other: Operand, scope: GeosScope): Piece | undefined {
  if (!one.meets('intersects', other)) return undefined;
  if (other.covers(one)) return { whole: one };
  if (one.covers(other)) return { whole: other };
  const dimension = Math.min(one.dimension, other.dimension) as Dimension;
  return { result: scope.intersection(one.handle, other.handle), dimension };
}
