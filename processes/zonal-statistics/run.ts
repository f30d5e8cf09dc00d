import type { Geometry } from 'geojson';
import type { Run } from '../../core/processes/declaration.ts';
import type { RunContext } from '../../core/run/context.ts';
import { greatest, least } from '../../core/shared/arrays.ts';
import { InvalidRequest } from '../../core/shared/errors.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { requireComputable } from '../../geo/crs/find-crs.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import { MAXIMUM_FAULTS } from '../../geo/layer/geometry-faults.ts';
import { computeBounds, type Layer, type LayerFeature, type Properties } from '../../geo/layer/layer.ts';
import { checkBand } from '../../geo/raster/band.ts';
import { openRaster } from '../../geo/raster/formats/open-raster.ts';
import { windowFromBounds } from '../../geo/raster/grid/grid.ts';
import { layerOnGrid } from '../../geo/raster/grid/longitudes.ts';
import { checkPixels } from '../../geo/raster/pixel-limits.ts';
import type { Raster, Window } from '../../geo/raster/raster.ts';
import { scaleValues } from '../../geo/raster/values/scaled-raster.ts';
import type declaration from './process.ts';
import { computeZoneStatistic, zoneReader } from './zone-values.ts';

/** Collects the pixels of each zone by GDAL's rules and summarises them. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const opened = await openRaster(inputs.raster, context);
  checkBand(opened, inputs.band);
  const raster = scaleValues(opened, [inputs.band], inputs.scaled, context);
  const layer = await readLayer(inputs.features, context);
  checkPolygons(layer);
  const zones = await onRaster(layer, raster, context);
  const windows = zones.features.map(({ geometry }) => findWindow(geometry, raster));
  checkPixels(raster, mergeWindows(windows), context);

  const read = zoneReader(raster, inputs.band, windows);
  const features: LayerFeature[] = [];
  for (const [index, feature] of layer.features.entries()) {
    const part = zoneContext(context, index, windows.length);
    await part.progress(0, 1);
    const window = windows[index];
    const geometry = requirePresent(zones.features[index], 'The zone').geometry;
    const values =
      geometry && window ? await read(geometry, window, inputs.allTouched, part) : new Float64Array();
    const statistics: Properties = Object.fromEntries(
      inputs.statistics.map((name) => [`${inputs.prefix}${name}`, computeZoneStatistic(name, values)]),
    );
    features.push({ ...feature, properties: { ...feature.properties, ...statistics } });
  }
  return { result: await writeLayer({ ...layer, features }, context.format('result')) };
};

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
      detail: `is a ${geometry?.type}; zones are polygons.`,
    }));
  if (faults.length > 0) throw new InvalidRequest(faults, 'An input is not valid');
}

const isArea = (geometry: Geometry): boolean =>
  geometry.type === 'GeometryCollection'
    ? geometry.geometries.every(isArea)
    : geometry.type === 'Polygon' || geometry.type === 'MultiPolygon';
