import type { Geos, GeosScope, Handle } from './geos.ts';

/** Numbers of the types in GEOS; those of lines come with their closed form, which it has apart. */
const dimensions = [0, 1, 1, 2, 0, 1, 2] as const;
const MULTI_POLYGON = 6;
const COLLECTION = 7;

/** 0 of points, 1 of lines, 2 of areas; undefined of collections, which may have several. */
export const readDimension = ({ library }: Geos, geometry: Handle): 0 | 1 | 2 | undefined =>
  dimensions[library.GEOSGeomTypeId(geometry)];

/** Number of positions, ends of rings counted twice as in GeoJSON. */
export const vertexCount = ({ library }: Geos, geometry: Handle): number =>
  library.GEOSGetNumCoordinates(geometry);

/** A collection of copies of geometries, which stay what they are. */
export function collected({ geos, keep }: GeosScope, geometries: readonly Handle[]): Handle {
  const { library } = geos;
  const { Module } = library;
  const polygons = geometries.every((geometry) => library.GEOSGeomTypeId(geometry) === 3);
  const copies = geometries.map((geometry) => library.GEOSGeom_clone(geometry));
  const list = Module._malloc(copies.length * 4);
  Module.HEAPU32.set(copies, list / 4);
  const collection = library.GEOSGeom_createCollection(
    polygons ? MULTI_POLYGON : COLLECTION,
    list,
    copies.length,
  );
  Module._free(list);
  return keep(collection);
}
