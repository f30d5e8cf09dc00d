import type { Geometry } from 'geojson';
import type { RunContext } from '../../../core/run/context.ts';
import { counted } from '../../../core/shared/quote.ts';
import { makeRectangle } from '../../../core/shared/rectangle.ts';
import { type Crs, crs84 } from '../../crs/crs.ts';
import { outlineOf, transformBounds } from '../../crs/transform-bounds.ts';
import { transformBetweenCrs } from '../../crs/transformation.ts';
import { collectParts, geometryFromParts, type Parts } from '../../geodesy/antimeridian.ts';
import { alongPlane, densified } from '../../geodesy/densify.ts';
import type { Bounds } from '../../geometry/bounds.ts';
import { type Geos, loadGeos } from '../../geos/geos.ts';
import { computeBounds, type Layer } from '../../layer/layer.ts';
import type { Move, PlaceRest } from '../../reproject/reproject.ts';
import { computeGridBounds } from './grid.ts';
import { type LocatedGrid, layerOnGrid } from './longitudes.ts';

/** Share of the size of a raster by which parts of geometries may lie beside it: more than edges bend over its length. */
const MARGIN = 0.5;

/**
 * Degrees of longitude that a polygon has to span for its edges to be followed on the globe. Transverse Mercator and its like place the
 * corners of one that lies about half of the globe, but edges that are straight between such places run somewhere else.
 */
const WIDE = 60;

/** Pieces of an edge over the length of a raster: parallels bend by less than a ten-thousandth of it between two of them. */
const PIECES = 64;

/**
 * A layer that is only compared with a raster, on the grid of it. What has no place in the CRS of the raster lies outside of it: such
 * points and polygons get no geometry, and of polygons that reach there what lies about the raster is left. Clients are told. Of polygons
 * in degrees that are wider than 60 of them what lies about the raster is left as well, with vertices along its edges.
 *
 * @throws InvalidRequest with a pointer to each polygon without a place in the CRS of which it cannot be told whether it meets the raster
 */
export async function operandOnGrid(layer: Layer, grid: LocatedGrid, context: RunContext): Promise<Layer> {
  const beyond: number[] = [];
  let boxes: readonly Bounds[] | undefined;
  const findBoxes: FindBoxes = () => {
    boxes ??= boxesAround(grid);
    return boxes;
  };
  const placeRest: PlaceRest = async (geometry, index, move) => {
    const placing = { crs: layer.crs, around: findBoxes(), move, geos: await loadGeos() };
    const placed = await placeParts(geometry, placing);
    if (placed !== undefined) beyond.push(index);
    return placed;
  };
  const near = await wideNearGrid(layer, grid, findBoxes);
  const moved = await layerOnGrid(near, grid, context, placeRest);
  const [first] = beyond;
  if (first !== undefined)
    context.warn(
      `${counted(beyond.length, 'feature has', 'features have')} positions that cannot be transformed to ${grid.crs.name}, the CRS of the raster. These positions are outside the raster.`,
      { first: layer.geometryPointer(first) },
    );
  return moved;
}

/** Boxes about the raster, which are computed once and only where something asks for them. */
type FindBoxes = () => readonly Bounds[];

/** The layer with what of its wide polygons lies about a raster in a plane, its edges divided; as it is where nothing is wide. */
async function wideNearGrid(layer: Layer, grid: LocatedGrid, findBoxes: FindBoxes): Promise<Layer> {
  if (!layer.crs.isGeographic || grid.crs.isGeographic) return layer;
  const isWide = layer.features.map(({ geometry }) => geometry !== null && spanOf(geometry) > WIDE);
  if (!isWide.includes(true)) return layer;
  const around = findBoxes();
  if (around.length === 0) return layer;
  const geos = await loadGeos();
  const features = layer.features.map((feature, index) =>
    feature.geometry && isWide[index]
      ? { ...feature, geometry: nearBoxes(feature.geometry, around, geos) }
      : feature,
  );
  return { ...layer, features };
}

function spanOf(geometry: Geometry): number {
  const [west = 0, , east = 0] = computeBounds([geometry]) ?? [];
  return east - west;
}

