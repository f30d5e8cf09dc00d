import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MediaType } from '../../../core/shared/uris.ts';
import { remarkOnMove } from '../../../geo/crs/accuracy.ts';
import { crs84 } from '../../../geo/crs/crs.ts';
import { writeLayer } from '../../../geo/formats/write.ts';
import { crsFrom } from '../../support/crs.ts';

const remark = (from: string, to: string) => remarkOnMove(crsFrom(from), crsFrom(to));

describe('positions that would need a grid file', () => {
  it('are moved without it, and it is said how far off they may be', () => {
    assert.match(
      remark('EPSG:4267', 'EPSG:4326')!,
      /EPSG:4267 may be off by up to 44 m, .* ca_nrc_ntv2_0\.tif/,
    );
    assert.match(remark('EPSG:32119', 'EPSG:27700')!, /EPSG:27700 may be off by up to 35 m, .*OSTN15/);
    assert.match(remark('EPSG:26711', 'EPSG:27700')!, /EPSG:26711 .*; those in EPSG:27700 /);
    assert.match(remark('EPSG:4122', 'EPSG:4326')!, /by an unknown amount/);
    // Of definitions without a code as well, on a datum that is known.
    const nad27 =
      'PROJCS["x",GEOGCS["GCS_North_American_1927",DATUM["D_North_American_1927",SPHEROID["Clarke_1866",6378206.4,294.9786982]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Albers"],PARAMETER["False_Easting",1.0],PARAMETER["False_Northing",2.0],PARAMETER["Central_Meridian",-96.0],PARAMETER["Standard_Parallel_1",29.0],PARAMETER["Standard_Parallel_2",45.0],PARAMETER["Latitude_Of_Origin",37.0],UNIT["Foot_US",0.3048006096012192]]';
    assert.match(remark(nad27, 'EPSG:4326')!, /those in x may be off by up to 44 m/);
  });

  it('are said to be near where the shift of a datum is approximated', () => {
    assert.match(remark('EPSG:7683', 'EPSG:4326')!, /by up to 0\.\d m, because its datum shift/);
    assert.match(remark('EPSG:20904', 'EPSG:4326')!, /by up to 0\.1 m/);
    assert.equal(remark('EPSG:32249', 'EPSG:4326'), undefined);
  });

  it('are not mentioned on one datum, or where PROJ takes no file', () => {
    for (const [from, to] of [
      ['EPSG:4267', 'EPSG:26711'],
      ['EPSG:28992', 'EPSG:4326'],
      ['EPSG:4326', 'EPSG:3857'],
      ['EPSG:3035', 'EPSG:25832'],
    ] as const)
      assert.equal(remark(from, to), undefined, `${from} ${to}`);
  });

  it('are mentioned by formats that are in longitudes and latitudes', async () => {
    const layer = { features: [], crs: crsFrom('EPSG:4267') };
    assert.match((await writeLayer(layer, MediaType.geojson)).remarks.join(), /up to 44 m/);
    assert.deepEqual((await writeLayer(layer, MediaType.flatgeobuf)).remarks, []);
    assert.deepEqual((await writeLayer({ ...layer, crs: crs84 }, MediaType.geojson)).remarks, []);
  });
});
