import type { Geometry, Position } from 'geojson';
import type { RunContext } from '../../../core/run/context.ts';
import type { Crs } from '../../crs/crs.ts';
import { collectParts, geometryFromParts, type Parts } from '../../geodesy/antimeridian.ts';
import { normaliseLongitudes } from '../../geodesy/normalise-longitudes.ts';
import type { Bounds } from '../../geometry/bounds.ts';
import { computeBounds, type Layer, type LayerContent } from '../../layer/layer.ts';
import { layerInCrs, type PlaceRest } from '../../reproject/reproject.ts';
import type { Grid, Raster } from '../raster.ts';
import { computeGridBounds } from './grid.ts';

/** A grid whose CRS is known. */
export type LocatedGrid = Grid & { readonly crs: Crs };

/**
 * A layer in the CRS of a grid, its geometries where the grid has their longitudes: one that runs from 0 to 360, or across the
 * antimeridian, has those beyond 180 as well. A part of a geometry that the ends of the grid cut is there at both.
 *
 * @param placeRest what is done with geometries that have no place in the CRS
 * @throws InvalidRequest with a pointer to each other geometry that has none
 */
export async function layerOnGrid(
  layer: Layer,
  grid: LocatedGrid,
  context?: RunContext,
  placeRest?: PlaceRest,
): Promise<Layer> {
  const moved = await layerInCrs(layer, grid.crs, context, placeRest);
  const turn = turnedOnto(grid);
  if (!turn) return moved;
  const features = moved.features.map((feature) =>
    feature.geometry ? { ...feature, geometry: turn(feature.geometry) } : feature,
  );
  return { ...moved, features };
}

/** Features that were made from the pixels of a grid, with longitudes in [-180, 180], cut at the antimeridian. */
export async function layerFromGrid(layer: LayerContent, grid: Grid): Promise<LayerContent> {
  const [west, , east] = computeGridBounds(grid);
  return !layer.crs.isGeographic || (west >= -180 && east <= 180) ? layer : normaliseLongitudes(layer);
}

/**
 * Bounds of a grid as OGC has bounding boxes: longitudes are in [-180, 180], and west is more than east where it lies across
 * the antimeridian.
 */
export function computeBoundingBox(grid: Grid): Bounds {
  const bounds = computeGridBounds(grid);
  const [west, south, east, north] = bounds;
  if (!grid.crs?.isGeographic || (west >= -180 && east <= 180)) return bounds;
  if (east - west >= 360) return [-180, south, 180, north];
  const from = west - 360 * Math.floor((west + 180) / 360);
  const to = from + (east - west);
  return [from, south, to > 180 ? to - 360 : to, north];
}

/** Share of a pixel by which a grid may miss a meridian: rounding errors of pixel sizes. */
const TOLERANCE = 1e-6;

/**
 * The grid of a result with its longitudes in [-180, 180], where all of it has room there. What lies across the antimeridian or around
 * the globe, and grids that are not geographic, stay as they are.
 */
export function gridWithinTurn<G extends Grid>(grid: G): G {
  if (!grid.crs?.isGeographic) return grid;
  const [west, , east] = computeGridBounds(grid);
  const rounding = TOLERANCE * Math.abs(grid.transform[1]);
  const turn = Math.ceil((-180 - rounding - west) / 360);
  if (turn === 0 || east + 360 * turn > 180 + rounding) return grid;
  const [x, ...others] = grid.transform;
  return { ...grid, transform: [x + 360 * turn, ...others] };
}

/**
 * Rasters with their longitudes counted as those of the first one, so that what lies beside or upon each other on the globe
 * does so in columns as well.
 */
export function rastersBesideFirst(rasters: readonly Raster[]): Raster[] {
  const [first] = rasters;
  if (!first?.crs?.isGeographic) return [...rasters];
  const middle = (raster: Raster): number => {
    const [west, , east] = computeGridBounds(raster);
    return (west + east) / 2;
  };
  return rasters.map((raster) => {
    const turn = raster.crs?.isGeographic ? Math.round((middle(first) - middle(raster)) / 360) : 0;
    const [x, ...others] = raster.transform;
    return turn === 0 ? raster : { ...raster, transform: [x + 360 * turn, ...others] };
  });
}

/** Moves geometries by whole turns onto a grid; undefined where none has to be moved. */
function turnedOnto(grid: LocatedGrid): ((geometry: Geometry) => Geometry) | undefined {
  if (!grid.crs.isGeographic) return undefined;
  const [west, , east] = computeGridBounds(grid);
  return (geometry) => {
    const [least, , most] = computeBounds([geometry]) ?? [];
    if (least === undefined || most === undefined) return geometry;
    // At the eastern end of a grid around the globe a point belongs to the first column.
    if (least >= west && (most < east || (most === east && east - west < 360))) return geometry;
    const { points, lines, polygons } = collectParts(geometry);
    const parts: Parts = {
      points: points.map((point) => turnedBy([point], turnOfPoint(point, west, east))[0] ?? point),
      lines: lines.flatMap((line) => turns(line, west, east).map((turn) => turnedBy(line, turn))),
      polygons: polygons.flatMap((rings) =>
        turns(rings[0] ?? [], west, east).map((turn) => rings.map((ring) => turnedBy(ring, turn))),
      ),
    };
    return geometryFromParts(parts, geometry);
  };
}

/** The turn that brings a point onto the grid, else the one that brings it nearest to its middle. */
function turnOfPoint([x = 0]: Position, west: number, east: number): number {
  const first = Math.ceil((west - x) / 360);
  if (x >= west && x < east) return 0;
  if (x + 360 * first <= east) return first;
  return Math.round(((west + east) / 2 - x) / 360);
}

/**
 * The turns at which a line or ring meets the grid: one where it lies on it in one piece, else all. Not turned where it meets
 * it nowhere.
 */
function turns(positions: readonly Position[], west: number, east: number): number[] {
  let [least, most] = [Infinity, -Infinity];
  for (const [x = 0] of positions) {
    if (x < least) least = x;
    if (x > most) most = x;
  }
  const first = Math.ceil((west - most) / 360);
  const last = Math.floor((east - least) / 360);
  const all = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index).sort(
    (one, other) => Math.abs(one) - Math.abs(other),
  );
  const whole = all.find((turn) => least + 360 * turn >= west && most + 360 * turn <= east);
  if (whole !== undefined) return [whole];
  const met = all.filter((turn) => least + 360 * turn < east && most + 360 * turn > west);
  return met.length > 0 ? met : [0];
}

const turnedBy = (positions: readonly Position[], turn: number): Position[] =>
  turn === 0 ? [...positions] : positions.map(([x = 0, ...rest]) => [x + 360 * turn, ...rest]);
