import type { LayerFeature } from './layer.ts';

/** Whether the ids of features can be the keys of a table: ascending integers from 0. */
export const areKeys = (features: readonly LayerFeature[]): boolean =>
  features.every(({ id }, index) => {
    const previous = index === 0 ? -1 : (features[index - 1]?.id as number);
    return Number.isSafeInteger(id) && (id as number) > previous;
  });
