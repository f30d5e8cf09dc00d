import { InvalidInput } from '../../../core/shared/errors.ts';
import { defineKernel } from '../../../geo/parallel/kernel.ts';
import { placeholderPointer } from '../../../geo/parallel/places.ts';

/** Warns of each part, and of all in the same words; fails at the given parts. Made for tests. */
export const tells = defineKernel<{ readonly failing: readonly number[] }, number>(
  'tells',
  async ({ failing }, { warn }) => ({
    part: async (index) => {
      warn(`Part ${index} was rounded.`);
      warn('Parts were rounded.', { first: placeholderPointer(index) });
      if (failing.includes(index)) throw new InvalidInput(placeholderPointer(index), 'is not valid.');
      return index;
    },
    end: () => {},
  }),
);
