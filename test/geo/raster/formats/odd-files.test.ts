import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openRaster } from '../../../../geo/raster/formats/open-raster.ts';
import { parseGdalMetadata } from '../../../../geo/raster/formats/tiff/gdal-metadata.ts';
import { bytesSource, makeRunContext } from '../../formats/support.ts';

const open = (content: string | Uint8Array, name: string) =>
  openRaster(bytesSource(Buffer.from(content), { href: `https://data.example/${name}` }), makeRunContext());

describe('rasters as some programs write them', () => {
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
