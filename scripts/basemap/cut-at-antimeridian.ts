import type { MultiPolygon, Polygon, Position } from 'geojson';

type Ring = Position[];

/**
 * Polygons whose rings jump from one edge of the map to the other, cut there into parts that do not. A ring around a pole
 * gets the edge of the map along it.
 */
export function cutAtAntimeridian(geometry: Polygon | MultiPolygon): MultiPolygon {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return { type: 'MultiPolygon', coordinates: polygons.flatMap(cutPolygon) };
}

function cutPolygon(rings: readonly Ring[]): Ring[][] {
  const unwrapped = rings.map(unwrap);
  return [-360, 0, 360].flatMap((shift) => {
    const parts = unwrapped
      .map((ring) => ring.map(([x = 0, y = 0]): Position => [x + shift, y]))
      .map((ring) => clip(clip(ring, 180, -1), -180, 1))
      .filter((ring) => ring.length > 3);
    return parts.length > 0 ? [parts] : [];
  });
}

/** Longitudes that go on beyond 180 instead of jumping. */
function unwrap(ring: Ring): Ring {
  let turns = 0;
  let last = ring[0]?.[0] ?? 0;
  const positions = ring.map(([x = 0, y = 0]): Position => {
    if (x - last > 180) turns -= 360;
    else if (x - last < -180) turns += 360;
    last = x;
    return [x + turns, y];
  });
  const [start, end] = [positions[0] ?? [0, 0], positions.at(-1) ?? [0, 0]];
  if (Math.abs((end[0] ?? 0) - (start[0] ?? 0)) < 180) return positions;
  const pole = (end[1] ?? 0) < 0 ? -90 : 90;
  return [...positions, [end[0] ?? 0, pole], [start[0] ?? 0, pole], start];
}

/** The part of a ring on one side of a meridian (Sutherland and Hodgman 1974). @param side 1: east of it, -1: west. */
function clip(ring: Ring, meridian: number, side: 1 | -1): Ring {
  const isInside = ([x = 0]: Position) => (x - meridian) * side >= 0;
  const kept: Ring = [];
  for (const [index, position] of ring.slice(0, -1).entries()) {
    const next = ring[index + 1] ?? position;
    if (isInside(position)) kept.push(position);
    if (isInside(position) !== isInside(next)) kept.push(crossing(position, next, meridian));
  }
  return kept.length > 0 ? [...kept, kept[0] ?? []] : [];
}

function crossing([x0 = 0, y0 = 0]: Position, [x1 = 0, y1 = 0]: Position, meridian: number): Position {
  return [meridian, y0 + ((y1 - y0) * (meridian - x0)) / (x1 - x0)];
}
