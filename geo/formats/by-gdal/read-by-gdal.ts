import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RunContext, Source } from '../../../core/run/context.ts';
import { InvalidInput, LimitExceeded } from '../../../core/shared/errors.ts';
import { findCrs } from '../../crs/find-crs.ts';
import { MemoryRefused } from '../../gdal/engine.ts';
import { isPlaceless } from '../../gdal/placeless-wkt.ts';
import {
  type LayerOptions,
  NoSuchLayer,
  type TranslatedLayer,
  translateLayer,
} from '../../gdal/translate-layer.ts';
import type { GivenFiles } from '../../gdal/virtual-files.ts';
import { type FileContent, firstOfSeveral } from '../common/file-reader.ts';
import { describeMissingValues } from '../common/missing-parts.ts';
import { readGeopackageFile } from '../geopackage/geopackage-read.ts';
import { givenFiles } from './given-files.ts';
import { withGmlIds } from './gml-ids.ts';
import { lossesOfDxf } from './splines-dxf.ts';
import { checkTilePlace } from './tile-name.ts';

/** Drivers whose keys are ids that the file itself has; others count. */
const keyed = ['OpenFileGDB', 'SQLite', 'GPKG'];

/**
 * Reads a layer by way of GDAL: what no reader of this project knows. GDAL translates it, once, and sees nothing but the file.
 *
 * @param drivers that are asked; all that are allowed where absent
 * @returns undefined where GDAL does not know the file either
 */
export async function readByGdal(
  source: Source,
  count: (features: number) => void,
  context: RunContext,
  drivers?: readonly string[],
): Promise<FileContent | undefined> {
  const given = await givenFiles(source, context);
  const options = { layer: source.layer, ...(drivers ? { drivers } : {}) };
  return readTranslated(given, options, source, count);
}

async function readTranslated(
  given: GivenFiles,
  options: LayerOptions,
  { pointer, layer: wanted }: Source,
  count: (features: number) => void,
): Promise<FileContent | undefined> {
  const translated = await translate(given, options, pointer);
  if (!translated) return undefined;
  const { path, file, driver, layers, layer, wkt, remarks } = translated;
  try {
    if (driver === 'MVT') checkTilePlace(file);
    const losses = driver === 'DXF' ? lossesOfDxf(given.files.get(file) ?? new Uint8Array()) : [];
    const { features: read, remarks: lost = [] } = readGeopackageFile(path, { pointer }, count);
    // The numbers of rows are GDAL's.
    if (!keyed.includes(driver)) for (const feature of read) delete feature.id;
    const features = driver === 'GML' ? withGmlIds(read, given.files.get(file)) : read;
    const several =
      layer === layers[0]
        ? firstOfSeveral(wanted, layers.length, layers.join(', '))
        : firstOfSeveral(wanted, layers.length, layers.join(', ')).map(
            () =>
              `The file has the layers ${layers.join(', ')}; ${layer}, the first with features, was read.`,
          );
    return {
      features,
      crs: wkt === undefined || isPlaceless(wkt) ? undefined : findCrs(wkt),
      remarks: [
        ...several,
        ...remarks,
        ...losses,
        ...describeMissingValues(file, [...given.files.keys()]),
        ...lost,
      ],
    };
  } finally {
    rmSync(dirname(path), { recursive: true, force: true });
  }
}

async function translate(
  given: GivenFiles,
  options: LayerOptions,
  pointer: string,
): Promise<TranslatedLayer | undefined> {
  try {
    return await translateLayer(given, options);
  } catch (error) {
    if (error instanceof MemoryRefused)
      throw new LimitExceeded(pointer, 'needs more memory to read than the worker has.');
    if (!(error instanceof NoSuchLayer)) throw error;
    const names = error.layers.join(', ') || 'none';
    throw new InvalidInput(pointer, `has no layer "${options.layer ?? ''}"; its layers: ${names}.`);
  }
}
