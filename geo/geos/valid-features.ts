import type { RunContext } from '../../core/run/context.ts';
import { type Fault, InvalidRequest } from '../../core/shared/errors.ts';
import { counted } from '../../core/shared/quote.ts';
import { featureProgress } from '../layer/feature-progress.ts';
import { MAXIMUM_FAULTS } from '../layer/geometry-faults.ts';
import type { Layer, LayerFeature } from '../layer/layer.ts';
import { findInvalidGeometries } from './invalid-geometries.ts';
import type { InvalidGeometryRule } from './invalid-geometry-rules.ts';

const byStructure = { method: 'structure', keepCollapsed: false } as const;

/** A feature with its place in the input layer, for messages. */
export interface IndexedFeature {
  readonly feature: LayerFeature;
  readonly index: number;
}

/**
 * The features of a layer, none of them with an invalid geometry: repaired, left out or refused, as the rule
 * says. Null geometries pass.
 *
 * @throws InvalidRequest with reason and place of each invalid geometry (the first 20) under the rule `error`
 */
export async function validFeatures(
  layer: Layer,
  rule: InvalidGeometryRule,
  context: RunContext,
): Promise<IndexedFeature[]> {
  const reportProgress = featureProgress(context, layer.features.length * 2, 'Checking geometries');
  const found = await findInvalidGeometries(
    layer,
    rule === 'repair' ? byStructure : undefined,
    context,
    reportProgress,
  );
  const { degenerate = new Map<number, string>() } = layer;
  if (rule === 'error' && found.size + degenerate.size > 0) {
    const collapsed = [...degenerate].map(
      ([index, reason]): Fault => ({
        pointer: layer.geometryPointer(index),
        detail: `${reason}. Set "invalidGeometry" to "repair" or "skip", or correct it.`,
      }),
    );
    const faults: Fault[] = [...found].slice(0, MAXIMUM_FAULTS).map(
      ([
        index,
        {
          reason,
          location: [x, y],
        },
      ]) => ({
        pointer: layer.geometryPointer(index),
        detail: `is not valid: ${reason} at [${x}, ${y}]. Set "invalidGeometry" to "repair" or "skip", or correct it.`,
      }),
    );
    throw new InvalidRequest([...collapsed, ...faults].slice(0, MAXIMUM_FAULTS), 'An input is not valid');
  }
  if (rule === 'skip' && degenerate.size > 0)
    context.warn(
      `${counted(degenerate.size, 'feature with a degenerate geometry was', 'features with degenerate geometries were')} left out.`,
    );
  if (found.size > 0) {
    const done = rule === 'repair' ? 'repaired' : 'left out';
    context.warn(
      `${counted(found.size, 'feature with an invalid geometry was', 'features with invalid geometries were')} ${done}.`,
      {
        first: [...found.keys()].slice(0, MAXIMUM_FAULTS).map(layer.geometryPointer),
      },
    );
  }
  return layer.features.flatMap((feature, index) => {
    if (rule === 'skip' && degenerate.has(index)) return [];
    const invalid = found.get(index);
    if (!invalid) return [{ feature, index }];
    return invalid.repaired ? [{ feature: { ...feature, geometry: invalid.repaired }, index }] : [];
  });
}
