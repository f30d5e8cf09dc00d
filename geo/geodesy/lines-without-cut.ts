import type { Position } from 'geojson';
import { itemAt } from '../../core/shared/item-at.ts';
import { withoutCutVertices } from './cut-vertices.ts';

/** An end of a line: twice its number for its first position, one more for its last. */
type End = number;

const otherEnd = (end: End): End => (end % 2 === 0 ? end + 1 : end - 1);

/**
 * Joins lines of which one ends at 180 degrees where another begins at -180; longitudes run on. Where more than two meet, none is
 * more the other part of a line than another.
 */
export function linesWithoutCut(lines: readonly Position[][]): Position[][] {
  const partners = findPartners(lines);
  if (partners.size === 0) return [...lines];
  const done = new Set<number>();
  const joined: Position[][] = [];
  for (const [index, line] of lines.entries()) {
    if (done.has(index)) continue;
    const chain = followChain(firstEnd(2 * index, partners), partners);
    for (const end of chain) done.add(end >> 1);
    joined.push(chain.length === 1 ? line : withoutCutVertices(linked(chain, lines), false));
  }
  return joined;
}

/** The end that meets each end, on the other side of the antimeridian. */
function findPartners(lines: readonly Position[][]): Map<End, End> {
  const sides = { east: new Map<number, End[]>(), west: new Map<number, End[]>() };
  for (const [index, line] of lines.entries())
    for (const [end, position] of [line[0], line.at(-1)].entries()) {
      const [x, y = 0] = position ?? [];
      if (x !== 180 && x !== -180) continue;
      const side = x === 180 ? sides.east : sides.west;
      side.set(y, [...(side.get(y) ?? []), 2 * index + end]);
    }
  const partners = new Map<End, End>();
  for (const [y, [east = -1, ...more]] of sides.east) {
    const [west, ...others] = sides.west.get(y) ?? [];
    if (west === undefined || more.length > 0 || others.length > 0 || west >> 1 === east >> 1) continue;
    partners.set(east, west);
    partners.set(west, east);
  }
  return partners;
}

/** The end at which a chain of lines begins; of one that closes, that which was given. */
function firstEnd(start: End, partners: ReadonlyMap<End, End>): End {
  let end = start;
  for (;;) {
    const partner = partners.get(end);
    if (partner === undefined) return end;
    end = otherEnd(partner);
    if (end === start) return start;
  }
}

/** The ends at which the lines of a chain are entered. */
function followChain(start: End, partners: ReadonlyMap<End, End>): End[] {
  const chain = [start];
  let next = partners.get(otherEnd(start));
  while (next !== undefined && next !== start) {
    chain.push(next);
    next = partners.get(otherEnd(next));
  }
  return chain;
}

function linked(chain: readonly End[], lines: readonly Position[][]): Position[] {
  const whole: Position[] = [];
  for (const end of chain) {
    const line = itemAt(lines, end >> 1);
    const onward = end % 2 === 0 ? line : line.toReversed();
    const before = whole.at(-1);
    const turn = before ? (before[0] ?? 0) - (onward[0]?.[0] ?? 0) : 0;
    for (const [x = 0, ...rest] of before ? onward.slice(1) : onward) whole.push([x + turn, ...rest]);
  }
  return whole;
}
