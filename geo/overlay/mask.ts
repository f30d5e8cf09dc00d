import { itemAt } from '../../core/shared/item-at.ts';
import { collected } from '../geos/geometry-types.ts';
import type { GeosScope, Handle } from '../geos/geos.ts';
import type { LastingScope } from '../geos/lasting-scope.ts';
import type { KernelContext } from '../parallel/kernel.ts';
import type { Dimension } from './dimension.ts';
import type { HeldLayer } from './held-layer.ts';
import type { Operand } from './operand.ts';
import type { Piece } from './pieces.ts';

/** Unions that are kept: neighbouring features often meet the same ones. */
const UNIONS = 8;

/**
 * A layer as one area (or line, or set of points) that others are cut with. It is united only where an operand
 * meets it: the union of the whole would make each cut as slow as the layer is large.
 */
export class Mask {
  readonly #layer: HeldLayer;
  readonly #scope: LastingScope;
  readonly #context: KernelContext;
  readonly #unions = new Map<string, Handle>();

  constructor(layer: HeldLayer, scope: LastingScope, context: KernelContext) {
    this.#layer = layer;
    this.#scope = scope;
    this.#context = context;
  }

  /**
   * What of an operand lies inside, of its own dimension or that of the mask if that is smaller.
   *
   * @param own scope for the result.
   */
  async inside(operand: Operand, own: GeosScope): Promise<Piece | undefined> {
    const met = await this.#met(operand, 0);
    if (met.length === 0) return undefined;
    if (met.some(({ part }) => part.covers(operand))) return { whole: operand };
    const most = met.reduce((dimension, { part }) => Math.max(dimension, part.dimension), 0);
    const dimension = Math.min(operand.dimension, most) as Dimension;
    return { result: own.intersection(operand.handle, this.#unite(met)), dimension };
  }

  /** What of an operand lies outside. Parts of a smaller dimension than its own take nothing from it. */
  async outside(operand: Operand, own: GeosScope): Promise<Piece | undefined> {
    const met = await this.#met(operand, operand.dimension);
    if (met.length === 0) return { whole: operand };
    if (met.some(({ part }) => part.covers(operand))) return undefined;
    return { result: own.difference(operand.handle, this.#unite(met)), dimension: operand.dimension };
  }

  async #met(operand: Operand, least: Dimension): Promise<Met[]> {
    const met: Met[] = [];
    for (const position of this.#layer.near(operand.bounds)) {
      if (this.#context.isDue()) await this.#context.breathe();
      for (const part of this.#layer.simple(position)) {
        const meets = part.dimension >= least && operand.meets('intersects', part);
        if (meets) met.push({ part, key: `${position}.${part.dimension}` });
      }
    }
    return met;
  }

  #unite(met: readonly Met[]): Handle {
    if (met.length === 1) return itemAt(met, 0).part.handle;
    const key = met.map((each) => each.key).join();
    const known = this.#unions.get(key);
    if (known !== undefined) return known;
    const all = collected(
      this.#scope,
      met.map(({ part }) => part.handle),
    );
    const union = this.#scope.unaryUnion(all);
    this.#scope.release(all);
    const [oldest] = this.#unions;
    if (oldest && this.#unions.size >= UNIONS) {
      this.#unions.delete(oldest[0]);
      this.#scope.release(oldest[1]);
    }
    this.#unions.set(key, union);
    return union;
  }
}

interface Met {
  readonly part: Operand;
  /** Names the part within its layer. */
  readonly key: string;
}
