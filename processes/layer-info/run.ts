import { computeBbox } from '../../core/features/bounds.ts';
import type { Run } from '../../core/processes/declaration.ts';
import { toUnit } from '../../geo/crs/angular-unit.ts';
import { wktWithoutCode } from '../../geo/crs/definition-text.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { computeBounds, type Layer, type LayerFeature } from '../../geo/layer/layer.ts';
import { describeProperties } from './describe-properties.ts';
import type declaration from './process.ts';

const MOST_FAULTS = 100;

/** Says what the layer is read as. */
export const run: Run<typeof declaration> = async ({ features: source }, context) => {
  const layer = await readLayer(source, context);
  const { features, crs, mediaType, degenerate } = layer;
  await context.progress(features.length, features.length, 'Layer read');
  const bounds = boundsOf(layer);
  return {
    result: {
      format: mediaType,
      count: features.length,
      withoutGeometry: features.filter(({ geometry }) => geometry === null).length,
      geometryTypes: countTypes(features),
      crs: crs.identifier ? crs.name : null,
      wkt: wktWithoutCode(crs) ?? null,
      bbox: bounds ? bounds.map((coordinate) => toUnit(coordinate, crs)) : null,
      properties: describeProperties(features),
      faults: [...(degenerate ?? [])].slice(0, MOST_FAULTS).map(([feature, fault]) => ({ feature, fault })),
    },
  };
};

const HALF_TURN = 180;

/** Of the two boxes that there are around the globe, the narrower one (RFC 7946, 5.2): reading cuts at the antimeridian. */
function boundsOf({ features, crs }: Layer): readonly number[] | undefined {
  const geometries = features.map(({ geometry }) => geometry);
  const bounds = computeBounds(geometries);
  if (!bounds || !crs.isGeographic) return bounds;
  const [west, , east] = bounds;
  return east - west > HALF_TURN ? computeBbox(geometries) : bounds;
}

function countTypes(features: readonly LayerFeature[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { geometry } of features)
    if (geometry) counts.set(geometry.type, (counts.get(geometry.type) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
