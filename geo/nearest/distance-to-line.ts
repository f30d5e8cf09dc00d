import type { Position } from 'geojson';

/** Smallest distance of a position in the plane to a line, or to the one position that it has. */
export function distanceToLine([x = 0, y = 0]: Position, line: readonly Position[]): number {
  let [bx = 0, by = 0] = line[0] ?? [];
  let least = Math.hypot(x - bx, y - by);
  for (let index = 1; index < line.length; index++) {
    const [ax, ay] = [bx, by];
    [bx = 0, by = 0] = line[index] ?? [];
    const [dx, dy] = [bx - ax, by - ay];
    // Share of the edge at the foot of the perpendicular.
    const share = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy);
    const distance =
      share > 0 && share < 1
        ? Math.abs((x - ax) * dy - (y - ay) * dx) / Math.hypot(dx, dy)
        : Math.hypot(x - bx, y - by);
    if (distance < least) least = distance;
  }
  return least;
}
