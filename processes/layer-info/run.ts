import type { Run } from '../../core/processes/declaration.ts';
import { toUnit } from '../../geo/crs/angular-unit.ts';
import { wktWithoutCode } from '../../geo/crs/definition-text.ts';
import { readLayer } from '../../geo/formats/read.ts';
import type { LayerFeature } from '../../geo/layer/layer.ts';
import { computeBounds } from '../../geo/layer/layer.ts';
import { describeProperties } from './describe-properties.ts';
import type declaration from './process.ts';

const MOST_FAULTS = 100;

/** Says what the layer is read as. */
export const run: Run<typeof declaration> = async ({ features: source }, context) => {
  const layer = await readLayer(source, context);
  const { features, crs, mediaType, degenerate } = layer;
  await context.progress(features.length, features.length, 'Layer read');
  const bounds = computeBounds(features.map(({ geometry }) => geometry));
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

function countTypes(features: readonly LayerFeature[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { geometry } of features)
    if (geometry) counts.set(geometry.type, (counts.get(geometry.type) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
