import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parseReference } from '../../../web/map/crs/reference.ts';

it('names of a CRS mean the same, however they are written', () => {
  for (const name of [
    'EPSG:28992',
    'urn:ogc:def:crs:EPSG::28992',
    'urn:ogc:def:crs:EPSG:6.9:28992',
    'http://www.opengis.net/def/crs/EPSG/0/28992',
    '[http://www.opengis.net/def/crs/EPSG/0/28992]',
    '<http://www.opengis.net/def/crs/EPSG/0/28992>',
  ])
    assert.deepEqual(parseReference(name), { code: 28992 }, name);
  for (const name of [
    'urn:ogc:def:crs:OGC:1.3:CRS84',
    'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
    'EPSG:4326',
  ])
    assert.deepEqual(parseReference(name), {}, name);
  assert.deepEqual(parseReference('ESRI:102008'), { code: 102008 });
  assert.deepEqual(parseReference('PROJCS["local",GEOGCS[]]'), { definition: 'PROJCS["local",GEOGCS[]]' });
  assert.equal(parseReference('the national grid'), undefined);
});
