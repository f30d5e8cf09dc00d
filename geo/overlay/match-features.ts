import { itemAt } from '../../core/shared/item-at.ts';
import { lieAcrossAntimeridian } from '../geodesy/across-antimeridian.ts';
import { loadGeos } from '../geos/geos.ts';
import { LastingScope } from '../geos/lasting-scope.ts';
import type { Predicate } from '../geos/predicate-names.ts';
import { errorFromGeos } from '../geos/refused-geometry.ts';
import { ResultBudget } from '../layer/result-budget.ts';
import { defineKernel } from '../parallel/kernel.ts';
import { placeholderPointer } from '../parallel/places.ts';
import { HeldLayer } from './held-layer.ts';
import type { Operand } from './operand.ts';
import { layerNumbers, type StoredLayer } from './stored-layer.ts';

/** Candidates that are tested before others may run. */
const SLICE = 1000;

export interface LayersToMatch {
  readonly features: StoredLayer;
  readonly overlay: StoredLayer;
  /** True where the coordinates of both end at the antimeridian, across which features may meet. */
  readonly endsAtAntimeridian: boolean;
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
export const matchFeatures = defineKernel<LayersToMatch, Matches>('matchFeatures', async (data, context) => {
  const { predicate, most, areRows, parts, endsAtAntimeridian } = data;
  const geos = await loadGeos();
  const scope = new LastingScope(geos);
  const features = new HeldLayer(data.features, scope);
  const overlay = new HeldLayer(data.overlay, scope);

  const everyone = Uint32Array.from({ length: overlay.count }, (_, position) => position);

  const atAntimeridian = endsAtAntimeridian ? new Set(overlay.atAntimeridian) : new Set<number>();
  const reachesAntimeridian = ({ bounds: [west, , east] }: Operand): boolean =>
    endsAtAntimeridian && (west === -180 || east === 180);

  /** Whether a pair that lies across the antimeridian matches there; undefined for all others. */
  function meetAcross(position: number, operand: Operand, otherPosition: number): boolean | undefined {
    if (!reachesAntimeridian(operand) || !atAntimeridian.has(otherPosition)) return undefined;
    const other = overlay.operand(otherPosition);
    if (!other || !lieAcrossAntimeridian([operand.geometry, other.geometry])) return undefined;
    const [own, others] = [features.across(position), overlay.across(otherPosition)];
    return own && others && own.meets(predicate, others);
  }

  /** Adds what of some candidates matches, up to a number of them all. */
  function match(
    place: number,
    operand: Operand,
    candidates: Candidates,
    from: number,
    wanted: number,
    matches: number[],
  ): void {
    const { positions, near } = candidates;
    for (let index = from; index < Math.min(from + SLICE, positions.length); index++) {
      if (matches.length === wanted) return;
      const position = positions[index] ?? -1;
      const other = overlay.operand(position);
      if (!other) continue;
      // What is not near is disjoint without a test; all else needs boxes that meet.
      const met =
        meetAcross(place, operand, position) ??
        (near?.has(position) === false || operand.meets(predicate, other));
      if (met) matches.push(position);
    }
  }

  return {
    part: async (number) => {
      const budget = new ResultBudget(context);
      const matches: number[] = [];
      const counts: number[] = [];
      let vertices = 0;
      for (const position of itemAt(parts, number)) {
        const before = matches.length;
        const operand = features.passing(position);
        if (operand) {
          const meeting = overlay.near(operand.bounds);
          const near = reachesAntimeridian(operand) ? mergeSorted(meeting, overlay.atAntimeridian) : meeting;
          const isFar = predicate === 'disjoint';
          const candidates = isFar ? { positions: everyone, near: new Set(near) } : { positions: near };
          for (let from = 0; from < candidates.positions.length; from += SLICE) {
            const known = matches.length;
            try {
              match(position, operand, candidates, from, before + most, matches);
            } catch (cause) {
              throw errorFromGeos(cause, placeholderPointer(position, layerNumbers.features));
            }
            if (areRows && matches.length > known) {
              const added = (matches.length - known) * operand.vertices;
              budget.count(matches.length - known, added);
              vertices += added;
            }
            if (context.isDue()) await context.breathe();
          }
        }
        counts.push(matches.length - before);
      }
      return { counts: Uint32Array.from(counts), matches: Uint32Array.from(matches), vertices };
    },
    end: () => scope.end(),
  };
});

/** The numbers of two lists in ascending order, each once. */
const mergeSorted = (one: readonly number[], other: readonly number[]): number[] =>
  [...new Set([...one, ...other])].sort((a, b) => a - b);

interface Candidates {
  readonly positions: ArrayLike<number>;
  /** Those whose boxes meet, where the others are candidates too. */
  readonly near?: ReadonlySet<number>;
}
