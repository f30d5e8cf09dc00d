import type { Predicate } from '../../predicate-names.ts';
import { loadGeos } from '../geos/geos.ts';
import { LastingScope } from '../geos/lasting-scope.ts';
import { onGeometry } from '../geos/refused-geometry.ts';
import { ResultBudget } from '../layers/result-budget.ts';
import { placeOf } from '../threads/failure.ts';
import type { Operation } from '../threads/operation.ts';
import { HeldLayer } from './held-layer.ts';
import type { Operand } from './operand.ts';
import { layerNumbers, type StoredLayer } from './stored-layer.ts';

export interface LayersToMatch {
  readonly features: StoredLayer;
  readonly overlay: StoredLayer;
  readonly predicate: Predicate;
  /** Matches of a feature that are wanted; the search ends there. */
  readonly most: number;
  /** Whether each match becomes a feature of the result, so that there may be too many. */
  readonly areRows: boolean;
  /** Positions of the features of each part. */
  readonly parts: readonly Uint32Array[];
}

/** Matches of the features of a part, in their order. */
export interface Matches {
  /** How many each feature has. */
  readonly counts: Uint32Array;
  /** Positions in the overlay, those of a feature in order. */
  readonly matches: Uint32Array;
  /** Of the rows that they make. */
  readonly vertices: number;
}

/**
 * Finds the overlay features of which "feature PREDICATE overlay feature" holds. Features without a geometry meet
 * nothing, also not as `disjoint`.
 */
export const matchFeatures: Operation<LayersToMatch, Matches> = async (data, surroundings) => {
  const { predicate, most, areRows, parts } = data;
  const geos = await loadGeos();
  const scope = new LastingScope(geos);
  const features = new HeldLayer(data.features, scope);
  const overlay = new HeldLayer(data.overlay, scope);

  async function matchesOf(operand: Operand, found: (position: number) => void): Promise<void> {
    const near = overlay.near(operand.bounds);
    let left = most;
    // What is not near is disjoint without a test; all else needs boxes that meet.
    const isNear = predicate === 'disjoint' ? new Set(near) : undefined;
    for (const position of isNear ? everyPosition(overlay) : near) {
      if (left === 0) return;
      if (surroundings.isDue()) await surroundings.breathe();
      const other = overlay.operand(position);
      if (!other) continue;
      if (isNear?.has(position) !== false && !operand.meets(predicate, other)) continue;
      found(position);
      left--;
    }
  }

  return {
    part: async (number) => {
      const budget = new ResultBudget(surroundings);
      const matches: number[] = [];
      let vertices = 0;
      const counts: number[] = [];
      for (const position of parts[number]!) {
        const operand = features.operand(position);
        const before = matches.length;
        if (operand) {
          const own = areRows ? operand.vertices : 0;
          const found = (match: number) => {
            matches.push(match);
            if (areRows) budget.count(1, own);
          };
          await onGeometry(placeOf(position, layerNumbers.features), () => matchesOf(operand, found));
          vertices += own * Math.max(0, matches.length - before);
        }
        counts.push(matches.length - before);
      }
      return { counts: Uint32Array.from(counts), matches: Uint32Array.from(matches), vertices };
    },
    end: () => scope.end(),
  };
};

function* everyPosition({ count }: HeldLayer): Generator<number> {
  for (let position = 0; position < count; position++) yield position;
}
