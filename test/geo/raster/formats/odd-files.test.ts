import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openRaster } from '../../../../geo/raster/formats/open-raster.ts';
import { parseGdalMetadata } from '../../../../geo/raster/formats/tiff/gdal-metadata.ts';
import { bytesSource, makeRunContext } from '../../formats/support.ts';

const open = (content: string | Uint8Array, name: string) =>
  openRaster(bytesSource(Buffer.from(content), { href: `https://data.example/${name}` }), makeRunContext());

/** Tags of a TIFF, with numbers of 16 bits or, as texts, ASCII. */
type Tags = Readonly<Record<number, readonly number[] | string>>;

/** A TIFF of 2 by 2 pixels with three bands, all in one strip. */
function tiff(pixels: readonly number[], tags: Tags): Buffer {
  const all: Tags = { 256: [2], 257: [2], 258: [8, 8, 8], 259: [1], 277: [3], 278: [2], 279: [12], ...tags };
  const entries = Object.entries({ ...all, 273: [8] }).map(([tag, value]) => ({ tag: Number(tag), value }));
  const extra: Buffer[] = [];
  let free = 8 + pixels.length + 2 + entries.length * 12 + 4;
  const directory = entries
    .toSorted((one, other) => one.tag - other.tag)
    .map(({ tag, value }) => {
      const bytes =
        typeof value === 'string'
          ? Buffer.from(`${value}\0`, 'latin1')
          : Buffer.from(Uint16Array.from(value).buffer);
      const entry = Buffer.alloc(12);
      entry.writeUInt16LE(tag, 0);
      entry.writeUInt16LE(typeof value === 'string' ? 2 : 3, 2);
      entry.writeUInt32LE(typeof value === 'string' ? bytes.length : value.length, 4);
      if (bytes.length <= 4) bytes.copy(entry, 8);
      else {
        entry.writeUInt32LE(free, 8);
        extra.push(bytes);
        free += bytes.length;
      }
      return entry;
    });
  const header = Buffer.from('49492a0000000000', 'hex');
  header.writeUInt32LE(8 + pixels.length, 4);
  const count = Buffer.alloc(2);
  count.writeUInt16LE(entries.length);
  return Buffer.concat([header, Buffer.from(pixels), count, ...directory, Buffer.alloc(4), ...extra]);
}

describe('rasters as some programs write them', () => {
  it('have colours of YCbCr that are not compressed as JPEG, which GDAL makes those of RGB', async () => {
    const grey = [100, 128, 128];
    // Red by ITU-R BT.601.
    const red = [76, 85, 255];
    const raster = await open(
      tiff([...grey, ...red, ...grey, ...grey], { 262: [6], 530: [1, 1] }),
      'ycbcr.tif',
    );
    const bands = await Promise.all([1, 2, 3].map(async (band) => [...(await raster.read(band))]));
    const wanted = [
      [100, 254, 100, 100],
      [100, 0, 100, 100],
      [100, 0, 100, 100],
    ];
    for (const [band, values] of wanted.entries())
      for (const [pixel, value] of values.entries())
        assert.ok(Math.abs((bands[band]?.[pixel] ?? Number.NaN) - value) <= 2, `${bands[band]}`);
  });

  it('are in a plane without a place on the Earth, which is left out, with a warning', async () => {
    const context = makeRunContext();
    const name = 'Cartesian (Meter)';
    const keys = [1, 1, 0, 2, 1024, 0, 1, 1, 1026, 34_737, name.length + 1, 0];
    const bytes = tiff(Array<number>(12).fill(1), { 262: [2], 34735: keys, 34737: `${name}|` });
    const raster = await openRaster(bytesSource(bytes, { href: 'https://data.example/plane.tif' }), context);
    assert.equal(raster.crs, undefined);
    const wanted =
      'The CRS "Cartesian (Meter)" of the raster is a plane without a place on the Earth; it is left out.';
    assert.ok(context.logged.includes(wanted), context.logged.join());
  });

  it('have no scale where GDAL up to 2.3 wrote that it is 0', () => {
    const item = (role: string, text: string) => `<Item name="X" sample="0" role="${role}">${text}</Item>`;
    const bands = (...items: readonly string[]) =>
      parseGdalMetadata(`<GDALMetadata>${items.join('')}</GDALMetadata>`)?.bands.get(0);
    assert.deepEqual(bands(item('scale', '0'), item('offset', '0')), { offset: 0 });
    assert.deepEqual(bands(item('scale', '0.1'), item('offset', '-5')), { scale: 0.1, offset: -5 });
    assert.deepEqual([bands(item('scale', 'x')), bands(item('scale', ''))], [{}, {}]);
  });

  it('are of floating point where nodata is no number, if all others are whole', async () => {
    const grid = (nodata: string) =>
      open(
        `ncols 3\nnrows 2\nxllcorner 5\nyllcorner 52\ncellsize 0.5\n${nodata}1 nan 0\n1 1 0\n`,
        'grid.asc',
      );
    const raster = await grid('NODATA_value    nan\n');
    assert.deepEqual([raster.bands[0]?.dataType, raster.bands[0]?.nodata], ['float32', Number.NaN]);
    assert.deepEqual([...(await raster.read(1))], [1, Number.NaN, 0, 1, 1, 0]);
    const whole = await open(
      'ncols 2\nnrows 1\nxllcorner 5\nyllcorner 52\ncellsize 1\nNODATA_value -9\n1 -9\n',
      'a.asc',
    );
    assert.deepEqual([whole.bands[0]?.dataType, whole.bands[0]?.nodata], ['int32', -9]);
  });

  it('are named where nothing reads them, with what to do', async () => {
    const files = {
      'a netCDF file': 'CDF\u0001\0\0\0\0',
      'a netCDF or HDF5 file': Buffer.from('894844460d0a1a0a00000000', 'hex'),
      'an HDF4 file': Buffer.from('0e031301000000000000', 'hex'),
      'a JPEG 2000 image': Buffer.from('0000000c6a5020200d0a870a', 'hex'),
    };
    for (const [name, bytes] of Object.entries(files))
      await assert.rejects(
        open(bytes, 'file'),
        (error: Error) => error.message.includes(`is ${name}, which cannot be read. Convert it to GeoTIFF`),
        name,
      );
  });
});
