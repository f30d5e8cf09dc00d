import type { Position } from 'geojson';

/** The items whose positions (x and y) differ; of those at one place the first. Order is kept. */
export function distinctBy<T>(items: Iterable<T>, toPosition: (item: T) => Position): T[] {
  const places = new Map<number, Set<number>>();
  const result: T[] = [];
  for (const item of items) {
    const [x = 0, y = 0] = toPosition(item);
    const column = places.get(x);
    if (column?.has(y)) continue;
    if (column) column.add(y);
    else places.set(x, new Set([y]));
    result.push(item);
  }
  return result;
}
