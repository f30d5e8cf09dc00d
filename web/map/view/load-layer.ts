import type { Feature, Geometry } from 'geojson';
import { containsExtent, type Extent, getCenter, getHeight, getWidth } from 'ol/extent.js';
import type Projection from 'ol/proj/Projection.js';
import { transformExtent } from 'ol/proj.js';
import { pastedGeometries } from '../../../core/forms/both-sides/pasted-wkt.ts';
import { mapStrings } from '../../../strings/map.ts';
import { findProjection } from '../crs/projection.ts';
import type { CrsReference } from '../crs/reference.ts';
import { FeatureStore } from '../data/feature-store.ts';
import { readGeoJson } from '../data/read-geojson.ts';
import { parseInPieces } from '../data/stream-geojson.ts';
import { type FeatureSource, type Shown, VectorMapLayer } from '../vector/vector-layer.ts';
import { plainStyle } from '../vector/vector-style.ts';
import type { LayerRequest, MapLayer } from './layer.ts';

/** FlatGeobufs of more features are read by extent. */
const MOST_AT_ONCE = 20_000;

/** Reads a layer: its format decides how. What cannot be drawn is thrown as an error that a person can read. */
export async function loadLayer(request: LayerRequest, map: Projection, number: number): Promise<MapLayer> {
  const type = (request.type ?? '').split(';')[0]?.trim() ?? '';
  if (request.convertAt === undefined && type.startsWith('image/tiff')) {
    const { loadRaster } = await import('../raster/load-raster.ts');
    return loadRaster(request, map);
  }
  return new VectorMapLayer(request, await readFeatures(request, type, map), plainStyle(number));
}

function readFeatures(request: LayerRequest, type: string, map: Projection): Promise<FeatureSource> {
  const { href, byExtent, convertAt } = request;
  if (convertAt !== undefined) return readWhole(request, map);
  if (href !== undefined && type === 'application/flatgeobuf') return readFlatGeobuf(href, map);
  if (href !== undefined && byExtent) return readItems(href, byExtent, map);
  return readWhole(request, map);
}

async function readWhole(request: LayerRequest, map: Projection): Promise<FeatureSource> {
  const { features, crs } = readGeoJson(await readDocument(request));
  const store = await makeStore(features, crs, map);
  return { first: { store, note: '' }, extent: store.extent };
}

async function readDocument({ data, file, href = '', convertAt, source }: LayerRequest): Promise<unknown> {
  if (data !== undefined) return readData(data);
  if (file) return parseInPieces(file.stream());
  if (convertAt === undefined) return fetchJson(href);
  const { convertToGeoJson } = await import('../data/convert.ts');
  return convertToGeoJson(convertAt, source ?? href);
}

/** GeoJSON as it is; well-known text, as forms send it, by a module that few maps need. */
async function readData(data: unknown): Promise<unknown> {
  const geometries = pastedGeometries(data);
  if (!geometries) return data;
  const { readWkt } = await import('../data/read-wkt.ts');
  return readWkt(geometries);
}

async function fetchJson(href: string): Promise<unknown> {
  const response = await fetch(href, { headers: { Accept: 'application/geo+json, application/json;q=0.9' } });
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`.trim());
  return response.body ? parseInPieces(response.body) : response.json();
}

async function makeStore(
  features: readonly Feature<Geometry | null>[],
  crs: CrsReference | undefined,
  map: Projection,
): Promise<FeatureStore> {
  return FeatureStore.make(features, await requireProjection(crs, firstPosition(features)), map);
}

async function requireProjection(crs: CrsReference | undefined, at?: readonly number[]): Promise<Projection> {
  const projection = crs && (await findProjection(crs, at));
  if (!projection) throw new Error(mapStrings.unknownCrs);
  return projection;
}

function firstPosition(features: readonly Feature<Geometry | null>[]): number[] | undefined {
  const found = features.find(({ geometry }) => geometry && 'coordinates' in geometry)?.geometry;
  let part: unknown = found && 'coordinates' in found ? found.coordinates : undefined;
  while (Array.isArray(part) && Array.isArray(part[0])) part = part[0] as unknown;
  return Array.isArray(part) ? (part as number[]) : undefined;
}

/** All features of a collection where a page holds them, else those of the extent that is looked at. */
async function readItems(href: string, bounds: readonly number[], map: Projection): Promise<FeatureSource> {
  const { Items } = await import('../data/items.ts');
  const items = new Items(href);
  const degrees = await requireProjection({});
  const toStore = async (document: unknown, signal?: AbortSignal) =>
    FeatureStore.make(readGeoJson(document).features, degrees, map, signal);
  const page = await items.all();
  const store = await toStore(page.document);
  const total = page.matched;
  if (store.features.length >= total) return { first: { store, note: '' }, extent: store.extent };
  const first = { store, note: mapStrings.itemsShown(store.features.length, total) };
  const [west = -180, south = -90, east = 180, north = 90] = bounds;
  const all = west <= east ? [west, south, east, north] : [-180, south, 180, north];
  const extent = transformExtent(all, degrees, map, 8);
  const load = async (shown: Extent, _: number, signal: AbortSignal): Promise<Shown> => {
    if (containsExtent(shown, extent)) return first;
    const { document, matched } = await items.within(transformExtent(shown, map, degrees, 8), signal);
    const part = await toStore(document, signal);
    const count = part.features.length;
    const note =
      count < matched ? mapStrings.itemsShown(count, matched) : mapStrings.partShown(count, total, false);
    return { store: part, note };
  };
  return { first, extent, load };
}

async function readFlatGeobuf(href: string, map: Projection): Promise<FeatureSource> {
  const { openFlatGeobuf } = await import('../data/flatgeobuf.ts');
  const file = await openFlatGeobuf(href, MOST_AT_ONCE);
  const own = file.extent ?? [-180, -90, 180, 90];
  const projection = await requireProjection(file.crs, getCenter([...own]));
  const store = async (features: readonly Feature<Geometry>[]) =>
    FeatureStore.make(features, projection, map);
  if (!file.isIndexed) {
    const all = await store(await file.read(own, MOST_AT_ONCE));
    return { first: { store: all, note: '' }, extent: all.extent };
  }
  const extent = transformExtent([...own], projection, map, 8);
  const boxes = { store: await store(await file.readBoxes()), note: mapStrings.boxes(file.total) };
  const load = async (shown: Extent, _: number, signal: AbortSignal): Promise<Shown> => {
    const part = (getWidth(shown) * getHeight(shown)) / (getWidth(extent) * getHeight(extent));
    const isWide = containsExtent(shown, extent) || file.total * part > MOST_AT_ONCE;
    if (isWide) return boxes;
    const features = await file.read(transformExtent(shown, map, projection, 8), MOST_AT_ONCE, signal);
    const isCut = features.length === MOST_AT_ONCE;
    return { store: await store(features), note: mapStrings.partShown(features.length, file.total, isCut) };
  };
  return { first: boxes, extent, load };
}
