import { execFileSync } from 'node:child_process';
import { least } from '../core/shared/arrays.ts';
import { root } from '../scripts/lib/paths.ts';

export interface ColdStart {
  readonly engine: string;
  readonly milliseconds: number;
  /** Growth of the memory of the process. */
  readonly megabytes: number;
}

/** What a worker does before its first computation with an engine: modules are loaded and made ready. */
const engines: Readonly<Record<string, string>> = {
  'GEOS (WebAssembly)': `await (await import('./geo/geos/geos.ts')).loadGeos();`,
  'projections (proj4)': `const { parseCrs } = await import('./geo/crs/find-crs.ts'); (await import('./geo/crs/transformation.ts')).transformBetweenCrs(parseCrs('EPSG:32631', ''), parseCrs('EPSG:28992', ''))([5e5, 5.7e6]);`,
  'geodesics (GeographicLib)': `await import('geographiclib-geodesic');`,
  'H3 (h3-js)': `(await import('h3-js')).latLngToCell(52, 5, 9);`,
  'Delaunay (delaunator)': `await import('delaunator');`,
  'GeoTIFF, read': `await import('./geo/raster/formats/open-raster.ts');`,
  'GeoTIFF, write': `await import('./geo/raster/formats/write-raster.ts'); await import('./geo/raster/formats/tiff/write-tiff.ts');`,
  warper: `await import('./geo/raster/warp/warp.ts');`,
  GeoJSON: `await import('./geo/formats/geojson/geojson.ts');`,
  FlatGeobuf: `await import('./geo/formats/flatgeobuf/flatgeobuf-read.ts'); await import('./geo/formats/flatgeobuf/flatgeobuf-write.ts');`,
  'GeoPackage (node:sqlite)': `await import('./geo/formats/geopackage/geopackage-read.ts'); await import('./geo/formats/geopackage/geopackage-write.ts');`,
  'GeoParquet (hyparquet)': `await import('./geo/formats/geoparquet/geoparquet-read.ts'); await import('./geo/formats/geoparquet/geoparquet-write.ts');`,
};

/** The least of some fresh processes, each of which loads one engine. */
export function coldStarts(repetitions: number): ColdStart[] {
  return Object.entries(engines).map(([engine, work]) => {
    const runs = Array.from({ length: repetitions }, () => measure(work));
    const milliseconds = least(runs.map((run) => run.milliseconds));
    return { engine, milliseconds, megabytes: least(runs.map((run) => run.megabytes)) };
  });
}

function measure(work: string): Omit<ColdStart, 'engine'> {
  const script = `
    const memory = process.memoryUsage().rss;
    const started = performance.now();
    ${work}
    const milliseconds = performance.now() - started;
    console.log(JSON.stringify({ milliseconds, megabytes: (process.memoryUsage().rss - memory) / 1048576 }));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: root });
  return JSON.parse(output.toString()) as Omit<ColdStart, 'engine'>;
}
