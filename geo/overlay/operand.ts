import type { Geometry } from 'geojson';
import { geometryFromWkb } from '../formats/wkb/wkb.ts';
import { countWkbVertices, readWkbType } from '../formats/wkb/wkb-measures.ts';
import type { Bounds } from '../geometry/bounds.ts';
import { countVertices } from '../geometry/positions.ts';
import { distanceBetween, preparedDistanceTo } from '../geos/distance.ts';
import type { Handle } from '../geos/geos.ts';
import type { LastingScope, Prepared } from '../geos/lasting-scope.ts';
import type { Predicate } from '../geos/predicate-names.ts';
import {
  equal,
  inverses,
  type PreparedPredicate,
  preparedContainsPosition,
  preparedIntersectsPosition,
  preparedMeets,
} from '../geos/predicates.ts';
import { type Dimension, geometryDimension } from './dimension.ts';

/** Products of vertices above which an index pays for one distance. */
const PREPARED_DISTANCE = 10_000;

/** One side of an operation: a geometry in the plane of the work, taken into GEOS when it is first needed. */
export class Operand {
  readonly bounds: Bounds;
  readonly #source: Geometry | Uint8Array;
  readonly #scope: LastingScope;
  readonly #mayBeInvalid: boolean;
  #handle: Handle | undefined;
  #prepared: Prepared | undefined;
  #vertices: number | undefined;
  #dimension: Dimension | undefined;

  /**
   * @param source GeoJSON or WKB.
   * @param mayBeInvalid true after a move to another plane, where edges may cross: it is repaired then.
   */
  constructor(source: Geometry | Uint8Array, bounds: Bounds, scope: LastingScope, mayBeInvalid: boolean) {
    this.#source = source;
    this.bounds = bounds;
    this.#scope = scope;
    this.#mayBeInvalid = mayBeInvalid;
  }

  get geometry(): Geometry {
    return this.#source instanceof Uint8Array ? geometryFromWkb(this.#source) : this.#source;
  }

  get isPoint(): boolean {
    return this.#source instanceof Uint8Array
      ? readWkbType(this.#source) === 1
      : this.#source.type === 'Point';
  }

  get isCollection(): boolean {
    return this.#source instanceof Uint8Array
      ? readWkbType(this.#source) === 7
      : this.#source.type === 'GeometryCollection';
  }

  get handle(): Handle {
    this.#handle ??= this.#taken();
    return this.#handle;
  }

  #taken(): Handle {
    const source = this.#source;
    const handle = source instanceof Uint8Array ? this.#scope.readWkb(source) : this.#scope.read(source);
    if (!this.#mayBeInvalid || this.#scope.isValid(handle)) return handle;
    const valid = this.#scope.makeValid(handle);
    this.#scope.release(handle);
    return valid;
  }

  get prepared(): Prepared {
    this.#prepared ??= this.#scope.prepare(this.handle);
    return this.#prepared;
  }

  get vertices(): number {
    const source = this.#source;
    if (this.isPoint) return 1;
    this.#vertices ??= source instanceof Uint8Array ? countWkbVertices(source) : countVertices(source);
    return this.#vertices;
  }

  /** The largest dimension of its parts. */
  get dimension(): Dimension {
    this.#dimension ??= this.#dimensionOfSource();
    return this.#dimension;
  }

  #dimensionOfSource(): Dimension {
    const source = this.#source;
    if (!(source instanceof Uint8Array)) return geometryDimension(source);
    return this.isCollection
      ? geometryDimension(this.geometry)
      : (((readWkbType(source) - 1) % 3) as Dimension);
  }

  /** "this PREDICATE other", answered by the index of whichever has more vertices. */
  meets(predicate: Predicate, other: Operand): boolean {
    const { geos } = this.#scope;
    if (predicate === 'equals') return equal(geos, this.handle, other.handle);
    if (other.isPoint) return this.#meetsPoint(predicate, other) ?? this.#meetsPrepared(predicate, other);
    if (this.isPoint) {
      const inverse = inverses[predicate];
      return other.#meetsPoint(inverse, this) ?? this.#meetsPrepared(predicate, other);
    }
    return this.#meetsPrepared(predicate, other);
  }

  /** Answers without taking the point into GEOS; undefined for predicates that need that. */
  #meetsPoint(predicate: Predicate, { bounds: [x, y] }: Operand): boolean | undefined {
    const { geos } = this.#scope;
    switch (predicate) {
      case 'intersects':
      case 'covers':
        return this.meetsPosition(x, y);
      case 'disjoint':
        return !this.meetsPosition(x, y);
      case 'contains':
        return preparedContainsPosition(geos, this.prepared, x, y);
      default:
        return undefined;
    }
  }

  #meetsPrepared(predicate: PreparedPredicate, other: Operand): boolean {
    const { geos } = this.#scope;
    return this.vertices >= other.vertices
      ? preparedMeets(geos, predicate, this.prepared, other.handle)
      : preparedMeets(geos, inverses[predicate], other.prepared, this.handle);
  }

  /** True when it has the position inside or on its boundary. */
  meetsPosition(x: number, y: number): boolean {
    return preparedIntersectsPosition(this.#scope.geos, this.prepared, x, y);
  }

  /** True when no point of the other lies outside this; a look at the boxes spares most tests. */
  covers(other: Operand): boolean {
    return (
      this.dimension >= other.dimension && encloses(this.bounds, other.bounds) && this.meets('covers', other)
    );
  }

  /** Smallest distance in units of the plane. */
  distanceTo(other: Operand): number {
    const { geos } = this.#scope;
    if (this.isPoint && other.isPoint) {
      const [east, north] = [other.bounds[0] - this.bounds[0], other.bounds[1] - this.bounds[1]];
      return Math.sqrt(east * east + north * north);
    }
    if (this.vertices * other.vertices < PREPARED_DISTANCE)
      return distanceBetween(geos, this.handle, other.handle);
    return this.vertices >= other.vertices
      ? preparedDistanceTo(geos, this.prepared, other.handle)
      : preparedDistanceTo(geos, other.prepared, this.handle);
  }
}

const encloses = (outer: Bounds, inner: Bounds): boolean =>
  outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3];
