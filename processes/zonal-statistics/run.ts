import type { Geometry } from 'geojson';
import type { InputsOf, Run } from '../../core/processes/declaration.ts';
import type { RowRange, RunContext } from '../../core/run/context.ts';
import { partSummary } from '../../core/run/part-summary.ts';
import { greatest, least } from '../../core/shared/arrays.ts';
import { InvalidRequest } from '../../core/shared/errors.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { requireComputable } from '../../geo/crs/find-crs.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import { MAXIMUM_FAULTS } from '../../geo/layer/geometry-faults.ts';
import { computeBounds, type Layer, type LayerFeature, type Properties } from '../../geo/layer/layer.ts';
import { checkBand } from '../../geo/raster/band.ts';
import { openWholeRaster } from '../../geo/raster/formats/open-raster.ts';
import { windowFromBounds } from '../../geo/raster/grid/grid.ts';
import { layerOnGrid } from '../../geo/raster/grid/longitudes.ts';
import { checkPixels } from '../../geo/raster/pixel-limits.ts';
import { bandAt, type Raster, type Window } from '../../geo/raster/raster.ts';
import { dividedRaster } from '../../geo/raster/strip.ts';
import { weighPixel } from '../../geo/raster/values/data-types.ts';
import { scaleValues } from '../../geo/raster/values/scaled-raster.ts';
import type declaration from './process.ts';
import {
  mergeZones,
  needsTable,
  noPixels,
  packZones,
  summariseZone,
  type ZoneSummary,
  zoneStatistic,
} from './zone-summary.ts';
import { zoneReader } from './zone-values.ts';

/** Collects the pixels of each zone by GDAL's rules and summarises them. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const opened = await openWholeRaster(inputs.raster, context);
  checkBand(opened, inputs.band);
  const raster = scaleValues(opened, [inputs.band], inputs.scaled, context);
  const layer = await readLayer(inputs.features, context);
  checkPolygons(layer);
  const { summaries, rows } = context.division ?? {};
  const zones = summaries
    ? await mergeZones(summaries, layer.features.length)
    : await summariseZones(layer, raster, inputs, context);
  if (rows) return partSummary(packZones(zones));
  const features = layer.features.map((feature, index): LayerFeature => {
    const zone = requirePresent(zones[index], 'The zone');
    const statistics: Properties = Object.fromEntries(
      inputs.statistics.map((name) => [`${inputs.prefix}${name}`, zoneStatistic(name, zone)]),
    );
    return { ...feature, properties: { ...feature.properties, ...statistics } };
  });
  return { result: await writeLayer({ ...layer, features }, context.format('result')) };
};

/** The pixels of all zones that lie in the rows that the run is about. */
async function summariseZones(
  layer: Layer,
  raster: Raster,
  { band, statistics, allTouched }: Pick<InputsOf<typeof declaration>, 'band' | 'statistics' | 'allTouched'>,
  context: RunContext,
): Promise<ZoneSummary[]> {
  const placed = await onRaster(layer, raster, context);
  const { rows } = context.division ?? {};
  const windows = placed.features.map(({ geometry }) => withinRows(findWindow(geometry, raster), rows));
  const needed = mergeWindows(windows);
  const withTable = needsTable(statistics);
  if (!rows) {
    const pixels = needed.width * needed.height;
    // The distinct values take as much memory as the values themselves.
    const weight = weighPixel(bandAt(raster, band).dataType, withTable ? 2 : 1);
    dividedRaster(raster, context, { pixels, weight });
  }
  checkPixels(raster, needed, context);
  const read = zoneReader(raster, band, windows);
  const zones: ZoneSummary[] = [];
  for (const [index, window] of windows.entries()) {
    const part = zoneContext(context, index, windows.length);
    await part.progress(0, 1);
    const { geometry } = requirePresent(placed.features[index], 'The zone');
    zones.push(
      geometry && window
        ? summariseZone(await read(geometry, window, allTouched, part), withTable)
        : noPixels,
    );
  }
  return zones;
}

/** The part of a window that lies in some rows. */
function withinRows(window: Window | undefined, rows: RowRange | undefined): Window | undefined {
  if (!window || !rows) return window;
  const row = Math.max(window.row, rows.first);
  const end = Math.min(window.row + window.height, rows.end);
  return row < end ? { ...window, row, height: end - row } : undefined;
}

/** The context of one of several zones, whose progress is a part of the whole. */
const zoneContext = (context: RunContext, index: number, total: number): RunContext => ({
  ...context,
  progress: (done, of) => context.progress(index + done / of, total, 'Summarising zones'),
});

function onRaster(layer: Layer, raster: Raster, context: RunContext): Promise<Layer> {
  const { crs, pointer } = raster;
  if (crs !== undefined)
    return layerOnGrid(layer, { ...raster, crs: requireComputable(crs, pointer) }, context);
  context.warn('The raster has no CRS; the zones are assumed to be in the same one.', { input: pointer });
  return layerOnGrid(layer, { ...raster, crs: layer.crs }, context);
}

const findWindow = (geometry: Geometry | null, raster: Raster): Window | undefined => {
  const bounds = computeBounds([geometry]);
  return bounds && windowFromBounds(raster, bounds, 1);
};

/** A window with as many pixels as all zones need, each of the raster counted once. */
function mergeWindows(windows: readonly (Window | undefined)[]): Window {
  const given = windows.filter((window) => window !== undefined);
  if (given.length === 0) return { column: 0, row: 0, width: 0, height: 0 };
  const column = least(given.map((window) => window.column));
  const row = least(given.map((window) => window.row));
  const width = greatest(given.map((window) => window.column + window.width)) - column;
  const height = greatest(given.map((window) => window.row + window.height)) - row;
  const pixels = given.reduce((sum, window) => sum + window.width * window.height, 0);
  // Zones that lie far from each other need less than what is around them.
  return pixels < width * height ? { column, row, width: pixels, height: 1 } : { column, row, width, height };
}

function checkPolygons({ features, geometryPointer }: Layer): void {
  const faults = [...features.entries()]
    .filter(([, { geometry }]) => geometry !== null && !isArea(geometry))
    .slice(0, MAXIMUM_FAULTS)
    .map(([index, { geometry }]) => ({
      pointer: geometryPointer(index),
      detail: `is a ${geometry?.type}; zones must be polygons.`,
    }));
  if (faults.length > 0) throw new InvalidRequest(faults, 'An input is not valid');
}

const isArea = (geometry: Geometry): boolean =>
  geometry.type === 'GeometryCollection'
    ? geometry.geometries.every(isArea)
    : geometry.type === 'Polygon' || geometry.type === 'MultiPolygon';
