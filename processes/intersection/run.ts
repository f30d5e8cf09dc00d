import type { Run } from '../../core/processes/declaration.ts';
import { writeLayer } from '../engines/layers/write.ts';
import { intersectedPairs } from '../engines/overlay/pairs.ts';
import { withTwoLayers } from '../engines/overlay/two-layers.ts';
import type declaration from './process.ts';

/** Intersects each pair of features that meet. */
export const run: Run<typeof declaration> = (inputs, context) =>
  withTwoLayers(inputs, context, async (layers) => {
    const features = await intersectedPairs(layers, inputs.prefix);
    return { result: await writeLayer({ ...layers.layer, features }, context.format('result')) };
  });
