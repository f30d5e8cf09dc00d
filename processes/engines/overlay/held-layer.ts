import type { Geometry } from 'geojson';
import type { LastingScope } from '../geos/lasting-scope.ts';
import type { IndexedFeature } from '../geos/valid-features.ts';
import { type Bounds, boundsOf } from '../layers/layer.ts';
import { type Entry, SpatialIndex } from '../layers/spatial-index.ts';
import { type Dimension, ofDimension } from './dimension.ts';
import { Operand } from './operand.ts';

/** A layer whose geometries stay inside GEOS, with an index of their boxes. Features are named by position. */
export class HeldLayer {
  readonly features: readonly IndexedFeature[];
  readonly #scope: LastingScope;
  /** Undefined for features without a position: they meet nothing. */
  readonly #operands: readonly (Operand | undefined)[];
  readonly #simple = new Map<Operand, readonly Operand[]>();
  #index: SpatialIndex | undefined;

  /**
   * @param forward into the plane of the work.
   * @param mayBeInvalid true when `forward` or an earlier move may have let edges cross.
   */
  constructor(
    features: readonly IndexedFeature[],
    forward: (geometry: Geometry) => Geometry,
    scope: LastingScope,
    mayBeInvalid: boolean,
  ) {
    this.features = features;
    this.#scope = scope;
    this.#operands = features.map(({ feature: { geometry } }) => {
      const planar = geometry && forward(geometry);
      const bounds = boundsOf([planar]);
      return planar && bounds ? new Operand(planar, bounds, scope, mayBeInvalid) : undefined;
    });
  }

  /** The geometry of a feature; undefined where it has none, or an empty one. */
  operand(position: number): Operand | undefined {
    return this.#operands[position];
  }

  /** Positions of the features whose boxes meet the box, in order. */
  near(box: Bounds): number[] {
    return this.index.search(box);
  }

  get index(): SpatialIndex {
    this.#index ??= new SpatialIndex(
      this.#operands.flatMap((operand, position): Entry[] => (operand ? [[position, operand.bounds]] : [])),
    );
    return this.#index;
  }

  /** The geometry of a feature as operands of one dimension each: several only for collections. */
  simple(position: number): readonly Operand[] {
    const operand = this.#operands[position];
    if (!operand) return [];
    if (operand.geometry.type !== 'GeometryCollection') return [operand];
    const known = this.#simple.get(operand) ?? this.#opened(operand);
    this.#simple.set(operand, known);
    return known;
  }

  #opened(operand: Operand): Operand[] {
    // United, as parts of a collection may overlap.
    const united = this.#scope.unaryUnion(operand.handle);
    const geometry = this.#scope.geometry(united);
    this.#scope.release(united);
    return ([0, 1, 2] as const satisfies readonly Dimension[]).flatMap((dimension) => {
      const part = ofDimension(geometry, dimension);
      const bounds = boundsOf([part ?? null]);
      return part && bounds ? [new Operand(part, bounds, this.#scope, false)] : [];
    });
  }
}
