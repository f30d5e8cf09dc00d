import type { Geometry } from 'geojson';
import type { RunContext } from '../../core/run/context.ts';
import { counted } from '../../core/shared/quote.ts';
import { type Geos, loadGeos } from '../geos/geos.ts';
import { MAXIMUM_FAULTS } from '../layer/geometry-faults.ts';
import { computeBounds, type Layer, type LayerContent } from '../layer/layer.ts';
import { collectParts, cutAtAntimeridian } from './antimeridian.ts';
import { withUncutRunningOn } from './long-edges.ts';

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
 * The same of a layer that was read. Lines and areas with edges of more than half a turn that cross the antimeridian without longitudes
 * that run on are cut there as well, of which clients are told, as it is a guess. So are polygons that are not valid and are repaired
 * before they are cut: they are degenerate.
 */
export async function normaliseReadLongitudes(layer: Layer, context: RunContext): Promise<Layer> {
  const geos = await loadGeos();
  const normal = await normaliseLongitudes(withLongEdgesRunningOn(layer, geos, context));
  const repaired = new Map<number, string>();
  for (const [index, geometry] of normal.uncut ?? []) noteInvalid(geometry, index, repaired, geos);
  return withRepaired(normal, repaired, context);
}

function withLongEdgesRunningOn(layer: Layer, geos: Geos, { warn }: RunContext): Layer {
  const crossing: number[] = [];
  const features = layer.features.map((feature, index) => {
    const { geometry } = feature;
    const [west = 0, , east = 0] = computeBounds([geometry]) ?? [];
    const running = geometry && east - west > 180 ? withUncutRunningOn(geometry, geos) : geometry;
    if (running === geometry) return feature;
    crossing.push(index);
    return { ...feature, geometry: running };
  });
  const [first] = crossing;
  if (first === undefined) return layer;
  warn(
    `${counted(crossing.length, 'feature has', 'features have')} edges that span more than 180 degrees of longitude. They are assumed to take the shorter path, across the antimeridian. For the longer path, add vertices to these edges.`,
    { first: layer.geometryPointer(first) },
  );
  return { ...layer, features };
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
