import type { Position } from 'geojson';
import { itemAt } from '../../core/shared/item-at.ts';

/** Degrees, a decimetre, by which a vertex may be off the straight line through its neighbours that a cut was made along. */
const OFF_LINE = 1e-6;

/** Whether a longitude that runs on beyond 180 is one of the antimeridian. */
const isAtAntimeridian = ([x = 0]: Position): boolean => (x - 180) % 360 === 0;

/**
 * A line or ring whose longitudes run on across the antimeridian, without the vertices there that only a cut has made: those on
 * the straight line from a neighbour on one side to one on the other.
 */
export function withoutCutVertices(line: readonly Position[], isRing: boolean): Position[] {
  if (!line.some(isAtAntimeridian)) return [...line];
  if (!isRing) return thinned(line);
  // A ring may begin anywhere, but not at a vertex that goes.
  const open = line.slice(0, -1);
  const start = open.findIndex((position) => !isAtAntimeridian(position));
  if (start < 0) return [...line];
  return thinned([...open.slice(start), ...open.slice(0, start), itemAt(open, start)]);
}

function thinned(line: readonly Position[]): Position[] {
  const kept: Position[] = [];
  let run: Position[] = [];
  for (const position of line) {
    if (isAtAntimeridian(position)) {
      run.push(position);
      continue;
    }
    const before = kept.at(-1);
    if (!before || !run.every((vertex) => isBetween(vertex, before, position)))
      for (const vertex of run) kept.push(vertex);
    run = [];
    kept.push(position);
  }
  return [...kept, ...run];
}

/** Whether a vertex is on the straight line between one on this side of its meridian and one on the other. */
function isBetween([x = 0, y = 0]: Position, from: Position, to: Position): boolean {
  const [[fromX = 0, fromY = 0], [toX = 0, toY = 0]] = [from, to];
  if ((x - fromX) * (toX - x) <= 0) return false;
  return Math.abs(fromY + ((toY - fromY) * (x - fromX)) / (toX - fromX) - y) <= OFF_LINE;
}
