import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { InvalidInput } from '../../../core/shared/errors.ts';
import { MediaType } from '../../../core/shared/uris.ts';
import { readLayer } from '../../../geo/formats/read.ts';
import { openRaster } from '../../../geo/raster/formats/open-raster.ts';
import { bytesSource, makeRunContext } from './support.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const fixture = (name: string) => readFileSync(join(root, 'test', 'fixtures', name));

/** What is wrong with a file is the client's; what goes wrong in the service never is. */
describe('whose fault it is', () => {
  it('a full or missing temporary directory is not the file’s', async () => {
    const before = process.env['TMPDIR'];
    const directory = await mkdtemp(join(tmpdir(), 'gone-'));
    await rm(directory, { recursive: true });
    process.env['TMPDIR'] = directory;
    try {
      const source = bytesSource(fixture('layers/layers.gpkg'), { mediaType: MediaType.geopackage });
      await assert.rejects(readLayer(source, makeRunContext()), { code: 'ENOENT' });
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
  });

  it('a mistake in the service is not the file’s', async () => {
    for (const [name, mediaType] of [
      ['layers.gpkg', MediaType.geopackage],
      ['layers.zip', MediaType.shapefile],
      ['layers.kml', MediaType.kml],
      ['districts.fgb', MediaType.flatgeobuf],
      ['districts.parquet', MediaType.geoparquet],
      ['stops.csv', MediaType.csv],
    ] as const) {
      const mistake = new TypeError('limits are not there');
      const context = Object.defineProperty(makeRunContext(), 'limits', {
        get: () => {
          throw mistake;
        },
      });
      const source = bytesSource(fixture(`layers/${name}`), { mediaType });
      await assert.rejects(readLayer(source, context), (error) => error === mistake, name);
    }
  });

  it('what storage or the network say while a raster is read is not the file’s', async () => {
    const bytes = fixture('rasters/float32-cog.tif');
    const failure = new Error('SlowDown');
    for (const good of [0, 1]) {
      let reads = 0;
      const source = bytesSource(bytes, {
        read: async (offset, length) => {
          if (reads++ >= good) throw failure;
          return bytes.subarray(offset, offset + length);
        },
      });
      const read = async () => (await openRaster(source, makeRunContext())).read(1);
      await assert.rejects(read(), (error) => error === failure, `after ${good} reads`);
    }
  });

  it('a damaged file is the client’s, with the cause for the log', async () => {
    const bytes = fixture('layers/layers.zip').subarray(0, 300);
    const source = bytesSource(bytes, { mediaType: MediaType.shapefile });
    await assert.rejects(readLayer(source, makeRunContext()), (error) => {
      assert.ok(error instanceof InvalidInput);
      assert.ok(error.cause instanceof Error);
      return true;
    });
  });

  it('readers say FormatError where the file is at fault', () => {
    const readers = globSync(['geo/formats/*/*.ts', 'geo/raster/formats/tiff/*.ts'], { cwd: root }).filter(
      // Parts of a raster are the service's own, and nobody sends them.
      (name) => !/write|encode-part|join-parts|join-masks|part-index|stored-part/.test(name),
    );
    assert.ok(readers.length > 20);
    const plain = readers.filter((name) => /throw new Error\(/.test(readFileSync(join(root, name), 'utf8')));
    assert.deepEqual(plain, [], 'a plain Error becomes a status of 500');
  });
});
