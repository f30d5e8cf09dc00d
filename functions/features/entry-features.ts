import type { Feature, FeatureCollection } from 'geojson';
import { entryBytes, type ResultEntry } from '../../core/execution/manifest.ts';
import type { Storage } from '../../core/ports.ts';
import { parseExact } from '../../core/shared/exact-json.ts';
import { MediaType } from '../../core/shared/uris.ts';

/** Features of a result that is GeoJSON; undefined of any other, and of one that was removed. */
export async function entryFeatures(
  entry: ResultEntry,
  storage: Pick<Storage, 'get'>,
): Promise<readonly Feature[] | undefined> {
  if (entry.mediaType !== MediaType.geojson) return undefined;
  const bytes = entry.key === undefined ? entryBytes(entry) : (await storage.get(entry.key))?.body;
  return bytes && (parseExact(new TextDecoder().decode(bytes)) as FeatureCollection).features;
}
