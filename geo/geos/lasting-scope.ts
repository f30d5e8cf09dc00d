import { type Geos, GeosError, GeosScope, type Handle } from './geos.ts';
import { isStopped, lastMessage, type Pointer } from './library.ts';

/** A geometry with an index of its own inside GEOS, for many tests against others. */
export type Prepared = Pointer & { readonly '~prepared': true };

/**
 * A scope of GEOS for work that pauses: geometries stay inside while a process walks through a layer. What it
 * made is freed by {@link lastingScope}, or before that, one by one, with `release`.
 */
export class LastingScope extends GeosScope {
  readonly #handles: Set<Handle>;
  readonly #prepared: Prepared[] = [];

  constructor(geos: Geos) {
    const handles = new Set<Handle>();
    super(geos, (pointer) => {
      if (pointer === 0) throw new GeosError(lastMessage());
      handles.add(pointer as Handle);
      return pointer as Handle;
    });
    this.#handles = handles;
  }

  /** Builds the index of a geometry of this scope, which must not be released afterwards. */
  prepare(handle: Handle): Prepared {
    const prepared = this.geos.library.GEOSPrepare(handle);
    if (prepared === 0) throw new GeosError(lastMessage());
    this.#prepared.push(prepared as Prepared);
    return prepared as Prepared;
  }

  /** Frees a geometry before the scope ends. */
  release(handle: Handle): void {
    if (this.#handles.delete(handle)) this.geos.library.GEOSGeom_destroy(handle);
  }

  /** Frees everything; indexes first, as they refer to their geometries. */
  end(): void {
    if (isStopped()) return;
    for (const prepared of this.#prepared) this.geos.library.GEOSPreparedGeom_destroy(prepared);
    for (const handle of this.#handles) this.geos.library.GEOSGeom_destroy(handle);
    this.#prepared.length = 0;
    this.#handles.clear();
  }
}

/** Runs `work`, which may pause, and then frees every geometry that was made in its scope. */
export async function lastingScope<T>(geos: Geos, work: (scope: LastingScope) => Promise<T>): Promise<T> {
  const scope = new LastingScope(geos);
  try {
    return await work(scope);
  } finally {
    scope.end();
  }
}
