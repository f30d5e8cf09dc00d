import type { Geometry } from 'geojson';
import type { RunContext } from '../../core/run/context.ts';
import { ClassLimitExceeded } from '../../core/shared/errors.ts';
import { countVertices } from '../geometry/positions.ts';

/** How much larger than the largest input a result may be. */
const FACTOR = 2;

/**
 * Bounds the result of a process whose output may have more features than its inputs: pairs of two large layers
 * would fill the memory.
 */
export class ResultBudget {
  readonly #features: number;
  readonly #vertices: number;
  #featuresLeft: number;
  #verticesLeft: number;

  constructor({ limits: { features = Infinity, vertices = Infinity } }: Pick<RunContext, 'limits'>) {
    this.#features = this.#featuresLeft = features * FACTOR;
    this.#vertices = this.#verticesLeft = vertices * FACTOR;
  }

  /** @throws LimitExceeded when the result has become too large with one more feature */
  add(geometry: Geometry | null): void {
    this.count(1, countVertices(geometry));
  }

  /** The same for several, of which the number of vertices is known. @throws LimitExceeded */
  count(features: number, vertices: number): void {
    this.#featuresLeft -= features;
    this.#verticesLeft -= vertices;
    if (this.#featuresLeft >= 0 && this.#verticesLeft >= 0) return;
    throw new ClassLimitExceeded(
      '/inputs/overlay',
      `The result would have more than ${this.#features} features or ${this.#vertices} vertices, which is the limit of the process. Send the layers in parts.`,
    );
  }
}
