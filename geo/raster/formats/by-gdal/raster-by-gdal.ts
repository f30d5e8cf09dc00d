import { rmSync, statfsSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import type { RunContext, Source } from '../../../../core/run/context.ts';
import { ClassLimitExceeded, LimitExceeded } from '../../../../core/shared/errors.ts';
import type { Crs } from '../../../crs/crs.ts';
import { findCrs } from '../../../crs/find-crs.ts';
import { givenFiles } from '../../../formats/by-gdal/given-files.ts';
import { unpackedSource } from '../../../formats/common/gzip.ts';
import { MemoryRefused } from '../../../gdal/engine.ts';
import { isPlaceless } from '../../../gdal/placeless-wkt.ts';
import {
  type RasterOptions,
  type RasterSize,
  type TranslatedRaster,
  translateRaster,
} from '../../../gdal/translate-raster.ts';
import { checkPixelCount } from '../../pixel-limits.ts';
import { checkIlwisFiles, ILWIS_WITHOUT_CRS } from './ilwis-files.ts';

/** A raster that GDAL has translated. */
export interface RasterByGdal {
  /** A GeoTIFF. */
  readonly source: Source;
  /** That of the file; undefined where it has none. */
  readonly crs: Crs | undefined;
  /** Of the file, of which the GeoTIFF may have the first pixel only. */
  readonly size: RasterSize;
  readonly bands: TranslatedRaster['bands'];
  readonly remarks: readonly string[];
}

/**
 * A raster as a GeoTIFF, by way of GDAL: what no reader of this project knows. GDAL translates it, once and whole, and sees
 * nothing but the file.
 *
 * @param options with `headerOnly`, it has the first pixel only, and may be of any size
 * @returns undefined where GDAL does not know the file either
 */
export async function rasterByGdal(
  source: Source,
  context: RunContext,
  pointer: string,
  options: RasterOptions = {},
): Promise<RasterByGdal | undefined> {
  const unpacked = unpackedSource(source, await source.bytes(), context) ?? source;
  const given = await givenFiles(unpacked, context);
  const translated = await translate(pointer, () =>
    translateRaster(
      given,
      (size) => {
        if (!options.headerOnly) checkSize(size, pointer, context);
      },
      options,
    ),
  );
  if (!translated) return undefined;
  const { path, wkt, driver, size, bands, remarks } = translated;
  removedAtLast(dirname(path));
  const crs = wkt === undefined || isPlaceless(wkt) ? undefined : findCrs(wkt);
  const isIlwis = driver === 'ILWIS';
  if (isIlwis) checkIlwisFiles(given);
  return {
    source: fileSource(path, pointer),
    crs,
    size,
    bands,
    remarks: isIlwis && !crs ? [...remarks, ILWIS_WITHOUT_CRS] : remarks,
  };
}

async function translate(
  pointer: string,
  work: () => Promise<TranslatedRaster | undefined>,
): Promise<TranslatedRaster | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof MemoryRefused)) throw error;
    throw new LimitExceeded(pointer, 'needs more memory to read than the worker has.');
  }
}

/** Share of the free space that a translation may take: results need some too. */
const SHARE = 0.7;

/** All of it is read, whatever the process needs of it. */
function checkSize({ width, height, bytes }: RasterSize, pointer: string, context: RunContext): void {
  checkPixelCount(width * height, pointer, context, 'read');
  const { bavail, bsize } = statfsSync(tmpdir());
  if (bytes <= bavail * bsize * SHARE) return;
  throw new ClassLimitExceeded(
    pointer,
    `has ${bytes} bytes when uncompressed, more than the worker of the process can hold. Send it as a Cloud Optimized GeoTIFF, which is read in ranges.`,
  );
}

/** A file of this machine, read in ranges. */
function fileSource(path: string, pointer: string): Source {
  const { size } = statSync(path);
  const read = async (offset: number, wanted: number): Promise<Uint8Array> => {
    const bytes = new Uint8Array(Math.max(0, Math.min(wanted, size - offset)));
    const file = await open(path);
    try {
      await file.read(bytes, 0, bytes.length, offset);
    } finally {
      await file.close();
    }
    return bytes;
  };
  return { pointer, size: async () => size, read, bytes: () => read(0, size) };
}

let directories: string[] | undefined;

/** A worker empties its directory after each run; what runs elsewhere cleans up when it ends. */
function removedAtLast(directory: string): void {
  if (!directories) {
    directories = [];
    process.once('exit', () => {
      for (const path of directories ?? []) rmSync(path, { recursive: true, force: true });
    });
  }
  directories.push(directory);
}
