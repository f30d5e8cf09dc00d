import type { Run } from '../../core/processes/declaration.ts';
import { writeLayer } from '../engines/layers/write.ts';
import { leftOvers } from '../engines/overlay/left-overs.ts';
import { withTwoLayers } from '../engines/overlay/two-layers.ts';
import type declaration from './process.ts';

/** What is left of each side without the other. */
export const run: Run<typeof declaration> = (inputs, context) =>
  withTwoLayers(inputs, context, async (layers) => {
    const features = await leftOvers(layers, inputs.prefix);
    return { result: await writeLayer({ ...layers.layer, features }, context.format('result')) };
  });
