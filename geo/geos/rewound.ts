import type { Geometry, Position } from 'geojson';

/** Twice the signed area of a ring: positive when it runs counter-clockwise. */
export function signedArea(ring: readonly Position[]): number {
  const [x0 = 0, y0 = 0] = ring[0] ?? [];
  let sum = 0;
  for (let index = 1; index < ring.length; index++) {
    const [ax, ay] = ring[index - 1] as [number, number];
    const [bx, by] = ring[index] as [number, number];
    sum += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
  }
  return sum;
}

const wound = (rings: readonly Position[][]): Position[][] =>
  rings.map((ring, index) => (signedArea(ring) > 0 === (index === 0) ? ring : [...ring].reverse()));

/** The geometry with exterior rings counter-clockwise and holes clockwise (RFC 7946 section 3.1.6). */
export function rewound(geometry: Geometry): Geometry {
  switch (geometry.type) {
    case 'Polygon':
      return { ...geometry, coordinates: wound(geometry.coordinates) };
    case 'MultiPolygon':
      return { ...geometry, coordinates: geometry.coordinates.map(wound) };
    case 'GeometryCollection':
      return { ...geometry, geometries: geometry.geometries.map(rewound) };
    default:
      return geometry;
  }
}
