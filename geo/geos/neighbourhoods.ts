import { itemAt } from '../../core/shared/item-at.ts';
import { computeWkbBounds } from '../formats/wkb/wkb-measures.ts';

/**
 * Groups geometries by place: what is too large is cut in two halves of about the same size across its longer side,
 * again and again. Neighbouring groups follow one another.
 *
 * @param geometries as WKB.
 * @param most bytes that a group has, unless it is one geometry.
 */
export function neighbourhoods(geometries: readonly Uint8Array[], most: number): (readonly Uint8Array[])[] {
  if (geometries.length === 0) return [];
  const bytes = geometries.reduce((sum, wkb) => sum + wkb.length, 0);
  const halvings = Math.ceil(Math.log2(bytes / most));
  if (halvings <= 0) return [geometries];
  return halved(geometries.map(located), halvings).map((group) => group.map(({ wkb }) => wkb));
}

/** A geometry as WKB, and the centre of its box. */
interface Located {
  readonly wkb: Uint8Array;
  readonly x: number;
  readonly y: number;
}

function located(wkb: Uint8Array): Located {
  const [west, south, east, north] = computeWkbBounds(wkb) ?? [0, 0, 0, 0];
  return { wkb, x: (west + east) / 2, y: (south + north) / 2 };
}

function halved(geometries: readonly Located[], halvings: number): (readonly Located[])[] {
  if (halvings === 0 || geometries.length === 1) return [geometries];
  const axis = extent(geometries, 'x') >= extent(geometries, 'y') ? 'x' : 'y';
  const sorted = geometries.toSorted((one, other) => one[axis] - other[axis]);
  const middle = sorted.reduce((sum, { wkb }) => sum + wkb.length, 0) / 2;
  let count = 0;
  for (let bytes = 0; bytes < middle; count++) bytes += itemAt(sorted, count).wkb.length;
  // Each half has one at least.
  count = Math.min(Math.max(1, count), sorted.length - 1);
  return [...halved(sorted.slice(0, count), halvings - 1), ...halved(sorted.slice(count), halvings - 1)];
}

function extent(geometries: readonly Located[], axis: 'x' | 'y'): number {
  let least = Infinity;
  let most = -Infinity;
  for (const { [axis]: value } of geometries) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return most - least;
}
