import type { Run } from '../../core/processes/declaration.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import { cutFeatures } from '../../geo/overlay/cut.ts';
import { overlayLayers } from '../../geo/overlay/overlay-layers.ts';
import { twoLayers } from '../../geo/overlay/two-layers.ts';
import type declaration from './process.ts';

/** Cuts each feature with the union of the overlay. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layers = await twoLayers(inputs, context);
  const { inside } = await overlayLayers(layers, ['inside']);
  const features = cutFeatures(layers.features, inside);
  return { result: await writeLayer({ ...layers.layer, features }, context.format('result')) };
};
