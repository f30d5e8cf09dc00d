import { type Filter, readFilter } from '../../core/cql2/compile-filter.ts';
import type { Run } from '../../core/processes/declaration.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import { featureProgress } from '../../geo/layer/feature-progress.ts';
import { absentProperty } from '../../geo/layer/field-faults.ts';
import type { Layer, LayerFeature } from '../../geo/layer/layer.ts';
import { inCrs84 } from '../../geo/reproject/reproject.ts';
import type declaration from './process.ts';

/** Tests each feature; geometries are tested as longitudes and latitudes and come out as they came. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const filter = readFilter(inputs.filter, '/inputs/filter');
  const layer = await readLayer(inputs.features, context);
  checkProperties(filter, layer);
  const tested = filter.isSpatial ? await inCrs84(layer) : layer;
  const reportProgress = featureProgress(context, layer.features.length, 'Filtering');
  const features: LayerFeature[] = [];
  for (const [index, feature] of layer.features.entries()) {
    await reportProgress(index);
    // Features without a geometry are features of GeoJSON, though its types think otherwise.
    if (filter.holds(tested.features[index] as never)) features.push(feature);
  }
  return { result: await writeLayer({ ...layer, features }, context.format('result')) };
};

/** @throws InvalidInput naming a property that no feature has */
function checkProperties({ properties, faultAt }: Filter, { features }: Layer): void {
  if (features.length === 0) return;
  const isThere = (name: string) =>
    features.some(
      (feature) => Object.hasOwn(feature.properties, name) || (name === 'id' && feature.id !== undefined),
    );
  for (const name of properties) {
    if (!isThere(name)) throw faultAt(name, absentProperty(name, features));
  }
}
