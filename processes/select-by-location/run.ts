import type { Run } from '../../core/processes/declaration.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import { findMatches } from '../../geo/overlay/matches.ts';
import { twoLayers } from '../../geo/overlay/two-layers.ts';
import type declaration from './process.ts';

/** Looks for one match of each feature. */
export const run: Run<typeof declaration> = async ({ predicate, invert, ...inputs }, context) => {
  const layers = await twoLayers(inputs, context);
  const matches = await findMatches(layers, { predicate, most: 1, message: 'Selecting' });
  const features = layers.features
    .filter((_, position) => requirePresent(matches[position], 'The list of matches').length > 0 !== invert)
    .map(({ feature }) => feature);
  return { result: await writeLayer({ ...layers.layer, features }, context.format('result')) };
};
