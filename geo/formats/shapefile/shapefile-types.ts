import type { Geometry } from 'geojson';

/** Numbers of the ESRI Shapefile Technical Description (July 1998) for .shp and .shx files. */
export const FILE_CODE = 9994;
export const FILE_VERSION = 1000;
export const HEADER_BYTES = 100;
export const RECORD_HEADER_BYTES = 8;

/** Shape types; those with heights are 10 more, those with measures alone 20 more. */
export const ShapeType = { none: 0, point: 1, line: 3, polygon: 5, multiPoint: 8 } as const;
export type ShapeType = (typeof ShapeType)[keyof typeof ShapeType];
/** Surfaces in space. */
export const MULTIPATCH = 31;
export const POINT_Z_OFFSET = 10;
export const MEASURES = 20;

/** Measures and heights below this are no data. */
export const LEAST_VALUE = -1e38;
export const NO_MEASURE = -1e39;

/** The type that holds a geometry; undefined for collections, which the format does not have. */
export function chooseShapeType({ type }: Geometry): ShapeType | undefined {
  switch (type) {
    case 'Point':
      return ShapeType.point;
    case 'MultiPoint':
      return ShapeType.multiPoint;
    case 'LineString':
    case 'MultiLineString':
      return ShapeType.line;
    case 'Polygon':
    case 'MultiPolygon':
      return ShapeType.polygon;
    case 'GeometryCollection':
      return undefined;
  }
}
