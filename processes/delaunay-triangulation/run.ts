import type { Polygon, Position } from 'geojson';
import type { Run } from '../../core/processes/declaration.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import { planeForLayer } from '../../geo/geodesy/working-planes.ts';
import { eachPosition } from '../../geo/geometry/positions.ts';
import { loadGeos } from '../../geo/geos/geos.ts';
import { featureProgress } from '../../geo/layer/feature-progress.ts';
import { computeBounds, type Layer, type LayerFeature } from '../../geo/layer/layer.ts';
import { distinctBy } from '../../geo/tessellation/distinct.ts';
import { delaunayTriangles } from '../../geo/tessellation/triangulation.ts';
import type declaration from './process.ts';

/** Triangulates the vertices in the plane of the work; the triangles keep the coordinates of the vertices. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layer = await readLayer(inputs.features, context);
  const plane = planeForLayer(layer, inputs.crs, await loadGeos()).around(
    layer.features.map(({ geometry }) => geometry),
  );
  const placed = listVertices(layer).map((coordinates) => {
    const point = plane.forward({ type: 'Point', coordinates });
    return { coordinates, place: point.type === 'Point' ? point.coordinates : [] };
  });
  const distinct = distinctBy(placed, ({ place }) => place);
  const [vertices, places] = [
    distinct.map(({ coordinates }) => coordinates),
    distinct.map(({ place }) => place),
  ];
  if (vertices.length < 3) {
    throw new InvalidInput(
      '/inputs/features',
      `must have at least three distinct vertices, but has ${vertices.length}.`,
    );
  }
  await context.progress(0, vertices.length, 'Triangulating');
  const box = computeBounds([{ type: 'MultiPoint', coordinates: places }]);
  const corners = delaunayTriangles(places, requirePresent(box, 'The box of the vertices'));
  if (corners.length === 0) {
    throw new InvalidInput('/inputs/features', 'has only collinear vertices, so there is no triangulation.');
  }

  const { isGeographic } = layer.crs;
  const features: LayerFeature[] = [];
  const reportProgress = featureProgress(context, corners.length / 3, 'Writing triangles');
  for (let first = 0; first < corners.length; first += 3) {
    await reportProgress(first / 3);
    const own = makeTriangle(vertices, corners, first);
    const geometry =
      isGeographic && !isInOnePiece(own) ? plane.back(makeTriangle(places, corners, first)) : own;
    features.push({ type: 'Feature', properties: {}, geometry });
  }
  return { result: await writeLayer({ ...layer, features }, context.format('result')) };
};

function listVertices({ features }: Layer): Position[] {
  const vertices: Position[] = [];
  for (const { geometry } of features) eachPosition(geometry, (position) => vertices.push(position));
  return vertices;
}

function makeTriangle(positions: readonly Position[], corners: Uint32Array, first: number): Polygon {
  const ring = [first, first + 1, first + 2, first].map((corner) =>
    requirePresent(positions[corners[corner] ?? Number.NaN], 'The corner'),
  );
  return { type: 'Polygon', coordinates: [ring] };
}

/** Others cross the antimeridian, and go back from the plane in pieces. */
function isInOnePiece(geographic: Polygon): boolean {
  const [west, , east] = requirePresent(computeBounds([geographic]), 'The box of the triangle');
  return west >= -180 && east <= 180 && east - west <= 180;
}
