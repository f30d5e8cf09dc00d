import type { Run } from '../../core/processes/declaration.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import { overlayLayers } from '../../geo/overlay/overlay-layers.ts';
import { pairedFeatures } from '../../geo/overlay/pairs.ts';
import { symmetricDifference } from '../../geo/overlay/symmetric-difference.ts';
import { twoLayers } from '../../geo/overlay/two-layers.ts';
import type declaration from './process.ts';

/** The common parts of all pairs, and what is left of each side without the other. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layers = await twoLayers(inputs, context);
  const { pairs, ...left } = await overlayLayers(layers, ['pairs', 'outside', 'overlayOutside']);
  const common = pairedFeatures(layers, pairs, inputs.prefix);
  const features = [...common, ...symmetricDifference(layers, left, inputs.prefix)];
  return { result: await writeLayer({ ...layers.layer, features }, context.format('result')) };
};
