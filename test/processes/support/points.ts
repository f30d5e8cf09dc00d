import type { Position } from 'geojson';
import { oracle } from './oracle.ts';

/** A layer of points, in CRS84 unless another CRS is named. */
export const pointLayer = (
  points: readonly { readonly at: Position | null; readonly properties?: object }[],
  crs?: string,
) => ({
  type: 'FeatureCollection',
  ...(crs === undefined ? {} : { crs: { type: 'name', properties: { name: crs } } }),
  features: points.map(({ at, properties = {} }) => ({
    type: 'Feature',
    properties,
    geometry: at && { type: 'Point', coordinates: at },
  })),
});

/** The fixture of surfaces that numpy computed from points, as inputs of a process. */
export function pointSurfaces() {
  const { grid, points, values, ...cases } = oracle('point_surfaces');
  const [xmin, resolution, , ymax] = grid.transform;
  const bbox = [xmin, ymax - grid.height * resolution, xmin + grid.width * resolution, ymax];
  const crs = 'EPSG:32632';
  const features = pointLayer(
    points.map((at: Position, index: number) => ({ at, properties: { value: values[index] } })),
    crs,
  );
  return { grid, cases, inputs: { features, resolution, crs, extent: { bbox, crs } } };
}
