/**
 * Computations that are guarded, as a module with a handler: the event names one. They are small, on data that are made here, and run on
 * one thread, from the request to encoded results.
 */
import type { ProcessDeclaration, Run } from '../../core/processes/declaration.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { parseCrs } from '../../geo/crs/find-crs.ts';
import { writeRaster } from '../../geo/raster/formats/write-raster.ts';
import { processes } from '../../processes/index.ts';
import { execute } from '../../test/processes/support/execute.ts';
import type { GuardedComputation } from './guarded-computations.ts';

const CRS = 'EPSG:32631';
const HREF = 'https://bench.invalid/dem.tif';
/** Pixels of a side of the raster. */
const SIZE = 256;
/** Metres. */
const CELL = 30;

/** A ring about a point, whose corners lie in and out. @param reach in metres */
function star(x: number, y: number, reach: number): number[][] {
  const corners = Array.from({ length: 24 }, (_, index) => {
    const angle = (index / 24) * 2 * Math.PI;
    const radius = reach * (index % 2 === 0 ? 1 : 0.6);
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
  return [...corners, corners[0] ?? []];
}

/** Stars in rows, in metres of a UTM zone. */
const layerOf = (count: number, reach: number) => ({
  type: 'FeatureCollection',
  crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::32631' } },
  features: Array.from({ length: count }, (_, index) => ({
    type: 'Feature',
    properties: { number: index, name: `star ${index}` },
    geometry: {
      type: 'Polygon',
      coordinates: [star(500_200 + (index % 20) * 350, 5_700_200 + Math.floor(index / 20) * 350, reach)],
    },
  })),
});

const dem = await writeRaster(
  {
    width: SIZE,
    height: SIZE,
    transform: [500_000, CELL, 0, 5_700_000 + SIZE * CELL, 0, -CELL],
    crs: parseCrs(CRS, ''),
    dataType: 'float32',
    bands: [
      Float32Array.from(
        { length: SIZE * SIZE },
        (_, index) => 300 + 90 * Math.sin((index % SIZE) / 17) * Math.cos(index / SIZE / 23),
      ),
    ],
  },
  MediaType.geotiff,
);

const raster = { href: HREF, type: MediaType.geotiff };
const [apart, touching] = [layerOf(200, 150), layerOf(200, 220)];

/** Inputs of each process, and the format of its result where it is not the usual one. */
const requests: Readonly<Record<GuardedComputation, readonly [inputs: object, mediaType?: string]>> = {
  buffer: [{ features: apart, distance: 25 }],
  dissolve: [{ features: touching }],
  intersection: [{ features: apart, overlay: touching }],
  simplify: [{ features: apart, tolerance: 20 }, MediaType.flatgeobuf],
  reproject: [{ features: apart, targetCrs: 'EPSG:3035' }],
  'convert-features': [{ features: apart }, MediaType.geopackage],
  hillshade: [{ raster }],
  'zonal-statistics': [{ raster, features: apart }],
  'reproject-raster': [{ raster, targetCrs: 'EPSG:3857', resampling: 'bilinear' }],
  contour: [{ raster, interval: 20 }],
};

/** Runs one. @param event its process */
export async function handler(event: { readonly processID: GuardedComputation }): Promise<object> {
  const { processID } = event;
  const [inputs, mediaType] = requests[processID];
  const declaration: ProcessDeclaration = requirePresent(
    processes.find(({ id }) => id === processID),
    processID,
  );
  const { run } = (await import(`../../processes/${processID}/run.ts`)) as { run: Run<never> };
  const outputs = mediaType ? { outputs: { result: { format: { mediaType } } } } : {};
  const files = { [HREF]: dem.bytes };
  return execute(declaration, run, { inputs, ...outputs }, { files });
}
