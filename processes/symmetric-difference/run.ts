import type { Run } from '../../core/processes/declaration.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import { leftOvers } from '../../geo/overlay/left-overs.ts';
import { overlaid } from '../../geo/overlay/overlaid.ts';
import { twoLayers } from '../../geo/overlay/two-layers.ts';
import type declaration from './process.ts';

/** What is left of each side without the other. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layers = await twoLayers(inputs, context);
  const left = await overlaid(layers, ['outside', 'overlayOutside']);
  const features = leftOvers(layers, left, inputs.prefix);
  return { result: await writeLayer({ ...layers.layer, features }, context.format('result')) };
};
