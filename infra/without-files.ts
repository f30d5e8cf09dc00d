import type { Plugin } from 'esbuild';

/** What reads and writes files that are not text, loaded by the first that needs it. */
const readersAndWriters =
  /\/(?:by-gdal|flatgeobuf|geopackage|geoparquet|shapefile|kml|zip|dxf|gml|gpx)\/|raster-info\/run\.ts$/;

/**
 * Leaves out of a bundle what work that is done in the request never comes to: files, which only workers read and write
 * (`functions/in-request/fits-in-request.ts` decides). So most of the code and all engines but GEOS stay out.
 */
export const withoutFiles: Plugin = {
  name: 'without-files',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: readersAndWriters }, ({ path, kind, importer }) =>
      kind === 'dynamic-import' && /\/(?:geo|functions)\//.test(importer)
        ? // Not as a path: it is none.
          { path: path.replace(/^(?:\.\.?\/)+/, ''), namespace: 'left-out' }
        : undefined,
    );
    onLoad({ filter: /./, namespace: 'left-out' }, ({ path }) => ({
      contents: `throw new Error('This function has no ${path}: work on files is for workers');`,
      loader: 'js',
    }));
  },
};
