import type { Geometry } from 'geojson';
import type { Run } from '../../core/processes/declaration.ts';
import { itemAt } from '../../core/shared/item-at.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import { listParts, partsAcross } from '../../geo/geodesy/parts-across.ts';
import { planeForLayer } from '../../geo/geodesy/working-planes.ts';
import { type Geos, loadGeos } from '../../geo/geos/geos.ts';
import { unionGroups } from '../../geo/geos/union.ts';
import { validFeatures } from '../../geo/geos/valid-features.ts';
import type { Layer, LayerFeature, Properties } from '../../geo/layer/layer.ts';
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
  const planes = members.map((group) => plane.around(group.map(({ geometry }) => geometry)));
  const unions = await unionGroups(
    members.map((group, index) =>
      group.map(({ geometry }) => itemAt(planes, index).forward(geometry as Geometry)),
    ),
    context,
  );
  const results = members.flatMap((group, index) => {
    const union = unions[index];
    const geometry = union ? itemAt(planes, index).back(union) : null;
    return inputs.multipart
      ? [feature(geometry, computeProperties(group))]
      : explode(geometry, computeProperties(group), layer, geos);
  });
  return { result: await writeLayer({ ...layer, features: results }, context.format('result')) };
};

const feature = (geometry: Geometry | null, properties: Properties): LayerFeature => ({
  type: 'Feature',
  properties,
  geometry,
});

/** A feature per part; empty geometries have none and stay one. */
function explode(
  geometry: Geometry | null,
  properties: Properties,
  { crs }: Layer,
  geos: Geos,
): LayerFeature[] {
  if (geometry === null) return [feature(geometry, properties)];
  const parts = crs.isGeographic ? partsAcross(geometry, geos) : listParts(geometry);
  return (parts.length > 0 ? parts : [geometry]).map((part) => feature(part, properties));
}
