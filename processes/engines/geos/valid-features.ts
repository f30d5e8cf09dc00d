import type { Geometry } from 'geojson';
import { type Fault, InvalidRequest } from '../../../core/errors.ts';
import type { RunContext } from '../../../core/processes/declaration.ts';
import type { InvalidGeometryRule } from '../../vector-inputs.ts';
import { MAXIMUM_FAULTS } from '../layers/geometry-faults.ts';
import type { Layer, LayerFeature } from '../layers/layer.ts';
import { paceOf } from '../layers/pace.ts';
import type { Geos, Invalidity } from './geos.ts';
import { onGeometry } from './refused-geometry.ts';

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
  geos: Geos,
  context: RunContext,
): Promise<IndexedFeature[]> {
  const kept: IndexedFeature[] = [];
  const faults: Fault[] = [];
  const invalid: number[] = [];
  const tell = paceOf(context, layer.features.length * 2, 'Checking geometries');
  for (const [index, feature] of layer.features.entries()) {
    await tell(index);
    const { geometry } = feature;
    const pointer = () => layer.geometryPointer(index);
    const problem = geometry && (await onGeometry(pointer, async () => invalidityOf(geometry, geos)));
    if (!geometry || !problem) {
      kept.push({ feature, index });
      continue;
    }
    invalid.push(index);
    if (rule === 'repair') {
      const valid = await onGeometry(pointer, async () => repaired(geometry, geos));
      kept.push({ feature: { ...feature, geometry: valid }, index });
    }
    if (rule !== 'error') continue;
    const [x, y] = problem.location;
    const detail = `is not valid: ${problem.reason} at [${x}, ${y}]. Set "invalidGeometry" to "repair" or "skip", or correct it.`;
    faults.push({ pointer: pointer(), detail });
    if (faults.length === MAXIMUM_FAULTS) break;
  }
  if (faults.length > 0) throw new InvalidRequest(faults, 'An input is not valid');
  if (invalid.length > 0) {
    const done = rule === 'repair' ? 'repaired' : 'left out';
    context.log(`${invalid.length} features with invalid geometries were ${done}.`, {
      first: invalid.slice(0, MAXIMUM_FAULTS).map(layer.geometryPointer),
    });
  }
  return kept;
}

const invalidityOf = (geometry: Geometry, geos: Geos): Invalidity | undefined =>
  geos.scope((scope) => scope.invalidity(scope.read(geometry)));

const repaired = (geometry: Geometry, geos: Geos): Geometry =>
  geos.scope((scope) => scope.geometry(scope.makeValid(scope.read(geometry))));
