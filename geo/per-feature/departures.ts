import type { Geometry, Position } from 'geojson';
import type { RunContext } from '../../core/run/context.ts';
import { eachLongEdge } from '../geodesy/split-edges.ts';

/**
 * Warns once of edges that simplification has made in a plane about a feature and that, straight in longitudes and latitudes, lie
 * farther from where they are in that plane than the tolerance.
 */
export class Departures {
  readonly #tolerance: number;
  readonly #warn: RunContext['warn'];
  #warned = false;

  /** @param tolerance metres */
  constructor(tolerance: number, warn: RunContext['warn']) {
    this.#tolerance = tolerance;
    this.#warn = warn;
  }

  /** @param simplified and `original` in longitudes and latitudes */
  check(simplified: Geometry, original: Geometry, pointer: string): void {
    if (this.#warned) return;
    const known = new Set<string>();
    let most = 0;
    const departs = (from: Position, to: Position, metres: number): void => {
      if (metres <= this.#tolerance) return;
      if (known.size === 0) eachLongEdge(original, (one, other) => known.add(keyOf(one, other)));
      if (!known.has(keyOf(from, to)) && !known.has(keyOf(to, from))) most = Math.max(most, metres);
    };
    eachLongEdge(simplified, departs);
    if (most === 0) return;
    this.#warned = true;
    this.#warn(
      `Some simplified edges are so long that they deviate by more than the tolerance where vertices were removed: as straight lines in longitude and latitude, they are up to ${Math.ceil(most)} metres from straight lines on the ground. Give a smaller tolerance or a projected "crs" that suits them.`,
      { first: pointer },
    );
  }
}

const keyOf = ([x, y]: Position, [toX, toY]: Position): string => `${x} ${y} ${toX} ${toY}`;
