import { collected } from '../geos/geometry-types.ts';
import type { Geos, Handle } from '../geos/geos.ts';
import type { LastingScope } from '../geos/lasting-scope.ts';
import { type Piece, pieceOf, wholeOf } from './common-part.ts';
import { type Dimension, ofDimension } from './dimension.ts';
import type { HeldLayer } from './held-layer.ts';
import type { Operand } from './operand.ts';

/** Unions that are kept: neighbouring features often meet the same ones. */
const UNIONS = 8;

/**
 * A layer as one area (or line, or set of points) that others are cut with. It is united only where an operand
 * meets it: the union of the whole would make each cut as slow as the layer is large.
 */
export class Mask {
  readonly #layer: HeldLayer;
  readonly #scope: LastingScope;
  readonly #geos: Geos;
  readonly #unions = new Map<string, Handle>();

  constructor(layer: HeldLayer, scope: LastingScope) {
    this.#layer = layer;
    this.#scope = scope;
    this.#geos = scope.geos;
  }

  /** What of an operand lies inside, of its own dimension or that of the mask if that is smaller. */
  async inside(operand: Operand, breathe: () => Promise<void>): Promise<Piece | undefined> {
    const met = await this.#met(operand, 0, breathe);
    if (met.length === 0) return undefined;
    if (met.some(({ part }) => part.covers(operand))) return wholeOf(operand);
    const most = met.reduce((dimension, { part }) => Math.max(dimension, part.dimension), 0);
    return this.#cut('intersection', operand, met, Math.min(operand.dimension, most) as Dimension);
  }

  /** What of an operand lies outside. Parts of a smaller dimension than its own take nothing from it. */
  async outside(operand: Operand, breathe: () => Promise<void>): Promise<Piece | undefined> {
    const met = await this.#met(operand, operand.dimension, breathe);
    if (met.length === 0) return wholeOf(operand);
    if (met.some(({ part }) => part.covers(operand))) return undefined;
    return this.#cut('difference', operand, met, operand.dimension);
  }

  async #met(operand: Operand, least: Dimension, breathe: () => Promise<void>): Promise<Met[]> {
    const met: Met[] = [];
    for (const position of this.#layer.near(operand.bounds)) {
      await breathe();
      for (const part of this.#layer.simple(position)) {
        const meets = part.dimension >= least && operand.meets('intersects', part);
        if (meets) met.push({ part, key: `${position}.${part.dimension}` });
      }
    }
    return met;
  }

  async #cut(
    operation: 'intersection' | 'difference',
    operand: Operand,
    met: readonly Met[],
    dimension: Dimension,
  ): Promise<Piece | undefined> {
    const mask = await this.#unionOf(met);
    return this.#geos.scope((scope) =>
      pieceOf(ofDimension(scope.geometry(scope[operation](operand.handle, mask)), dimension)),
    );
  }

  async #unionOf(met: readonly Met[]): Promise<Handle> {
    if (met.length === 1) return met[0]!.part.handle;
    const key = met.map((each) => each.key).join();
    let union = this.#unions.get(key);
    if (union === undefined) {
      const all = collected(
        this.#scope,
        met.map(({ part }) => part.handle),
      );
      union = this.#scope.unaryUnion(all);
      this.#scope.release(all);
      const [oldest] = this.#unions;
      if (oldest && this.#unions.size >= UNIONS) {
        this.#unions.delete(oldest[0]);
        this.#scope.release(oldest[1]);
      }
      this.#unions.set(key, union);
    }
    return union;
  }
}

interface Met {
  readonly part: Operand;
  /** Names the part within its layer. */
  readonly key: string;
}
