import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Geometry } from 'geojson';
import type { RunContext } from '../core/run/context.ts';
import { requirePresent } from '../core/shared/require-present.ts';
import { MediaType } from '../core/shared/uris.ts';
import { parseCrs } from '../geo/crs/find-crs.ts';
import { readLayer } from '../geo/formats/read.ts';
import { countWkbVertices } from '../geo/formats/wkb/wkb-measures.ts';
import { loadGeos } from '../geo/geos/geos.ts';
import { unionGeometries } from '../geo/geos/union.ts';
import { computeBounds } from '../geo/layer/layer.ts';
import {
  type PackedGeometries,
  packedCount,
  sharedGeometries,
  unpackWkbs,
} from '../geo/layer/packed-geometries.ts';
import { estimateVertices, splitGeometries } from '../geo/parallel/parts.ts';
import { shareWork } from '../geo/parallel/share-work.ts';
import { bufferGeometries } from '../geo/per-feature/buffer-geometries.ts';
import { openRaster } from '../geo/raster/formats/open-raster.ts';
import { writeRaster } from '../geo/raster/formats/write-raster.ts';
import { windowFromBounds } from '../geo/raster/grid/grid.ts';
import type { Raster } from '../geo/raster/raster.ts';
import type { KernelSettings } from '../geo/raster/terrain/kernels.ts';
import { computeTerrain, SURFACE } from '../geo/raster/terrain/surface.ts';
import { readRows } from '../geo/raster/values/read-rows.ts';
import { noLosses } from '../geo/raster/values/type-losses.ts';
import { warp } from '../geo/raster/warp/warp.ts';
import { moveGeometries } from '../geo/reproject/move-geometries.ts';
import { ContourTracer } from '../geo/vectorise/contour-lines.ts';
import { regularLevels } from '../geo/vectorise/levels.ts';
import { RegionTracer } from '../geo/vectorise/regions.ts';
import { burnerInto } from '../processes/rasterize/burner.ts';
import { targetGrid } from '../processes/reproject-raster/target-grid.ts';
import { summariseZone, zoneStatistic } from '../processes/zonal-statistics/zone-summary.ts';
import { zoneReader } from '../processes/zonal-statistics/zone-values.ts';
import { bytesSource, makeRunContext } from '../test/geo/formats/support.ts';
import { roundStyle as style } from '../test/processes/support/buffers.ts';
import type { Case } from './case.ts';
import { memoryRaster } from './memory-raster.ts';

