import type { Run } from '../../core/processes/declaration.ts';
import { writeLayer } from '../engines/layers/write.ts';
import { cutFeatures } from '../engines/overlay/cut.ts';
import { withTwoLayers } from '../engines/overlay/two-layers.ts';
import type declaration from './process.ts';

/** Takes the union of the overlay from each feature. */
export const run: Run<typeof declaration> = (inputs, context) =>
  withTwoLayers(inputs, context, async (layers) => {
    const features = await cutFeatures(layers, 'outside');
    return { result: await writeLayer({ ...layers.layer, features }, context.format('result')) };
  });
