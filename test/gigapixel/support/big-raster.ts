import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { MediaType } from '../../../core/shared/uris.ts';
import { joinParts } from '../../../geo/raster/formats/tiff/join-parts.ts';
import { readPartIndex } from '../../../geo/raster/formats/tiff/part-index.ts';
import type { StoredPart } from '../../../geo/raster/formats/tiff/stored-part.ts';
import { writeRaster } from '../../../geo/raster/formats/write-raster.ts';
import type { RasterContent } from '../../../geo/raster/raster.ts';
import { joinMoments, type Moments, momentsOf, noMoments } from '../../../geo/statistics/moments.ts';
import { crsFrom } from '../../support/crs.ts';

/** Rows that are in memory at once. */
const ROWS = 512;

/** Hills in whole metres, 10 m apart, made of two profiles so that a pixel is computed at once. */
export class BigTerrain {
  readonly size: number;
  readonly #across: Int16Array;

  constructor(size: number) {
    this.size = size;
    this.#across = Int16Array.from(
      { length: size },
      (_, at) => 600 * Math.sin(at / 97) + 300 * Math.sin(at / 1711),
    );
  }

  value(column: number, row: number): number {
    const fold = (column * (row & 1023)) & 0xf_ffff;
    return (this.#across[column] ?? 0) + (this.#across[(row * 7) % this.size] ?? 0) + (fold >> 17);
  }

  /** Some rows of it. */
  rows(first: number, end: number): Int16Array {
    const samples = new Int16Array((end - first) * this.size);
    for (let row = first, index = 0; row < end; row++)
      for (let column = 0; column < this.size; column++) samples[index++] = this.value(column, row);
    return samples;
  }

  /** Without pixels. */
  get grid(): Pick<RasterContent, 'width' | 'height' | 'transform' | 'crs' | 'dataType'> {
    const { size } = this;
    return {
      width: size,
      height: size,
      transform: [200_000, 10, 0, 6_000_000, 0, -10],
      crs: crsFrom('EPSG:32631'),
      dataType: 'int16',
    };
  }
}

/**
 * Writes a terrain as GeoTIFF, some rows at a time.
 *
 * @param directory where parts of it go as well
 * @returns the path of the file, and the moments of all pixels
 */
export async function writeTerrain(
  terrain: BigTerrain,
  directory: string,
): Promise<{ readonly path: string; readonly moments: Moments }> {
  const { size, grid } = terrain;
  const parts: StoredPart[] = [];
  const files = new Map<string, number>();
  const read = (key: string) => async (offset: number, length: number) => {
    const bytes = new Uint8Array(length);
    return bytes.subarray(0, readSync(files.get(key) ?? -1, bytes, 0, length, offset));
  };
  let moments = noMoments;
  for (let first = 0; first < size; first += ROWS) {
    const end = Math.min(size, first + ROWS);
    const samples = terrain.rows(first, end);
    moments = joinMoments(moments, momentsOf(samples));
    const strip = { whole: grid, row: first, first, end };
    const content = { ...grid, height: end - first, strip, bands: [samples] };
    const { bytes } = await writeRaster(content, MediaType.geotiff);
    const key = join(directory, `${first}.part`);
    const file = openSync(key, 'w+');
    writeSync(file, bytes);
    files.set(key, file);
    parts.push({ key, ...(await readPartIndex(read(key))), read: read(key) });
  }
  const noOverviews = () => Promise.reject(new Error('A plain GeoTIFF has no overviews'));
  const { pieces } = await joinParts(parts, noOverviews, async () => undefined);
  const path = join(directory, 'terrain.tif');
  const file = openSync(path, 'w');
  for (const piece of pieces)
    writeSync(file, piece instanceof Uint8Array ? piece : await read(piece.key)(piece.offset, piece.length));
  closeSync(file);
  for (const open of files.values()) closeSync(open);
  return { path, moments };
}
