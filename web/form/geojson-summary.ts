import type { LayerAnswer } from './description.ts';
import { boundsOfPositions, isInDegrees } from './layer-place.ts';
import { summariseProperties } from './property-summary.ts';

/** What positions are without a word of their CRS, named as the service names it. */
const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';

interface Feature {
  readonly type: string;
  readonly geometry?: Geometry | null;
  readonly properties?: Readonly<Record<string, unknown>> | null;
}

interface Geometry {
  readonly type: string;
  readonly coordinates?: unknown;
}

/**
 * What GeoJSON has, as the process `layer-info` would say it; undefined for what is no GeoJSON, and for what the service has to look
 * at: positions that are no degrees without a word of their CRS, and JSON-FG, which has them elsewhere too.
 *
 * @param isPlaced whether their CRS is said elsewhere
 */
export function summariseGeojson(value: unknown, isPlaced = false): LayerAnswer | undefined {
  if (typeof value !== 'object' || value === null || !('type' in value) || 'coordRefSys' in value)
    return undefined;
  const features = featuresIn(value as { type: unknown; features?: unknown });
  if (!features) return undefined;
  const geometries = features.flatMap(({ geometry }) => (geometry ? [geometry] : []));
  const bbox = boundsOfPositions(geometries);
  const crs = isPlaced ? undefined : (namedCrs(value) ?? (bbox && !isInDegrees(bbox) ? undefined : CRS84));
  if (crs === undefined && !isPlaced) return undefined;
  const faults = features.flatMap(({ geometry }, feature) => {
    const fault = geometry && faultIn(geometry);
    return fault ? [{ feature, fault }] : [];
  });
  return {
    count: features.length,
    withoutGeometry: features.length - geometries.length,
    geometryTypes: countTypes(geometries),
    ...(crs === undefined ? {} : { crs }),
    bbox: bbox ?? null,
    properties: summariseProperties(features.map(({ properties }) => properties ?? {})),
    faults,
  };
}

/** The code in a name such as `urn:ogc:def:crs:EPSG::28992`, or the name. */
function namedCrs(value: object): string | undefined {
  const { crs } = value as { readonly crs?: { readonly properties?: { readonly name?: unknown } } | null };
  const name = crs?.properties?.name;
  if (typeof name !== 'string') return undefined;
  const [, authority, code] = /^urn:ogc:def:crs:(\w+):[^:]*:(\w+)$/.exec(name) ?? [];
  if (code === 'CRS84') return CRS84;
  return authority === undefined ? name : `${authority}:${code}`;
}

function featuresIn(value: {
  readonly type: unknown;
  readonly features?: unknown;
}): readonly Feature[] | undefined {
  if (value.type === 'FeatureCollection' && Array.isArray(value.features))
    return value.features.every((feature) => typeof feature === 'object' && feature !== null)
      ? (value.features as Feature[])
      : undefined;
  if (value.type === 'Feature') return [value as Feature];
  if ('coordinates' in value || 'geometries' in value)
    return [{ type: 'Feature', geometry: value as Geometry }];
  return undefined;
}

function countTypes(geometries: readonly Geometry[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of geometries) counts[type] = (counts[type] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** What is mended at reading, as the service calls it: what takes no computing to be seen. */
function faultIn({ type, coordinates }: Geometry): string | undefined {
  const rings = type === 'Polygon' ? coordinates : type === 'MultiPolygon' ? flatOnce(coordinates) : [];
  if (!Array.isArray(rings)) return undefined;
  return rings.some((ring) => Array.isArray(ring) && ring.length > 0 && !isClosed(ring))
    ? 'has a ring that is not closed'
    : undefined;
}

const flatOnce = (value: unknown): unknown => (Array.isArray(value) ? value.flat() : value);

function isClosed(ring: readonly unknown[]): boolean {
  const [first, last] = [ring[0], ring.at(-1)];
  return Array.isArray(first) && Array.isArray(last) && first[0] === last[0] && first[1] === last[1];
}
