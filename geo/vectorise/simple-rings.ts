import type { LinkedPoints } from './linked-points.ts';

/** A ring that neither crosses nor touches itself, in pixels from the outer corner of the first one; its end is left out. */
export interface Ring {
  readonly columns: readonly number[];
  readonly rows: readonly number[];
  /** In pixels; positive where the ring runs clockwise as seen on the raster, with rows going down. */
  readonly area: number;
}

/**
 * Cuts an outline at the places that it passes twice. There a part meets itself at a corner: what the outline encloses between
 * the two passages is a hole that touches the outer ring, or a hole that touches another one.
 *
 * @param corners numbers of the points of the outline, in order
 * @param pinches the corners at such places
 */
export function simpleRings(
  corners: readonly number[],
  { columns, rows }: Pick<LinkedPoints, 'columns' | 'rows'>,
  pinches: ReadonlySet<number>,
): Ring[] {
  const rings: Ring[] = [];
  const path: number[] = [];
  const passed = new Map<string, number>();
  for (const corner of corners) {
    if (pinches.has(corner)) {
      const place = `${columns[corner]} ${rows[corner]}`;
      const before = passed.get(place);
      if (before !== undefined) {
        const loop = path.splice(before);
        for (const left of loop) passed.delete(`${columns[left]} ${rows[left]}`);
        rings.push(makeRing(loop, columns, rows));
      }
      passed.set(place, path.length);
    }
    path.push(corner);
  }
  rings.push(makeRing(path, columns, rows));
  return rings;
}

function makeRing(corners: readonly number[], columns: Float64Array, rows: Float64Array): Ring {
  let doubled = 0;
  let last = corners.at(-1) ?? 0;
  for (const corner of corners) {
    doubled += (columns[last] ?? 0) * (rows[corner] ?? 0) - (columns[corner] ?? 0) * (rows[last] ?? 0);
    last = corner;
  }
  return {
    columns: corners.map((corner) => columns[corner] ?? 0),
    rows: corners.map((corner) => rows[corner] ?? 0),
    area: doubled / 2,
  };
}
