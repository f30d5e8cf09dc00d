import type { Run } from '../../core/processes/declaration.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import { overlayLayers } from '../../geo/overlay/overlay-layers.ts';
import { symmetricDifference } from '../../geo/overlay/symmetric-difference.ts';
import { twoLayers } from '../../geo/overlay/two-layers.ts';
import type declaration from './process.ts';

/** What is left of each side without the other. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layers = await twoLayers(inputs, context);
  const left = await overlayLayers(layers, ['outside', 'overlayOutside']);
  const features = symmetricDifference(layers, left, inputs.prefix);
  return { result: await writeLayer({ ...layers.layer, features }, context.format('result')) };
};
