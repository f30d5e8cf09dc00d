import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../core/processes/declaration.ts';
import { requirePresent } from '../core/shared/require-present.ts';
import { MediaType } from '../core/shared/uris.ts';
import { processes } from '../processes/index.ts';
import { execute } from '../test/processes/support/execute.ts';
import type { Case } from './case.ts';

const CRS = 'EPSG:32631';
/** Metres that the data reach to the east and the north. */
const EXTENT = 100_000;
const PREFIX = 'https://bench.invalid/';

/** Whole processes: from a file to a file, as the reference reads and writes them. */
export function ourProcesses(directory: string): Readonly<Record<string, Case>> {
  const files = new Proxy<Record<string, Uint8Array>>(
    {},
    { get: (_, href) => readFileSync(join(directory, String(href).slice(PREFIX.length))) },
  );
  const layer = (name: string) => ({ href: `${PREFIX}${name}.fgb`, type: MediaType.flatgeobuf });
  const raster = (name: string) => ({ href: `${PREFIX}${name}.tif`, type: MediaType.geotiff });
  const process =
    (id: string, inputs: object, mediaType?: string): Case =>
    async () => {
      const { run } = (await import(`../processes/${id}/run.ts`)) as { run: Run<never> };
      const declaration = requirePresent(
        processes.find((candidate) => candidate.id === id),
        `The process ${id}`,
      );
      const outputs = mediaType ? { outputs: { result: { format: { mediaType } } } } : {};
      // The limits of the service are not what is measured.
      const unlimited = { ...declaration, limits: { inlineBytes: Infinity } };
      await execute(unlimited, run, { inputs, ...outputs }, { files });
      return 0;
    };
  const vector = (id: string, inputs: object) => process(id, inputs, MediaType.flatgeobuf);
  const toRaster = (id: string, inputs: object) => process(id, inputs, MediaType.geotiff);
  const terrain = (id: string) => toRaster(id, { raster: raster('dem') });

  const extent = { bbox: [450_000, 5_700_000, 550_000, 5_800_000], crs: CRS };
  const grid = (resolution: number) => ({ extent, crs: CRS, resolution });
  const [first, second] = [layer('first'), layer('second')];
  const overlaid = (id: string) => vector(id, { features: first, overlay: second });

  return {
    buffer: vector('buffer', { features: layer('lines'), distance: 100 }),
    simplify: vector('simplify', { features: layer('detailed'), tolerance: 20 }),
    densify: vector('densify', { features: layer('lines'), maxLength: 20 }),
    'make-valid': vector('make-valid', { features: layer('bowties') }),
    'convex-hull': vector('convex-hull', { features: layer('detailed') }),
    'concave-hull': vector('concave-hull', { features: layer('zones') }),
    'minimum-bounding-geometry': vector('minimum-bounding-geometry', {
      features: layer('zones'),
      shape: 'orientedRectangle',
    }),
    centroid: vector('centroid', { features: layer('zones') }),
    dissolve: vector('dissolve', { features: layer('discs') }),
    intersection: overlaid('intersection'),
    union: overlaid('union'),
    difference: overlaid('difference'),
    'symmetric-difference': overlaid('symmetric-difference'),
    clip: overlaid('clip'),
    'spatial-join': vector('spatial-join', {
      features: layer('points'),
      overlay: layer('zones'),
      predicate: 'within',
    }),
    'select-by-location': vector('select-by-location', {
      features: layer('points'),
      overlay: layer('zones'),
    }),
    'count-points-in-polygons': vector('count-points-in-polygons', {
      features: layer('zones'),
      overlay: layer('points'),
    }),
    nearest: vector('nearest', { features: layer('sites'), overlay: layer('points') }),
    reproject: vector('reproject', { features: layer('detailed'), targetCrs: 'EPSG:3035' }),
    'voronoi-polygons': vector('voronoi-polygons', { features: layer('sites') }),
    'delaunay-triangulation': vector('delaunay-triangulation', { features: layer('sites') }),
    measure: vector('measure', { features: layer('zones') }),
    'create-grid': vector('create-grid', { extent, crs: CRS, cellSize: 500 }),
    'h3-cells': vector('h3-cells', { features: layer('zones'), resolution: 9 }),
    'h3-bin': vector('h3-bin', {
      features: layer('points'),
      resolution: 7,
      aggregates: [{ field: 'value', statistic: 'mean' }],
    }),
    'summary-statistics': process('summary-statistics', {
      features: layer('points'),
      aggregates: ['mean', 'sum', 'stddev', 'median'].map((statistic) => ({ field: 'value', statistic })),
    }),
    filter: vector('filter', { features: layer('points'), filter: 'value > 50 AND number < 50000' }),
    'convert-features': process('convert-features', { features: layer('zones') }, MediaType.geopackage),
    hillshade: terrain('hillshade'),
    slope: terrain('slope'),
    aspect: terrain('aspect'),
    'terrain-index': terrain('terrain-index'),
    'raster-calculator': toRaster('raster-calculator', {
      rasters: [raster('bands')],
      expression: '(A2 - A1) / (A2 + A1)',
    }),
    'raster-statistics': process('raster-statistics', { raster: raster('dem'), percentiles: [2, 98] }),
    'zonal-statistics': vector('zonal-statistics', {
      features: layer('raster-zones'),
      raster: raster('dem'),
    }),
    'clip-raster': toRaster('clip-raster', { raster: raster('dem'), features: layer('raster-zones') }),
    mosaic: toRaster('mosaic', { rasters: [raster('dem'), raster('dem-east')] }),
    reclassify: toRaster('reclassify', {
      raster: raster('dem'),
      classes: [
        { max: 400, newValue: 1 },
        { min: 400, max: 600, newValue: 2 },
        { min: 600, newValue: 3 },
      ],
      outputType: 'uint8',
      nodata: 0,
    }),
    'focal-statistics': toRaster('focal-statistics', { raster: raster('dem') }),
    'convert-raster': toRaster('convert-raster', { raster: raster('dem'), outputType: 'int16' }),
    'reproject-raster': toRaster('reproject-raster', {
      raster: raster('dem'),
      targetCrs: 'EPSG:3857',
      resampling: 'bilinear',
    }),
    'sample-raster': vector('sample-raster', { features: layer('points'), raster: raster('dem') }),
    rasterize: toRaster('rasterize', {
      features: layer('zones'),
      field: 'number',
      ...grid(EXTENT / 4096),
    }),
    polygonize: vector('polygonize', { raster: raster('classes') }),
    contour: vector('contour', { raster: raster('dem'), interval: 25 }),
    heatmap: toRaster('heatmap', { features: layer('points'), radius: 1000, ...grid(100) }),
    'idw-interpolation': toRaster('idw-interpolation', {
      features: layer('stations'),
      valueField: 'value',
      ...grid(EXTENT / 500),
    }),
  };
}
