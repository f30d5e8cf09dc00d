import type { InputsOf, Run } from '../../core/processes/declaration.ts';
import type { RowRange, RunContext } from '../../core/run/context.ts';
import { partSummary } from '../../core/run/part-summary.ts';
import { counted } from '../../core/shared/quote.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import type { Layer, LayerFeature, Properties } from '../../geo/layer/layer.ts';
import { requirePolygons } from '../../geo/layer/require-polygons.ts';
import { checkBand } from '../../geo/raster/band.ts';
import { checkBurnWork } from '../../geo/raster/burn/burn-work.ts';
import { openWholeRaster } from '../../geo/raster/formats/open-raster.ts';
import { gridFromWindow, wholeWindow } from '../../geo/raster/grid/grid.ts';
import { checkPixels } from '../../geo/raster/pixel-limits.ts';
import { bandAt, type Raster, type Window } from '../../geo/raster/raster.ts';
import { dividedRaster } from '../../geo/raster/strip.ts';
import { weighPixel } from '../../geo/raster/values/data-types.ts';
import { scaleValues } from '../../geo/raster/values/scaled-raster.ts';
import type declaration from './process.ts';
import {
  hasInfinite,
  mergeZones,
  needsTable,
  noPixels,
  packZones,
  summariseZone,
  type ZoneSummary,
  zoneStatistic,
} from './zone-summary.ts';
import { zoneReader } from './zone-values.ts';
import { findZoneWindow, mergeWindows, zonesOnRaster } from './zone-windows.ts';

/** What it takes to sum up the value of a pixel, or to sort it into those of its zone. */
const SUMMED_NANOSECONDS = 20;
const SORTED_NANOSECONDS = 100;

/** Collects the pixels of each zone by GDAL's rules and summarises them. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const opened = await openWholeRaster(inputs.raster, context);
  checkBand(opened, inputs.band);
  const raster = scaleValues(opened, [inputs.band], inputs.scaled, context);
  const layer = await readLayer(inputs.features, context);
  requirePolygons(layer, 'zones must be polygons.');
  const { summaries, rows } = context.division ?? {};
  const zones = summaries
    ? await mergeZones(summaries, layer.features.length)
    : await summariseZones(layer, raster, inputs, context);
  if (rows) return partSummary(packZones(zones));
  warnOfInfinite(zones, context);
  const features = layer.features.map((feature, index): LayerFeature => {
    const zone = requirePresent(zones[index], 'The zone');
    const statistics: Properties = Object.fromEntries(
      inputs.statistics.map((name) => [`${inputs.prefix}${name}`, zoneStatistic(name, zone)]),
    );
    return { ...feature, properties: { ...feature.properties, ...statistics } };
  });
  return { result: await writeLayer({ ...layer, features }, context.format('result')) };
};

/** Infinite pixels take part, as in rasterstats and QGIS; what comes of that few formats can hold. */
function warnOfInfinite(zones: readonly ZoneSummary[], context: RunContext): void {
  const count = zones.filter(hasInfinite).length;
  if (count === 0) return;
  const zone = counted(count, 'zone has', 'zones have');
  const message = `${zone} infinite pixels. They take part in all statistics: sum, mean, minimum or maximum are infinite, and others are not a number. Leave them out with raster-calculator, as in "where(abs(A) < 1e30, A, 0 / 0)".`;
  context.warn(message, { input: '/inputs/raster' });
}

/** The pixels of all zones that lie in the rows that the run is about. */
async function summariseZones(
  layer: Layer,
  raster: Raster,
  { band, statistics, allTouched }: Pick<InputsOf<typeof declaration>, 'band' | 'statistics' | 'allTouched'>,
  context: RunContext,
): Promise<ZoneSummary[]> {
  const placed = await zonesOnRaster(layer, raster, context);
  const { rows } = context.division ?? {};
  const windows = placed.features.map(({ geometry }) => withinRows(findZoneWindow(geometry, raster), rows));
  const needed = mergeWindows(windows);
  const withTable = needsTable(statistics);
  if (!rows) {
    const pixels = needed.width * needed.height;
    // The distinct values take as much memory as the values themselves.
    const weight = weighPixel(bandAt(raster, band).dataType, withTable ? 2 : 1);
    dividedRaster(raster, context, { pixels, weight });
  }
  checkPixels(raster, needed, context);
  const pixel = withTable ? SORTED_NANOSECONDS : SUMMED_NANOSECONDS;
  const within = rows
    ? gridFromWindow(raster, { ...wholeWindow(raster), row: rows.first, height: rows.end - rows.first })
    : raster;
  checkBurnWork(
    placed.features.map(({ geometry }) => geometry),
    within,
    { pixel, pointer: '/inputs/features' },
  );
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
