import { isTrap } from '../parallel/errors.ts';

/** A pointer into the memory of the WebAssembly module; 0 is NULL. */
export type Pointer = number;

/** The part of geos-wasm (the C API of GEOS 3.13 compiled to WebAssembly) that the project calls. */
export interface GeosLibrary {
  readonly Module: {
    readonly HEAPU8: Uint8Array;
    readonly HEAPU32: Uint32Array;
    _malloc(size: number): Pointer;
    _free(pointer: Pointer): void;
    getValue(pointer: Pointer, type: 'double' | 'i32' | '*'): number;
    UTF8ToString(pointer: Pointer): string;
  };
  GEOSFree(buffer: Pointer): void;
  GEOSGeom_destroy(geometry: Pointer): void;
  GEOSWKBReader_create(): Pointer;
  GEOSWKBReader_read(reader: Pointer, wkb: Pointer, size: number): Pointer;
  GEOSWKBWriter_create(): Pointer;
  GEOSWKBWriter_setFlavor(writer: Pointer, flavour: number): void;
  GEOSWKBWriter_setOutputDimension(writer: Pointer, dimension: number): void;
  GEOSWKBWriter_write(writer: Pointer, geometry: Pointer, size: Pointer): Pointer;
  GEOSBufferParams_create(): Pointer;
  GEOSBufferParams_destroy(params: Pointer): void;
  GEOSBufferParams_setEndCapStyle(params: Pointer, style: number): number;
  GEOSBufferParams_setJoinStyle(params: Pointer, style: number): number;
  GEOSBufferParams_setMitreLimit(params: Pointer, limit: number): number;
  GEOSBufferParams_setQuadrantSegments(params: Pointer, segments: number): number;
  GEOSBufferParams_setSingleSided(params: Pointer, singleSided: number): number;
  GEOSBufferWithParams(geometry: Pointer, params: Pointer, distance: number): Pointer;
  GEOSMakeValidParams_create(): Pointer;
  GEOSMakeValidParams_destroy(params: Pointer): void;
  GEOSMakeValidParams_setMethod(params: Pointer, method: number): number;
  GEOSMakeValidParams_setKeepCollapsed(params: Pointer, keep: number): number;
  GEOSMakeValidWithParams(geometry: Pointer, params: Pointer): Pointer;
  GEOSGeom_clone(geometry: Pointer): Pointer;
  GEOSGeom_createCollection(type: number, geometries: Pointer, count: number): Pointer;
  GEOSGeomGetX(point: Pointer, x: Pointer): number;
  GEOSGeomGetY(point: Pointer, y: Pointer): number;
  GEOSHasZ(geometry: Pointer): number;
  GEOSGeomTypeId(geometry: Pointer): number;
  GEOSGetNumGeometries(geometry: Pointer): number;
  GEOSGetNumCoordinates(geometry: Pointer): number;
  GEOSOrientPolygons(geometry: Pointer, exteriorClockwise: number): number;
  GEOSUnaryUnion(geometry: Pointer): Pointer;
  GEOSUnion(one: Pointer, other: Pointer): Pointer;
  GEOSIntersection(one: Pointer, other: Pointer): Pointer;
  GEOSDifference(one: Pointer, other: Pointer): Pointer;
  GEOSSymDifference(one: Pointer, other: Pointer): Pointer;
  GEOSArea(geometry: Pointer, area: Pointer): number;
  GEOSisValid(geometry: Pointer): number;
  GEOSisValidDetail(geometry: Pointer, flags: number, reason: Pointer, location: Pointer): number;
  GEOSisEmpty(geometry: Pointer): number;
  GEOSCovers(one: Pointer, other: Pointer): number;
  GEOSEquals(one: Pointer, other: Pointer): number;
  GEOSDistance(one: Pointer, other: Pointer, distance: Pointer): number;
  GEOSGetCentroid(geometry: Pointer): Pointer;
  GEOSPointOnSurface(geometry: Pointer): Pointer;
  GEOSConvexHull(geometry: Pointer): Pointer;
  GEOSConcaveHull(geometry: Pointer, ratio: number, allowHoles: number): Pointer;
  GEOSEnvelope(geometry: Pointer): Pointer;
  GEOSMinimumRotatedRectangle(geometry: Pointer): Pointer;
  GEOSMinimumBoundingCircle(geometry: Pointer, radius: Pointer, centre: Pointer): Pointer;
  GEOSSimplify(geometry: Pointer, tolerance: number): Pointer;
  GEOSTopologyPreserveSimplify(geometry: Pointer, tolerance: number): Pointer;
  GEOSCoverageSimplifyVW(coverage: Pointer, tolerance: number, preserveBoundary: number): Pointer;
  GEOSPrepare(geometry: Pointer): Pointer;
  GEOSPreparedGeom_destroy(prepared: Pointer): void;
  GEOSPreparedIntersects(prepared: Pointer, other: Pointer): number;
  GEOSPreparedIntersectsXY(prepared: Pointer, x: number, y: number): number;
  GEOSPreparedContainsXY(prepared: Pointer, x: number, y: number): number;
  GEOSPreparedContains(prepared: Pointer, other: Pointer): number;
  GEOSPreparedWithin(prepared: Pointer, other: Pointer): number;
  GEOSPreparedTouches(prepared: Pointer, other: Pointer): number;
  GEOSPreparedCrosses(prepared: Pointer, other: Pointer): number;
  GEOSPreparedOverlaps(prepared: Pointer, other: Pointer): number;
  GEOSPreparedCovers(prepared: Pointer, other: Pointer): number;
  GEOSPreparedCoveredBy(prepared: Pointer, other: Pointer): number;
  GEOSPreparedDisjoint(prepared: Pointer, other: Pointer): number;
  GEOSPreparedDistance(prepared: Pointer, other: Pointer, distance: Pointer): number;
}

/** What GEOS said, newest last; bounded, as it may complain once per vertex. */
const messages: string[] = [];
const keep = (message: string): void => {
  if (messages.push(message) > 20) messages.shift();
};

let loading: Promise<GeosLibrary> | undefined;

/**
 * Loads GEOS once per worker, when it is first needed (about 50 ms). Both handlers must be given: without them
 * the library throws a JavaScript error through WebAssembly frames, which leaks memory.
 */
export function loadLibrary(): Promise<GeosLibrary> {
  loading ??= import('geos-wasm').then((module) => {
    const initialise = (module as unknown as { default: (handlers: object) => Promise<GeosLibrary> }).default;
    return initialise({ errorHandler: keep, noticeHandler: keep });
  });
  return loading;
}

let hasStopped = false;

/**
 * Notes an error after which nobody knows in which state the memory of the library is: it is not called again, and the thread
 * has to be ended, as the library cannot be loaded twice.
 *
 * @returns whether it is such an error
 */
export function noteTrap(error: unknown): boolean {
  if (isTrap(error)) hasStopped = true;
  return isTrap(error);
}

/** Whether there is nothing left to be freed. */
export const isStopped = (): boolean => hasStopped;

/** Takes the last message of GEOS, for the error that follows it. */
export function lastMessage(): string {
  const message = messages.at(-1) ?? 'GEOS gave no reason';
  messages.length = 0;
  return message;
}