/** The computations of processes by themselves: what they work on is in memory before the clock runs. */
export function ourKernels(directory: string): Readonly<Record<string, Case>> {
  const context: RunContext = makeRunContext({ limits: { inlineBytes: Infinity } });
  const kept = new Map<string, Promise<unknown>>();
  const once = <T>(name: string, make: () => Promise<T>): Promise<T> => {
    if (!kept.has(name)) kept.set(name, make());
    return kept.get(name) as Promise<T>;
  };
  const raster = (name: string): Promise<Raster> =>
    once(name, async () => {
      const opened = await openRaster(bytesSource(readFileSync(join(directory, `${name}.tif`))), context);
      const bands = await Promise.all(opened.bands.map((_, index) => opened.read(index + 1)));
      return memoryRaster({ ...opened, ...requirePresent(opened.bands[0], 'The band'), bands });
    });
  const geometries = (name: string): Promise<Geometry[]> =>
    once(name, async () => {
      const layer = await readLayer(bytesSource(readFileSync(join(directory, `${name}.fgb`))), context);
      return layer.features.flatMap(({ geometry }) => geometry ?? []);
    });
  const packed = (name: string): Promise<PackedGeometries> =>
    once(`packed ${name}`, async () => sharedGeometries(await geometries(name)));
  const terrain = (makeSettings: () => KernelSettings) => async () => {
    const dem = await raster('dem');
    const settings = makeSettings();
    const inputs = { band: 1, computeEdges: false };
    const surface = await computeTerrain(dem, inputs, settings, SURFACE, context);
    return requirePresent(surface.bands[0], 'The band').length;
  };
  const budget = { most: Infinity, exceeded: () => new Error() };

  return {
    'kernel buffer': async () => {
      const lines = sharedGeometries(await geometries('lines'));
      const { starts, sizes } = splitGeometries(lines);
      const distances = new Float64Array(packedCount(lines)).fill(100);
      const layerCrs = parseCrs('EPSG:32631', '');
      const plane = { layerCrs, crs: 'EPSG:32631', longer: 1, stay: true };
      const work = { ...plane, geometries: lines, starts, distances, style };
      const sharing = { context, sizes, vertices: estimateVertices(lines), reportProgress: async () => {} };
      return (await shareWork(bufferGeometries, work, sharing)).flatMap(unpackWkbs).length;
    },
    'kernel union': async () => {
      const geos = await loadGeos();
      const union = await unionGeometries(await geometries('discs'), context);
      return geos.scope((scope) => scope.area(scope.read(requirePresent(union, 'The union'))));
    },
    'kernel reproject': async () => {
      const polygons = await packed('detailed');
      const { starts, sizes } = splitGeometries(polygons);
      const work = {
        geometries: polygons,
        starts,
        from: parseCrs('EPSG:32631', ''),
        to: parseCrs('EPSG:4326', ''),
      };
      const sharing = {
        context,
        sizes,
        vertices: estimateVertices(polygons),
        reportProgress: async () => {},
      };
      const moved = (await shareWork(moveGeometries, work, sharing)).flatMap(unpackWkbs);
      return moved.reduce((sum, wkb) => sum + countWkbVertices(wkb), 0);
    },
    'kernel hillshade': terrain(() => ({
      name: 'hillshade',
      algorithm: 'horn',
      light: { azimuth: 315, altitude: 45, zFactor: 1 },
    })),
    'kernel slope': terrain(() => ({
      name: 'slope',
      algorithm: 'horn',
      unit: 'degree',
      zFactor: 1,
    })),
    'kernel aspect': terrain(() => ({
      name: 'aspect',
      algorithm: 'horn',
      trigonometric: false,
      flat: Number.NaN,
    })),
    'kernel zonal-statistics': async () => {
      const dem = await raster('dem');
      const zones = await geometries('raster-zones');
      const windows = zones.map((zone) =>
        windowFromBounds(dem, requirePresent(computeBounds([zone]), 'The box of the zone')),
      );
      const read = zoneReader(dem, 1, windows);
      let count = 0;
      for (const [index, zone] of zones.entries()) {
        const values = await read(zone, requirePresent(windows[index], 'The window'), false, context);
        const summary = summariseZone(values, false);
        for (const name of ['min', 'max', 'mean'] as const) zoneStatistic(name, summary);
        count += values.length;
      }
      return count;
    },
    'kernel polygonize': async () => {
      const classes = await raster('classes');
      const tracer = new RegionTracer(classes.width, 4, budget);
      for await (const row of readRows(classes, 1, context, '')) tracer.row(row);
      return [...tracer.regions()].length;
    },
    'kernel contour': async () => {
      const dem = await raster('dem');
      const tracer = new ContourTracer(dem.width, regularLevels(25, 0), budget);
      for await (const row of readRows(dem, 1, context, '')) tracer.row(row);
      return tracer.lines().length;
    },
    'kernel rasterize': async () => {
      const dem = await raster('dem');
      const samples = new Float32Array(dem.width * dem.height).fill(-9999);
      const mask = new Uint8Array(samples.length);
      const burn = burnerInto(samples, mask, dem, {
        allTouched: false,
        merge: 'replace',
        outputType: 'float32',
        losses: noLosses(),
      });
      for (const [index, zone] of (await geometries('zones')).entries()) burn(zone, index + 1);
      let count = 0;
      for (let index = 0; index < samples.length; index++) if (samples[index] !== -9999) count++;
      return count;
    },
    'kernel reproject-raster': async () => {
      const source = { ...(await raster('dem')), crs: parseCrs('EPSG:32631', '') };
      const target = targetGrid(source, parseCrs('EPSG:3857', ''), undefined, '', context.warn);
      const { bands } = await warp(source, target, { resampling: 'bilinear' }, context);
      return requirePresent(bands[0], 'The band').length;
    },
    'kernel write COG': async () => {
      const dem = await raster('dem');
      const bands = [await dem.read(1)];
      await writeRaster({ ...dem, ...requirePresent(dem.bands[0], 'The band'), bands }, MediaType.cog);
      return requirePresent(bands[0], 'The band').length;
    },
  };
}
