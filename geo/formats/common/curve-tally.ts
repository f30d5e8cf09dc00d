import { LimitExceeded } from '../../../core/shared/errors.ts';
import { ARC_STEP } from '../../geometry/arcs.ts';

/** Vertices that the curves of a file may become: a few bytes of a file are one of them. */
const MOST_VERTICES = 5_000_000;

const LINEARIZED = `The file has curves, which were linearized with about ${ARC_STEP} degrees of arc between vertices.`;

/** Takes note of the curves of a file that become lines. */
export class CurveTally {
  readonly #pointer: string;
  #vertices: number | undefined;

  constructor(pointer: string) {
    this.#pointer = pointer;
  }

  /** @throws LimitExceeded where they become too many vertices in all */
  readonly tell = (vertices: number): void => {
    this.#vertices = (this.#vertices ?? 0) + vertices;
    if (this.#vertices > MOST_VERTICES)
      throw new LimitExceeded(
        this.#pointer,
        `Linearized with about ${ARC_STEP} degrees of arc between vertices, the curves of the file would have more than ${MOST_VERTICES} vertices, which is the limit of the service.`,
      );
  };

  get remarks(): string[] {
    return this.#vertices === undefined ? [] : [LINEARIZED];
  }
}
