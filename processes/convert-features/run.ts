import type { Run } from '../../core/processes/declaration.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import type declaration from './process.ts';

/** Reading and writing are the whole of it. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layer = await readLayer(inputs.features, context);
  const total = layer.features.length;
  await context.progress(0, total, 'Writing features');
  return { result: await writeLayer(layer, context.format('result')) };
};
