import type { Geometry } from 'geojson';
import type { Run } from '../../core/processes/declaration.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import { collectParts, geometryFromParts } from '../../geo/geodesy/antimeridian.ts';
import { planeForLayer } from '../../geo/geodesy/working-planes.ts';
import { loadGeos } from '../../geo/geos/geos.ts';
import { unionGroups } from '../../geo/geos/union.ts';
import { validFeatures } from '../../geo/geos/valid-features.ts';
import type { LayerFeature, Properties } from '../../geo/layer/layer.ts';
import { readProperty } from '../../geo/layer/properties.ts';
import { aggregateReader } from '../../geo/statistics/aggregates.ts';
import type declaration from './process.ts';

/** Unites the geometries of each group in the plane of the work. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layer = await readLayer(inputs.features, context);
  const geos = await loadGeos();
  const plane = planeForLayer(layer, inputs.crs, geos);
  const computeProperties = aggregateReader(layer, inputs.groupBy, inputs.aggregates ?? []);
  const features = await validFeatures(layer, inputs.invalidGeometry, context);
  const groups = Map.groupBy(
    features.map(({ feature }) => feature).filter(({ geometry }) => geometry !== null),
    ({ properties }) => JSON.stringify(inputs.groupBy.map((name) => readProperty(properties, name))),
  );

  const members = [...groups.values()];
  const unions = await unionGroups(
    members.map((group) => group.map(({ geometry }) => plane.forward(geometry as Geometry))),
    context,
  );
  const results = members.flatMap((group, index) => {
    const union = unions[index];
    const geometry = union ? plane.back(union) : null;
    return inputs.multipart
      ? [feature(geometry, computeProperties(group))]
      : explode(geometry, computeProperties(group));
  });
  return { result: await writeLayer({ ...layer, features: results }, context.format('result')) };
};

const feature = (geometry: Geometry | null, properties: Properties): LayerFeature => ({
  type: 'Feature',
  properties,
  geometry,
});

/** A feature per part; empty geometries have none and stay one. */
function explode(geometry: Geometry | null, properties: Properties): LayerFeature[] {
  if (geometry === null) return [feature(geometry, properties)];
  const { points, lines, polygons } = collectParts(geometry);
  const none = { points: [], lines: [], polygons: [] };
  const parts = [
    ...points.map((point) => geometryFromParts({ ...none, points: [point] }, geometry)),
    ...lines.map((line) => geometryFromParts({ ...none, lines: [line] }, geometry)),
    ...polygons.map((polygon) => geometryFromParts({ ...none, polygons: [polygon] }, geometry)),
  ];
  return (parts.length > 0 ? parts : [geometry]).map((part) => feature(part, properties));
}
