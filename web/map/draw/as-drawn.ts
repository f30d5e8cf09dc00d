import type { FeatureCollection, Geometry, Position } from 'geojson';

/** Degrees of longitude that an edge spans at most: one of more than half a turn would be read as crossing the antimeridian. */
const WIDEST = 179;

/** What was drawn, with further vertices on edges that would otherwise be taken the shorter way round the globe. */
export const asDrawn = (collection: FeatureCollection): FeatureCollection => ({
  ...collection,
  features: collection.features.map((feature) => ({ ...feature, geometry: divided(feature.geometry) })),
});

function divided(geometry: Geometry): Geometry {
  if (geometry.type === 'LineString') return { ...geometry, coordinates: dividedLine(geometry.coordinates) };
  if (geometry.type === 'Polygon') return { ...geometry, coordinates: geometry.coordinates.map(dividedLine) };
  return geometry;
}

function dividedLine(line: readonly Position[]): Position[] {
  return line.flatMap((position, index) => {
    const [x = 0, y = 0] = position;
    const [nextX = x, nextY = y] = line[index + 1] ?? position;
    const pieces = Math.max(1, Math.ceil(Math.abs(nextX - x) / WIDEST));
    return Array.from({ length: pieces }, (_, piece) =>
      piece === 0 ? position : [x + ((nextX - x) * piece) / pieces, y + ((nextY - y) * piece) / pieces],
    );
  });
}
