import { REFERENCED_BYTES, type RunContext, type Source } from '../../../core/run/context.ts';
import { isArchive } from '../kml/kmz.ts';
import { inflated, readZipEntries } from '../shapefile/zip.ts';

/** Files that are layers by themselves, by their extensions. */
const LAYER = /\.(?:geojson|json|geojsonl|geojsons|gpkg|fgb|parquet|geoparquet|csv)$/i;
/** What makes of an archive another format: a Shapefile, a geodatabase, a KMZ. */
const OTHERS = /\.(?:shp|gdbtable|kml)$/i;

/**
 * The one layer that was put into an archive only to make it smaller, as a source; undefined of other archives and files.
 *
 * @throws LimitExceeded where it would be larger than the process takes
 */
export function innerSource(source: Source, bytes: Uint8Array, { limits }: RunContext): Source | undefined {
  if (!isArchive(bytes)) return undefined;
  const entries = readZipEntries(bytes);
  const [inner, ...more] = entries.filter(({ name }) => LAYER.test(name));
  if (!inner || more.length > 0 || entries.some(({ name }) => OTHERS.test(name))) return undefined;
  const limit = limits.referencedBytes ?? REFERENCED_BYTES;
  const content = inflated(bytes, [inner], limit, source.pointer).get(inner.name);
  if (!content) return undefined;
  const { pointer, layer } = source;
  return {
    pointer,
    ...(layer === undefined ? {} : { layer }),
    href: `file:///${encodeURIComponent(inner.name.replace(/^.*\//, ''))}`,
    size: async () => content.length,
    read: async (offset, length) => content.subarray(offset, offset + length),
    bytes: async () => content,
  };
}
