import type { Predicate } from '../../predicate-names.ts';
import type { HeldLayer } from './held-layer.ts';
import type { Operand } from './operand.ts';

/**
 * Positions of the overlay features of which "operand PREDICATE overlay feature" holds, in order. Features
 * without a geometry meet nothing, also not as `disjoint`.
 *
 * @param most positions that are wanted; the search ends there.
 */
export async function matchesOf(
  operand: Operand,
  predicate: Predicate,
  overlay: HeldLayer,
  most: number,
  breathe: () => Promise<void>,
): Promise<number[]> {
  const near = overlay.near(operand.bounds);
  const matches: number[] = [];
  // What is not near is disjoint without a test; all else needs boxes that meet.
  const isNear = predicate === 'disjoint' ? new Set(near) : undefined;
  for (const position of isNear ? overlay.features.keys() : near) {
    if (matches.length >= most) break;
    await breathe();
    const other = overlay.operand(position);
    if (!other) continue;
    if (isNear?.has(position) === false || operand.meets(predicate, other)) matches.push(position);
  }
  return matches;
}
