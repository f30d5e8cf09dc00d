import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { FormatError } from '../../core/shared/format-error.ts';
import { Engine } from './engine.ts';
import { Report } from './report.ts';
import { GIVEN, MADE, withVirtualFiles } from './virtual-files.ts';

/**
 * Has GDAL write a layer in another format.
 *
 * @param geojson a FeatureCollection; texts stay texts, whatever they look like
 * @param options of ogr2ogr
 * @throws FormatError in GDAL's words, MemoryRefused
 */
export async function exportLayer(geojson: Uint8Array, options: readonly string[]): Promise<Uint8Array> {
  const engine = await Engine.load();
  const report = new Report(engine);
  const files = new Map([['layer.geojson', geojson]]);
  const made = withVirtualFiles(engine, { files, candidates: [] }, (directory) => {
    const isWritten = engine.withDataset(
      `${GIVEN}/layer.geojson`,
      'vector',
      ['GeoJSON'],
      ['DATE_AS_STRING=YES'],
      (dataset) => engine.translate(dataset, 'vector', `${MADE}/result`, options),
    );
    report.checkTranslation(isWritten ?? false);
    return directory;
  });
  if (made === undefined) throw new FormatError('GDAL has written nothing');
  try {
    return readFileSync(join(made, 'result'));
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}
