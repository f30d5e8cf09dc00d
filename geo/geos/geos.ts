import type { Geometry } from 'geojson';
import { geometryFromWkb, WkbWriter } from '../formats/wkb/wkb.ts';
import { listWkbSegments } from '../formats/wkb/wkb-segments.ts';
import { wound } from '../geometry/winding.ts';
import { checkAlone, checkBuffer, checkOverlay, MOST_CROSSINGS_OF_ONE, type Operand } from './effort.ts';
import { type GeosLibrary, lastMessage, loadLibrary, noteTrap, type Pointer } from './library.ts';

/** GEOS refused an operation: an invalid geometry, or memory ran out. */
export class GeosError extends Error {}

/** How a buffer is shaped; the words are those of GEOS. */
export interface BufferStyle {
  /** Segments in which a quarter circle is approximated. */
  readonly quadrantSegments: number;
  readonly endCap: 'round' | 'flat' | 'square';
  readonly join: 'round' | 'mitre' | 'bevel';
  /** Ratio of a mitre's length to the distance, beyond which it is bevelled. */
  readonly mitreLimit: number;
  /** Only the left side of lines (the right one for negative distances). */
  readonly singleSided: boolean;
}

const endCaps = { round: 1, flat: 2, square: 3 } as const;
const joins = { round: 1, mitre: 2, bevel: 3 } as const;
const ISO_WKB = 2;
const STRUCTURE = 1;

/** Bytes up to which the room for WKB on its way in is kept for the next geometry. */
const KEPT_ROOM = 1 << 20;

/** Why a geometry is not valid, and where. */
export interface Invalidity {
  readonly reason: string;
  readonly location: readonly [number, number];
}

/** A geometry inside GEOS; of use only within the scope that made it. */
export type Handle = Pointer & { readonly '~handle': true };

/**
 * The operations of GEOS on planar coordinates. The rules of its memory, kept here and nowhere else:
 *
 * - The module has memory of its own, which never shrinks. Whatever is made inside {@link Geos.scope} is freed
 *   when the scope ends, also by an exception; only numbers and GeoJSON leave it.
 * - `HEAPU8` is replaced whenever that memory grows, so it is read again after each call and never kept.
 * - A failed operation returns 0 (2 for predicates); here it becomes a {@link GeosError}.
 * - Calls are synchronous: the caller lets timers run between them (`await context.progress`).
 */
export class Geos {
  /** For the modules beside this one, each of which has some of the operations. */
  readonly library: GeosLibrary;
  readonly #wkb = new WkbWriter();
  readonly #reader: Pointer;
  readonly #writer: Pointer;
  #room: Pointer = 0;
  #roomSize = 0;
  /** Room for two pointers or one number; written by calls that return more than one thing. */
  readonly out: Pointer;

