import type { Geometry } from 'geojson';
import type { RunContext } from '../../core/run/context.ts';
import { type Geos, loadGeos } from '../geos/geos.ts';
import { MAXIMUM_FAULTS } from '../layer/geometry-faults.ts';
import { computeBounds, type Layer, type LayerContent } from '../layer/layer.ts';
import { collectParts, cutAtAntimeridian } from './antimeridian.ts';
import { hasUncutAreas, warnOfUncutAreas, withUncutRunningOn } from './long-edges.ts';

/**
 * A geographic layer whose longitudes run beyond 180 or -180 (data in 0..360, or lines and areas that are led on across
 * the antimeridian) with all of them in [-180, 180], cut at the antimeridian (RFC 7946 section 3.1.9).
 */
export async function normaliseLongitudes<Content extends LayerContent>(layer: Content): Promise<Content> {
  const geos = await loadGeos();
  const uncut = new Map<number, Geometry>();
  const features = layer.features.map((feature, index) => {
    const { geometry, bbox: _, ...others } = feature;
    const bounds = geometry && computeBounds([geometry]);
    if (!bounds || (bounds[0] >= -180 && bounds[2] <= 180)) return feature;
    if (bounds[2] - bounds[0] <= 360) uncut.set(index, geometry);
    return { ...others, geometry: cutAtAntimeridian(geometry, geos) };
  });
  return { ...layer, features, uncut };
}

/**
 * The same of a layer that was read. Polygons that are not valid are repaired before they are cut, of which clients are told: they are
 * degenerate.
 */
export async function normaliseReadLongitudes(layer: Layer, context: RunContext): Promise<Layer> {
  const normal = await normaliseLongitudes(layer);
  const geos = await loadGeos();
  const repaired = new Map<number, string>();
  for (const [index, geometry] of normal.uncut ?? []) noteInvalid(geometry, index, repaired, geos);
  return withRepaired(normal, repaired, context);
}

/**
 * A layer in longitudes and latitudes in which areas that are not valid and cross the antimeridian uncut are repaired the way that their
 * edges are meant, and cut there: in the plane of longitudes and latitudes they would lie all around the globe.
 */
export async function cutInvalidAreas(layer: Layer, context: RunContext): Promise<Layer> {
  const geos = await loadGeos();
  const repaired = new Map<number, string>();
  const cut: number[] = [];
  const features = layer.features.map((feature, index) => {
    const { geometry } = feature;
    const [west = 0, , east = 0] = computeBounds([geometry]) ?? [];
    if (!geometry || east - west <= 180 || !hasUncutAreas(geometry)) return feature;
    const running = withUncutRunningOn(geometry);
    noteInvalid(running, index, repaired, geos);
    // What is valid one way need not be so the other way.
    const isValid = geos.scope((scope) => scope.isValid(scope.read(geometry)));
    if (isValid && !repaired.has(index)) return feature;
    cut.push(index);
    return { ...feature, geometry: cutAtAntimeridian(running, geos) };
  });
  const [first] = cut;
  if (first === undefined) return layer;
  warnOfUncutAreas(context, layer.geometryPointer(first));
  return withRepaired({ ...layer, features }, repaired, context);
}

/** Notes what is wrong with a polygon of a geometry that runs on across the antimeridian. */
function noteInvalid(geometry: Geometry, index: number, notes: Map<number, string>, geos: Geos): void {
  geos.scope((scope) => {
    for (const coordinates of collectParts(geometry).polygons) {
      const polygon: Geometry = { type: 'Polygon', coordinates };
      const [west = 0, , east = 0] = computeBounds([polygon]) ?? [];
      if (Math.floor((west + 180) / 360) === Math.ceil((east - 180) / 360)) continue;
      const found = scope.invalidity(scope.read(polygon));
      if (!found) continue;
      const [x, y] = found.location;
      notes.set(index, `crosses the antimeridian and is not valid: ${found.reason} at [${x}, ${y}]`);
    }
  });
}

function withRepaired(layer: Layer, repaired: ReadonlyMap<number, string>, { warn }: RunContext): Layer {
  if (repaired.size === 0) return layer;
  warn(
    `${repaired.size} features have invalid polygons that cross the antimeridian; they were repaired before they were cut there.`,
    {
      first: [...repaired.keys()].slice(0, MAXIMUM_FAULTS).map(layer.geometryPointer),
    },
  );
  return { ...layer, degenerate: new Map([...repaired, ...(layer.degenerate ?? [])]) };
}
