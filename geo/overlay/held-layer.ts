import { joinedAcross } from '../geodesy/across-antimeridian.ts';
import type { Bounds } from '../geometry/bounds.ts';
import type { LastingScope } from '../geos/lasting-scope.ts';
import { computeBounds } from '../layer/layer.ts';
import { packedCount, wkbAt } from '../layer/packed-geometries.ts';
import { SpatialIndex } from '../layer/spatial-index.ts';
import { type Dimension, ofDimension } from './dimension.ts';
import { Operand } from './operand.ts';
import { boxAt, type StoredLayer } from './stored-layer.ts';

/** A layer whose geometries are taken into GEOS when they are needed and stay there, with an index of their boxes. */
export class HeldLayer {
  readonly #stored: StoredLayer;
  readonly #scope: LastingScope;
  readonly #operands: (Operand | undefined)[];
  readonly #simple = new Map<Operand, readonly Operand[]>();
  readonly #across = new Map<number, Operand>();
  #index: SpatialIndex | undefined;
  #atAntimeridian: readonly number[] | undefined;

  constructor(stored: StoredLayer, scope: LastingScope) {
    this.#stored = stored;
    this.#scope = scope;
    this.#operands = new Array(packedCount(stored.geometries));
  }

  /** Of the boxes of the features that have one. */
  get index(): SpatialIndex {
    const { index, boxes } = this.#stored;
    this.#index ??= index ? new SpatialIndex(index) : SpatialIndex.ofBoxes(boxes);
    return this.#index;
  }

  get count(): number {
    return this.#operands.length;
  }

  /** The geometry of a feature; undefined where it has none, or an empty one: these meet nothing. */
  operand(position: number): Operand | undefined {
    const known = this.#operands[position];
    if (known) return known;
    const operand = this.passing(position);
    this.#operands[position] = operand;
    return operand;
  }

  /** The same for a feature that is asked for once: of many, each that is kept costs the collector of garbage a copy. */
  passing(position: number): Operand | undefined {
    const bounds = boxAt(this.#stored, position);
    if (!bounds) return undefined;
    const wkb = wkbAt(this.#stored.geometries, position);
    return new Operand(wkb, bounds, this.#scope, this.#stored.mayBeInvalid);
  }

  /** Positions of the features whose boxes meet the box, in order. */
  near(box: Bounds): number[] {
    return this.index.search(box);
  }

  /** The geometry of a feature as operands of one dimension each: several only for collections. */
  simple(position: number): readonly Operand[] {
    const operand = this.operand(position);
    if (!operand) return [];
    if (!operand.isCollection) return [operand];
    const known = this.#simple.get(operand) ?? this.#opened(operand);
    this.#simple.set(operand, known);
    return known;
  }

  /** Positions of the features that reach to the antimeridian, in order. */
  get atAntimeridian(): readonly number[] {
    this.#atAntimeridian ??= Array.from(this.#operands.keys()).filter((position) => {
      const bounds = boxAt(this.#stored, position);
      return bounds !== undefined && (bounds[0] === -180 || bounds[2] === 180);
    });
    return this.#atAntimeridian;
  }

  /** The geometry of a feature that has a position, as it lies across the antimeridian, with longitudes from 0 to 360. */
  across(position: number): Operand | undefined {
    const known = this.#across.get(position);
    const operand = this.operand(position);
    if (known || !operand) return known;
    const geometry = joinedAcross(operand.geometry, this.#scope.geos);
    const bounds = computeBounds([geometry]);
    if (!bounds) return undefined;
    const across = new Operand(geometry, bounds, this.#scope, this.#stored.mayBeInvalid);
    this.#across.set(position, across);
    return across;
  }

  #opened(operand: Operand): Operand[] {
    // United, as parts of a collection may overlap.
    const united = this.#scope.unaryUnion(operand.handle);
    const geometry = this.#scope.geometry(united);
    this.#scope.release(united);
    return ([0, 1, 2] as const satisfies readonly Dimension[]).flatMap((dimension) => {
      const part = ofDimension(geometry, dimension);
      const bounds = computeBounds([part ?? null]);
      return part && bounds ? [new Operand(part, bounds, this.#scope, false)] : [];
    });
  }
}
