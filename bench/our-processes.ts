import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MediaType } from '../core/api/uris.ts';
import type { Run } from '../core/processes/declaration.ts';
import { processes } from '../processes/index.ts';
import { execute } from '../test/processes/support/execute.ts';
import type { Case } from './case.ts';

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
      const declaration = processes.find((candidate) => candidate.id === id)!;
      const outputs = mediaType ? { outputs: { result: { format: { mediaType } } } } : {};
      // The limits of the service are not what is measured.
      const unlimited = { ...declaration, limits: { inlineBytes: Infinity } };
      await execute(unlimited, run, { inputs, ...outputs }, { files });
      return 0;
    };
  const vector = (id: string, inputs: object) => process(id, inputs, MediaType.flatgeobuf);
  const terrain = (id: string) => process(id, { raster: raster('dem') }, MediaType.geotiff);

  return {
    buffer: vector('buffer', { features: layer('lines'), distance: 100 }),
    simplify: vector('simplify', { features: layer('detailed'), tolerance: 20 }),
    'make-valid': vector('make-valid', { features: layer('bowties') }),
    'convex-hull': vector('convex-hull', { features: layer('detailed') }),
    centroid: vector('centroid', { features: layer('zones') }),
    dissolve: vector('dissolve', { features: layer('discs') }),
    intersection: vector('intersection', { features: layer('first'), overlay: layer('second') }),
    clip: vector('clip', { features: layer('first'), overlay: layer('second') }),
    'spatial-join': vector('spatial-join', {
      features: layer('points'),
      overlay: layer('zones'),
      predicate: 'within',
    }),
    nearest: vector('nearest', { features: layer('sites'), overlay: layer('points') }),
    reproject: vector('reproject', { features: layer('detailed'), targetCrs: 'EPSG:3035' }),
    'voronoi-polygons': vector('voronoi-polygons', { features: layer('sites') }),
    hillshade: terrain('hillshade'),
    slope: terrain('slope'),
    aspect: terrain('aspect'),
    'raster-calculator': process(
      'raster-calculator',
      { rasters: [raster('bands')], expression: '(A2 - A1) / (A2 + A1)' },
      MediaType.geotiff,
    ),
    'raster-statistics': process('raster-statistics', { raster: raster('dem'), percentiles: [2, 98] }),
  };
}
