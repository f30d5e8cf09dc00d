import type { Run } from '../../core/processes/declaration.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import { cutFeatures } from '../../geo/overlay/cut.ts';
import { overlayLayers } from '../../geo/overlay/overlay-layers.ts';
import { twoLayers } from '../../geo/overlay/two-layers.ts';
import type declaration from './process.ts';

/** Takes the union of the overlay from each feature. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layers = await twoLayers(inputs, context);
  const { outside } = await overlayLayers(layers, ['outside']);
  const features = cutFeatures(layers.features, outside);
  return { result: await writeLayer({ ...layers.layer, features }, context.format('result')) };
};
