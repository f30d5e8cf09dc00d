import { extentOfPositions, type Place } from './layer-place.ts';

interface Feature {
  readonly type: string;
  readonly geometry?: { readonly type: string } | null;
  readonly properties?: Readonly<Record<string, unknown>> | null;
}

/**
 * What GeoJSON has, said in a line, and the names of its properties; undefined for what is no GeoJSON, and for what the service has to
 * look at: positions that are no degrees, without a word of their CRS.
 *
 * @param isPlaced whether their CRS is said elsewhere
 */
export function summariseGeojson(
  value: unknown,
  isPlaced = false,
):
  | { readonly text: string; readonly properties: readonly string[]; readonly place: Place | undefined }
  | undefined {
  if (typeof value !== 'object' || value === null || !('type' in value)) return undefined;
  const features = featuresIn(value as { type: unknown; features?: unknown });
  if (!features) return undefined;
  const types = [...new Set(features.flatMap(({ geometry }) => (geometry ? [geometry.type] : [])))];
  const properties = [...new Set(features.flatMap(({ properties: own }) => Object.keys(own ?? {})))];
  const place = extentOfPositions(features.map(({ geometry }) => geometry));
  if (!place && types.length > 0 && !isPlaced && !namesCrs(value)) return undefined;
  const count = `${features.length.toLocaleString('en')} ${features.length === 1 ? 'feature' : 'features'}`;
  const named =
    properties.length === 0 ? '' : `${properties.slice(0, 8).join(', ')}${properties.length > 8 ? ' …' : ''}`;
  return { text: [count, types.join(', '), named].filter(Boolean).join(' · '), properties, place };
}

const namesCrs = (value: object): boolean =>
  ['crs', 'coordRefSys'].some((name) => (value as Readonly<Record<string, unknown>>)[name] !== undefined);

function featuresIn(value: {
  readonly type: unknown;
  readonly features?: unknown;
}): readonly Feature[] | undefined {
  if (value.type === 'FeatureCollection' && Array.isArray(value.features)) return value.features as Feature[];
  if (value.type === 'Feature') return [value as Feature];
  if ('coordinates' in value || 'geometries' in value)
    return [{ type: 'Feature', geometry: value as { type: string } }];
  return undefined;
}
