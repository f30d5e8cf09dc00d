import type { Geometry } from 'geojson';
import { InvalidInput } from '../../core/errors.ts';
import type { Run } from '../../core/processes/declaration.ts';
import { distanceUnits } from '../../core/processes/schemas.ts';
import { planesOnTheGround } from '../engines/geodesy/working-planes.ts';
import { type BufferStyle, type Geos, loadGeos } from '../engines/geos/geos.ts';
import { unionOf } from '../engines/geos/union.ts';
import { validFeatures } from '../engines/geos/valid-features.ts';
import type { Layer, LayerFeature } from '../engines/layers/layer.ts';
import { paceOf } from '../engines/layers/pace.ts';
import { readLayer } from '../engines/layers/read.ts';
import { writeLayer } from '../engines/layers/write.ts';
import type declaration from './process.ts';

/** Buffers each feature in its plane and moves the result back to the CRS of the layer. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layer = await readLayer(inputs.features, context);
  checkField(inputs.distanceField, layer);
  const geos = await loadGeos();
  const planes = planesOnTheGround(layer, inputs.crs, geos, context);
  const features = await validFeatures(layer, inputs.invalidGeometry, geos, context);
  const metres = (feature: LayerFeature): number =>
    distanceOf(feature, inputs.distanceField, inputs.distance) * distanceUnits[inputs.distanceUnit];

  const results: LayerFeature[] = [];
  // Results that share a plane are united there, before they are moved back.
  const together = inputs.dissolve ? planes.common : undefined;
  const tell = paceOf(context, features.length * 2, 'Buffering');
  for (const [position, { feature, index }] of features.entries()) {
    await tell(features.length + position);
    if (feature.geometry === null) {
      results.push(feature);
      continue;
    }
    const plane = planes.of(feature.geometry, index, metres(feature));
    const planar = plane.forward(feature.geometry);
    const area = bufferOf(planar, metres(feature) * planes.unitsPerMetre, inputs, geos);
    results.push({ ...feature, geometry: together ? area : plane.back(area) });
  }
  if (!inputs.dissolve)
    return { result: await writeLayer({ ...layer, features: results }, context.format('result')) };

  const geometries = results.flatMap(({ geometry }) => (geometry ? [geometry] : []));
  const union = await unionOf(geometries, geos, context);
  const dissolved: LayerFeature[] = union
    ? [{ type: 'Feature', properties: {}, geometry: together ? together.back(union) : union }]
    : [];
  return { result: await writeLayer({ ...layer, features: dissolved }, context.format('result')) };
};

/** The kernel: the buffer of a geometry in its plane. */
export const bufferOf = (geometry: Geometry, distance: number, style: BufferStyle, geos: Geos): Geometry =>
  geos.scope((scope) => scope.geometry(scope.buffer(scope.read(geometry), distance, style)));

function distanceOf({ properties }: LayerFeature, field: string | undefined, distance: number): number {
  const own = field === undefined ? undefined : properties[field];
  return typeof own === 'number' ? own : distance;
}

function checkField(field: string | undefined, { features }: Layer): void {
  if (field === undefined || features.length === 0) return;
  if (features.some(({ properties }) => Object.hasOwn(properties, field))) return;
  throw new InvalidInput('/inputs/distanceField', `names the property "${field}", which no feature has.`);
}
