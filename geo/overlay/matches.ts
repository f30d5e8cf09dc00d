import { itemAt } from '../../core/shared/item-at.ts';
import type { Predicate } from '../geos/predicate-names.ts';
import { featureProgress } from '../layer/feature-progress.ts';
import { ResultBudget } from '../layer/result-budget.ts';
import { estimateVertices } from '../parallel/parts.ts';
import { shareWork } from '../parallel/share-work.ts';
import { matchFeatures } from './match-features.ts';
import { splitLayer } from './split-layer.ts';
import { indexed } from './stored-layer.ts';
import type { TwoLayers } from './two-layers.ts';

export interface MatchOptions {
  readonly predicate: Predicate;
  /** Matches of a feature that are wanted; all if it is absent. */
  readonly most?: number;
  /** True where each match becomes a feature of the result. */
  readonly areRows?: boolean;
  /** What is being done, for the progress. */
  readonly message: string;
}

const none: readonly number[] = [];

/**
 * Positions of the overlay features of which "feature PREDICATE overlay feature" holds, in order, for each feature.
 *
 * @throws InvalidInput with a pointer to a geometry that GEOS cannot work on, LimitExceeded
 */
export async function findMatches(
  { stored: { features, overlay, endsAtAntimeridian }, features: { length }, context, pointers }: TwoLayers,
  { predicate, most = Number.POSITIVE_INFINITY, areRows = false, message }: MatchOptions,
): Promise<(readonly number[])[]> {
  const parts = splitLayer(features);
  const budget = new ResultBudget(context);
  const results = await shareWork(
    matchFeatures,
    { features, overlay: indexed(overlay), endsAtAntimeridian, predicate, most, areRows, parts },
    {
      context,
      sizes: parts.map((positions) => positions.length),
      vertices: estimateVertices(features.geometries) + estimateVertices(overlay.geometries),
      reportProgress: featureProgress(context, length, message),
      pointers,
      visit: ({ matches, vertices }) => {
        if (areRows) budget.count(matches.length, vertices);
      },
    },
  );
  const found = new Array<readonly number[]>(length).fill(none);
  for (const [part, { counts, matches }] of results.entries()) {
    let next = 0;
    for (const [index, count] of counts.entries()) {
      if (count === 0) continue;
      // Most have few: a view of the memory of all would be larger than their own.
      const own = new Array<number>(count);
      for (let place = 0; place < count; place++) own[place] = matches[next++] ?? -1;
      found[itemAt(itemAt(parts, part), index)] = own;
    }
  }
  return found;
}
