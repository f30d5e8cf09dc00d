import type { Limits } from '../../core/run/context.ts';
import { GeometryPacker, type PackedGeometries } from '../layer/packed-geometries.ts';
import { ResultBudget } from '../layer/result-budget.ts';

/** Kinds of rows: a geometry of its own, or all of that of a feature or of one of the overlay. */
export const rowKinds = { piece: 0, feature: 1, overlayFeature: 2 } as const;
export type RowKind = (typeof rowKinds)[keyof typeof rowKinds];

/** What came of some features. Rows of a feature follow one another, in the order of the other layer. */
export interface OverlayRows {
  readonly positions: Uint32Array;
  /** Positions of the partners, in pairs. */
  readonly others: Uint32Array;
  readonly kinds: Uint8Array;
  /** Of the rows that are pieces, in order. */
  readonly pieces: PackedGeometries;
  readonly vertices: number;
}

/** Collects rows, as many as a result may have. */
export class RowCollector {
  readonly packer = new GeometryPacker();
  readonly #budget: ResultBudget;
  readonly #positions: number[] = [];
  readonly #others: number[] = [];
  readonly #kinds: RowKind[] = [];
  #vertices = 0;

  constructor(limits: Limits) {
    this.#budget = new ResultBudget({ limits });
  }

  /** @throws LimitExceeded */
  add(position: number, other: number, kind: RowKind, vertices: number): void {
    this.#budget.count(1, vertices);
    this.#positions.push(position);
    this.#others.push(other);
    this.#kinds.push(kind);
    this.#vertices += vertices;
  }

  get rows(): OverlayRows {
    return {
      positions: Uint32Array.from(this.#positions),
      others: Uint32Array.from(this.#others),
      kinds: Uint8Array.from(this.#kinds),
      pieces: this.packer.packed(),
      vertices: this.#vertices,
    };
  }
}
