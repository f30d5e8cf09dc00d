import type { Geometry } from 'geojson';
import type { Predicate } from '../../predicate-names.ts';
import { distanceBetween, preparedDistanceTo } from '../geos/distance.ts';
import type { Handle } from '../geos/geos.ts';
import type { LastingScope, Prepared } from '../geos/lasting-scope.ts';
import { equal, inverses, preparedIntersectsPosition, preparedMeets } from '../geos/predicates.ts';
import { type Bounds, countVertices } from '../layers/layer.ts';
import { type Dimension, dimensionOf } from './dimension.ts';

/** Products of vertices above which an index pays for one distance. */
const PREPARED_DISTANCE = 10_000;

/** One side of an operation: a geometry in the plane of the work, taken into GEOS when it is first needed. */
export class Operand {
  readonly geometry: Geometry;
  readonly bounds: Bounds;
  readonly #scope: LastingScope;
  readonly #mayBeInvalid: boolean;
  #handle: Handle | undefined;
  #prepared: Prepared | undefined;
  #vertices: number | undefined;
  #dimension: Dimension | undefined;

  /** @param mayBeInvalid true after a move to another plane, where edges may cross: it is repaired then. */
  constructor(geometry: Geometry, bounds: Bounds, scope: LastingScope, mayBeInvalid: boolean) {
    this.geometry = geometry;
    this.bounds = bounds;
    this.#scope = scope;
    this.#mayBeInvalid = mayBeInvalid;
  }

  get handle(): Handle {
    this.#handle ??= this.#taken();
    return this.#handle;
  }

  #taken(): Handle {
    const handle = this.#scope.read(this.geometry);
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
    this.#vertices ??= countVertices(this.geometry);
    return this.#vertices;
  }

  /** The largest dimension of its parts. */
  get dimension(): Dimension {
    this.#dimension ??= dimensionOf(this.geometry);
    return this.#dimension;
  }

  /** "this PREDICATE other", answered by the index of whichever has more vertices. */
  meets(predicate: Predicate, other: Operand): boolean {
    const { geos } = this.#scope;
    if (predicate === 'equals') return equal(geos, this.handle, other.handle);
    if (predicate === 'intersects' && other.geometry.type === 'Point') {
      const [x = 0, y = 0] = other.geometry.coordinates;
      return this.meetsPosition(x, y);
    }
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
    if (this.vertices * other.vertices < PREPARED_DISTANCE)
      return distanceBetween(geos, this.handle, other.handle);
    return this.vertices >= other.vertices
      ? preparedDistanceTo(geos, this.prepared, other.handle)
      : preparedDistanceTo(geos, other.prepared, this.handle);
  }
}

const encloses = (outer: Bounds, inner: Bounds): boolean =>
  outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3];