function nearBoxes(geometry: Geometry, boxes: readonly Bounds[], geos: Geos): Geometry | null {
  const { points, lines, polygons } = collectParts(geometry);
  if (polygons.length === 0) return geometry;
  const largest = boxes.reduce(
    (most, [west, south, east, north]) => Math.max(most, east - west, north - south),
    0,
  );
  const longest = Math.min(1, largest / PIECES);
  const near = densified(
    clipped({ type: 'MultiPolygon', coordinates: polygons }, boxes, geos),
    alongPlane((degrees) => Math.ceil(degrees / longest)),
  );
  const parts = collectParts(near, { points, lines, polygons: [] });
  const isNothing = Object.values(parts).every(({ length }) => length === 0);
  return isNothing ? null : geometryFromParts(parts, geometry);
}

interface Placing {
  /** Of the geometries. */
  readonly crs: Crs;
  /** Boxes about the raster in longitudes and latitudes; none where they are not known. */
  readonly around: readonly Bounds[];
  readonly move: Move;
  readonly geos: Geos;
}

/** The parts that have a place; null for none, undefined where a part has none and may meet the raster. */
async function placeParts(geometry: Geometry, placing: Placing): Promise<Geometry | null | undefined> {
  const { points, lines, polygons } = collectParts(geometry);
  if (lines.length > 0) return undefined;
  const placed: Parts = { points: [], lines: [], polygons: [] };
  for (const coordinates of points) {
    const moved = await placing.move({ type: 'Point', coordinates });
    if (moved) collectParts(moved, placed);
  }
  for (const coordinates of polygons) {
    const moved = await placePolygon({ type: 'Polygon', coordinates }, placing);
    if (moved === undefined) return undefined;
    if (moved) collectParts(moved, placed);
  }
  const isNothing = placed.points.length + placed.polygons.length === 0;
  return isNothing ? null : geometryFromParts(placed, geometry);
}

async function placePolygon(polygon: Geometry, placing: Placing): Promise<Geometry | null | undefined> {
  const { crs, around, move, geos } = placing;
  const whole = await move(polygon);
  if (whole) return whole;
  const bounds = computeBounds([polygon]);
  const onGlobe = bounds && (crs.isGeographic ? bounds : boundsOnGlobe(bounds, crs));
  if (!onGlobe || around.length === 0) return undefined;
  const met = around.filter((box) => meet(onGlobe, box));
  if (met.length === 0) return null;
  // What lies about a pole has no box whose edges are straight in the CRS of the raster, and other planes have edges of their own.
  if (!crs.isGeographic || met.some(([west, , east]) => east - west === 360)) return undefined;
  return move(clipped(polygon, met, geos));
}

const meet = (one: Bounds, other: Bounds): boolean =>
  one[0] <= other[2] && other[0] <= one[2] && one[1] <= other[3] && other[1] <= one[3];

const clipped = (polygon: Geometry, boxes: readonly Bounds[], geos: Geos): Geometry =>
  geos.scope((scope) => {
    const own = scope.read(polygon);
    const valid = scope.isValid(own) ? own : scope.makeValid(own);
    const coordinates = boxes.flatMap(
      (box) =>
        collectParts(scope.geometry(scope.intersection(valid, scope.read(makeRectangle(...box))))).polygons,
    );
    return { type: 'MultiPolygon', coordinates };
  });

/** Boxes of longitudes in [-180, 180] and latitudes about a raster, with a margin; none where not all of its outline is on the globe. */
function boxesAround(grid: LocatedGrid): readonly Bounds[] {
  const extent = boundsOnGlobe(computeGridBounds(grid), grid.crs);
  if (!extent) return [];
  const [from, south, to, north] = extent;
  const turned = to < from ? to + 360 : to;
  const [width, height] = [turned - from, north - south];
  const margin = MARGIN * (width < 360 ? Math.max(width, height) : height);
  const [west, east] = [from - margin, turned + margin];
  const [bottom, top] = [Math.max(-90, south - margin), Math.min(90, north + margin)];
  if (east - west >= 360) return [[-180, bottom, 180, top]];
  return [-360, 0, 360]
    .map((turn): Bounds => [Math.max(-180, west + turn), bottom, Math.min(180, east + turn), top])
    .filter(([start, , end]) => start < end);
}

/** Bounds in longitudes and latitudes; undefined where a part of the outline has none. */
function boundsOnGlobe(bounds: Bounds, crs: Crs): Bounds | undefined {
  const transform = transformBetweenCrs(crs, crs84);
  const isWhole = outlineOf(bounds, crs).every((position) => transform(position).every(Number.isFinite));
  return isWhole ? transformBounds(bounds, crs, crs84) : undefined;
}
