import type { Feature } from 'geojson';
import { isObject } from '../shared/json.ts';

/** A page of features, as a server of OGC API - Features answers it. */
export interface CollectionPage {
  readonly features: readonly Feature[];
  /** Address of the next page. */
  readonly next: string | undefined;
  /** Features of all pages, where the server says so. */
  readonly matched: number | undefined;
}

/** Deepest levels of arrays in the coordinates of each type. */
const levels: Readonly<Record<string, number>> = {
  Point: 1,
  MultiPoint: 2,
  LineString: 2,
  MultiLineString: 3,
  Polygon: 3,
  MultiPolygon: 4,
};

/**
 * Reads a page. What makes no sense as GeoJSON is found here, so that bounding boxes and filters can look at it; whether
 * its geometries are valid is found out when the layer is read.
 *
 * @param href where the page was answered, which the next one may be relative to.
 * @returns the page, or what is wrong with it: the rest of a sentence about the answer
 */
export function readPage(document: unknown, href: string): CollectionPage | string {
  if (!isObject(document) || document['type'] !== 'FeatureCollection' || !Array.isArray(document['features']))
    return 'is not a GeoJSON FeatureCollection. Check that the URL is that of a collection of OGC API - Features.';
  const features: Feature[] = [];
  for (const [index, feature] of document['features'].entries()) {
    const fault = featureFault(feature);
    if (fault !== undefined) return `has a member /features/${index} that ${fault}`;
    features.push({ ...feature, geometry: feature.geometry ?? null });
  }
  const { links, numberMatched } = document;
  const found = Array.isArray(links)
    ? links.find((link) => isObject(link) && link['rel'] === 'next')
    : undefined;
  const matched = Number.isSafeInteger(numberMatched) ? (numberMatched as number) : undefined;
  if (found === undefined) return { features, next: undefined, matched };
  const next = typeof found.href === 'string' ? URL.parse(found.href, href) : null;
  if (!next) return `names a next page that is not a URL: ${JSON.stringify(found.href)}.`;
  return { features, next: next.href, matched };
}

function featureFault(value: unknown): string | undefined {
  if (!isObject(value) || value['type'] !== 'Feature') return 'is not a GeoJSON Feature.';
  const { geometry, properties } = value;
  if (properties !== undefined && properties !== null && !isObject(properties))
    return 'has "properties" that are not an object.';
  return geometry === undefined || geometry === null || isGeometry(geometry)
    ? undefined
    : 'has no GeoJSON geometry.';
}

function isGeometry(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { type, coordinates, geometries } = value;
  if (type === 'GeometryCollection') return Array.isArray(geometries) && geometries.every(isGeometry);
  const depth = typeof type === 'string' && Object.hasOwn(levels, type) ? (levels[type] ?? 0) : 0;
  return depth > 0 && areCoordinates(coordinates, depth);
}

/** Arrays of the right depth with numbers at the bottom; empty ones are empty geometries. */
const areCoordinates = (value: unknown, depth: number): boolean =>
  Array.isArray(value) &&
  value.every((item) => (depth === 1 ? typeof item === 'number' : areCoordinates(item, depth - 1)));