  constructor(library: GeosLibrary) {
    this.library = library;
    this.#reader = library.GEOSWKBReader_create();
    this.#writer = library.GEOSWKBWriter_create();
    library.GEOSWKBWriter_setFlavor(this.#writer, ISO_WKB);
    library.GEOSWKBWriter_setOutputDimension(this.#writer, 3);
    this.out = library.Module._malloc(16);
  }

  /** Runs `work` and then frees every geometry that was made in it. */
  scope<T>(work: (scope: GeosScope) => T): T {
    const handles: Handle[] = [];
    const keep = (pointer: Pointer): Handle => {
      if (pointer === 0) throw new GeosError(lastMessage());
      handles.push(pointer as Handle);
      return pointer as Handle;
    };
    try {
      return work(new GeosScope(this, keep));
    } catch (error) {
      // Where the library has stopped, nothing can be freed.
      if (noteTrap(error)) handles.length = 0;
      throw error;
    } finally {
      for (const handle of handles) this.library.GEOSGeom_destroy(handle);
    }
  }

  /** Copies a geometry into GEOS; 0 if GEOS cannot read it. The caller owns it. */
  read(geometry: Geometry): Pointer {
    return this.readWkb(this.#wkb.write(geometry));
  }

  /** The same from ISO WKB (`GEOSWKBReader_read`). @throws GeosError out of memory */
  readWkb(wkb: Uint8Array): Pointer {
    const { Module } = this.library;
    const room = this.#roomFor(wkb.length);
    Module.HEAPU8.set(wkb, room);
    const geometry = this.library.GEOSWKBReader_read(this.#reader, room, wkb.length);
    if (this.#roomSize > KEPT_ROOM) this.#roomFor(0);
    return geometry;
  }

  #roomFor(size: number): Pointer {
    if (size > 0 && size <= this.#roomSize) return this.#room;
    const { Module } = this.library;
    Module._free(this.#room);
    this.#roomSize = Math.max(size, 1024);
    this.#room = Module._malloc(this.#roomSize);
    if (this.#room !== 0) return this.#room;
    this.#roomSize = 0;
    throw new GeosError('Out of memory');
  }

  /** Gives a geometry out as ISO WKB, in memory of GEOS that holds it only as long as `use` runs. */
  wkb<T>(handle: Handle, use: (wkb: Uint8Array) => T): T {
    const { Module } = this.library;
    const wkb = this.library.GEOSWKBWriter_write(this.#writer, handle, this.out);
    if (wkb === 0) throw new GeosError(lastMessage());
    try {
      const size = Module.getValue(this.out, 'i32');
      return use(Module.HEAPU8.subarray(wkb, wkb + size));
    } finally {
      this.library.GEOSFree(wkb);
    }
  }

  /** The GeoJSON geometry of a handle, with rings wound as RFC 7946 says. */
  geometry(handle: Handle): Geometry {
    return wound(this.wkb(handle, geometryFromWkb));
  }

  #operand(handle: Handle): Operand {
    return {
      vertices: this.library.GEOSGetNumCoordinates(handle),
      segments: (least) => this.wkb(handle, (wkb) => listWkbSegments(wkb, least)),
    };
  }

  /** @throws TooManyCrossings */
  buffer(handle: Handle, distance: number, style: BufferStyle): Pointer {
    const library = this.library;
    checkBuffer(this.#operand(handle), distance);
    const params = library.GEOSBufferParams_create();
    library.GEOSBufferParams_setQuadrantSegments(params, style.quadrantSegments);
    library.GEOSBufferParams_setEndCapStyle(params, endCaps[style.endCap]);
    library.GEOSBufferParams_setJoinStyle(params, joins[style.join]);
    library.GEOSBufferParams_setMitreLimit(params, style.mitreLimit);
    library.GEOSBufferParams_setSingleSided(params, style.singleSided ? 1 : 0);
    const result = library.GEOSBufferWithParams(handle, params, distance);
    library.GEOSBufferParams_destroy(params);
    return result;
  }

  /** @throws TooManyCrossings */
  checkRepair(handle: Handle): void {
    checkAlone(this.#operand(handle), MOST_CROSSINGS_OF_ONE);
  }

  /** Repairs by the structure method, without collapsed parts (`GEOSMakeValidWithParams`). @throws TooManyCrossings */
  makeValid(handle: Handle): Pointer {
    const library = this.library;
    this.checkRepair(handle);
    const params = library.GEOSMakeValidParams_create();
    library.GEOSMakeValidParams_setMethod(params, STRUCTURE);
    library.GEOSMakeValidParams_setKeepCollapsed(params, 0);
    const result = library.GEOSMakeValidWithParams(handle, params);
    library.GEOSMakeValidParams_destroy(params);
    return result;
  }

  /** @throws TooManyCrossings */
  unaryUnion(handle: Handle): Pointer {
    checkAlone(this.#operand(handle));
    return this.library.GEOSUnaryUnion(handle);
  }

  /** @throws TooManyCrossings */
  overlay(
    operation: 'Union' | 'Intersection' | 'Difference' | 'SymDifference',
    one: Handle,
    other: Handle,
  ): Pointer {
    checkOverlay(this.#operand(one), this.#operand(other));
    return this.library[`GEOS${operation}`](one, other);
  }

  /** Area in square units of the plane (`GEOSArea`). */
  area(handle: Handle): number {
    if (this.library.GEOSArea(handle, this.out) === 0) throw new GeosError(lastMessage());
    return this.library.Module.getValue(this.out, 'double');
  }

  /** The answer of a predicate of GEOS, which is 0 or 1. @throws GeosError for its 2, an exception */
  predicate(answer: number): boolean {
    if (answer === 2) throw new GeosError(lastMessage());
    return answer === 1;
  }

  /** `GEOSisValid`: OGC Simple Features validity. @throws GeosError */
  isValid(handle: Handle): boolean {
    const valid = this.predicate(this.library.GEOSisValid(handle));
    // What is wrong comes as a notice; it is asked for with `invalidity`.
    if (!valid) lastMessage();
    return valid;
  }

  /** `GEOSisEmpty`. @throws GeosError */
  isEmpty(handle: Handle): boolean {
    return this.predicate(this.library.GEOSisEmpty(handle));
  }

  /** `GEOSCovers`: no point of the other lies outside the one. @throws GeosError */
  covers(one: Handle, other: Handle): boolean {
    return this.predicate(this.library.GEOSCovers(one, other));
  }

  /** @returns undefined when the geometry is valid; `locate` reads and frees the point that GEOS made. */
  invalidity(handle: Handle): { readonly reason: string; readonly location: Pointer } | undefined {
    const { Module } = this.library;
    if (this.predicate(this.library.GEOSisValidDetail(handle, 0, this.out, this.out + 4))) return undefined;
    const text = Module.getValue(this.out, '*');
    const location = Module.getValue(this.out + 4, '*');
    const reason = Module.UTF8ToString(text);
    this.library.GEOSFree(text);
    return { reason, location };
  }
}

/** The operations as they are called inside {@link Geos.scope}. Distances and areas are in units of the plane. */
export class GeosScope {
  readonly geos: Geos;
  /** Takes over a geometry that GEOS made: it is freed with the scope. @throws GeosError for NULL */
  readonly keep: (pointer: Pointer) => Handle;

  constructor(geos: Geos, keep: (pointer: Pointer) => Handle) {
    this.geos = geos;
    this.keep = keep;
  }

  /** Takes a GeoJSON geometry in. */
  read(geometry: Geometry): Handle {
    return this.keep(this.geos.read(geometry));
  }

  /** Takes a geometry in as WKB. */
  readWkb(wkb: Uint8Array): Handle {
    return this.keep(this.geos.readWkb(wkb));
  }

  /** Gives a geometry out as GeoJSON, exterior rings counter-clockwise (RFC 7946 section 3.1.6). */
  geometry(handle: Handle): Geometry {
    return this.geos.geometry(handle);
  }

  /** `GEOSBufferWithParams`; the distance is in units of the plane. @throws GeosError, TooManyCrossings */
  buffer(handle: Handle, distance: number, style: BufferStyle): Handle {
    return this.keep(this.geos.buffer(handle, distance, style));
  }

  /** Repairs by structure: shells and holes keep their roles, collapsed parts are dropped. */
  makeValid(handle: Handle): Handle {
    return this.keep(this.geos.makeValid(handle));
  }

  /** Union of all parts of a collection, dimension by dimension. */
  unaryUnion(handle: Handle): Handle {
    return this.keep(this.geos.unaryUnion(handle));
  }

  /** `GEOSUnion` (OverlayNG). @throws GeosError, TooManyCrossings */
  union(one: Handle, other: Handle): Handle {
    return this.keep(this.geos.overlay('Union', one, other));
  }

  /** `GEOSIntersection` (OverlayNG). @throws GeosError, TooManyCrossings */
  intersection(one: Handle, other: Handle): Handle {
    return this.keep(this.geos.overlay('Intersection', one, other));
  }

  /** `GEOSDifference` (OverlayNG): the one without the other. @throws GeosError, TooManyCrossings */
  difference(one: Handle, other: Handle): Handle {
    return this.keep(this.geos.overlay('Difference', one, other));
  }

  /** `GEOSSymDifference` (OverlayNG). @throws GeosError, TooManyCrossings */
  symmetricDifference(one: Handle, other: Handle): Handle {
    return this.keep(this.geos.overlay('SymDifference', one, other));
  }

  /** Area in square units of the plane (`GEOSArea`). */
  area(handle: Handle): number {
    return this.geos.area(handle);
  }

  /** `GEOSisValid`: OGC Simple Features validity. @throws GeosError */
  isValid(handle: Handle): boolean {
    return this.geos.isValid(handle);
  }

  /** `GEOSisEmpty`. @throws GeosError */
  isEmpty(handle: Handle): boolean {
    return this.geos.isEmpty(handle);
  }

  /** True when no point of the other geometry lies outside the one. */
  covers(one: Handle, other: Handle): boolean {
    return this.geos.covers(one, other);
  }

  /** @returns undefined when the geometry is valid. */
  invalidity(handle: Handle): Invalidity | undefined {
    const found = this.geos.invalidity(handle);
    if (!found) return undefined;
    const point = this.keep(found.location);
    const { library, out } = this.geos;
    const coordinate = (read: typeof library.GEOSGeomGetX): number =>
      read(point, out) === 1 ? library.Module.getValue(out, 'double') : Number.NaN;
    const [x, y] = [coordinate(library.GEOSGeomGetX), coordinate(library.GEOSGeomGetY)];
    return { reason: found.reason, location: [x, y] };
  }
}

let loaded: Promise<Geos> | undefined;

/** GEOS, loaded when it is first asked for; one per worker. */
export function loadGeos(): Promise<Geos> {
  loaded ??= loadLibrary().then((library) => new Geos(library));
  return loaded;
}
