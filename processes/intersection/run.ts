import type { Run } from '../../core/processes/declaration.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import { overlayLayers } from '../../geo/overlay/overlay-layers.ts';
import { pairedFeatures } from '../../geo/overlay/pairs.ts';
import { twoLayers } from '../../geo/overlay/two-layers.ts';
import type declaration from './process.ts';

/** Intersects each pair of features that meet. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layers = await twoLayers(inputs, context);
  const { pairs } = await overlayLayers(layers, ['pairs']);
  const features = pairedFeatures(layers, pairs, inputs.prefix);
  return { result: await writeLayer({ ...layers.layer, features }, context.format('result')) };
};
