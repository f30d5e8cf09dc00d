import type { Run } from '../../core/processes/declaration.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import { findInvalidGeometries } from '../../geo/geos/invalid-geometries.ts';
import { featureProgress } from '../../geo/layer/feature-progress.ts';
import type declaration from './process.ts';

/** Repairs what is not valid and leaves the rest as it is. */
export const run: Run<typeof declaration> = async ({ features: source, method, keepCollapsed }, context) => {
  const layer = await readLayer(source, context);
  const reportProgress = featureProgress(context, layer.features.length, 'Repairing');
  const invalid = await findInvalidGeometries(layer, { method, keepCollapsed }, context, reportProgress);
  const features = layer.features.map((feature, index) => {
    const geometry = invalid.get(index)?.repaired;
    return geometry ? { ...feature, geometry } : feature;
  });
  return {
    result: await writeLayer({ ...layer, features }, context.format('result')),
    report: layer.features.flatMap((_, index) => {
      const degenerate = layer.degenerate?.get(index);
      const found = invalid.get(index);
      return [
        ...(degenerate === undefined ? [] : [{ index, reason: `${REPAIRED}: it ${degenerate}` }]),
        ...(found ? [{ index, reason: found.reason, location: [found.location[0], found.location[1]] }] : []),
      ];
    }),
  };
};

/** GEOS knows no such geometries: they were mended before it saw them. */
const REPAIRED = 'Repaired while it was read';
