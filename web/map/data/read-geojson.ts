import type { Feature, FeatureCollection, Geometry } from 'geojson';
import { type CrsReference, parseReference } from '../crs/reference.ts';

/** Features as they are in a document, and the CRS of their positions. */
export interface ReadFeatures {
  readonly features: readonly Feature<Geometry | null>[];
  /** Undefined where the document names a CRS that is not understood. */
  readonly crs: CrsReference | undefined;
  /** How many there are in all, where not all were read. */
  readonly total?: number;
}

type Document = (FeatureCollection | Feature | Geometry) & {
  readonly crs?: { readonly properties?: { readonly name?: unknown } };
  readonly coordRefSys?: unknown;
};

/** Types of documents that can be drawn. */
const geometryTypes = [
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
  'GeometryCollection',
];

/**
 * A collection, a feature or a geometry as features. Positions of JSON-FG's `place` are not read: `geometry` has the
 * same in degrees.
 *
 * @throws Error for other documents
 */
export function readGeoJson(document: unknown): ReadFeatures {
  const { type } = (document ?? {}) as { type?: unknown };
  const read = document as Document;
  const features = readFeatures(read, type);
  if (!features) throw new Error('not GeoJSON');
  const name = read.crs?.properties?.name;
  return { features, crs: typeof name === 'string' ? parseReference(name) : {} };
}

function readFeatures(document: Document, type: unknown): readonly Feature<Geometry | null>[] | undefined {
  if (type === 'FeatureCollection') return (document as FeatureCollection).features;
  if (type === 'Feature') return [document as Feature];
  if (!geometryTypes.includes(String(type))) return undefined;
  return [{ type: 'Feature', properties: {}, geometry: document as Geometry }];
}
