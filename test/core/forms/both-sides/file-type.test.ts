import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { typeOfBytes, typeOfHead } from '../../../../core/forms/both-sides/file-type.ts';

describe('the media type of a file', () => {
  it('is what it begins with, whatever its name says', () => {
    for (const [name, head, type] of [
      ['dem.dat', 'II*\0\x08\0\0\0', 'image/tiff; application=geotiff'],
      ['dem.geojson', 'MM\0+', 'image/tiff; application=geotiff'],
      ['roads.zip', 'fgb\x03fgb\0', 'application/flatgeobuf'],
      ['roads', 'SQLite format 3\0', 'application/geopackage+sqlite3'],
      ['roads.json', 'PAR1', 'application/vnd.apache.parquet'],
      ['roads.txt', ' \n{"type":"FeatureCollection"', 'application/geo+json'],
      ['roads.csv', '\xef\xbb\xbf{"type"', 'application/geo+json'],
      ['roads.tif', '{"type"', 'application/geo+json'],
    ] as const)
      assert.equal(typeOfHead(name, head), type, name);
  });

  it('is what its name says where the beginning leaves that open', () => {
    for (const [name, head, type] of [
      ['places.CSV', 'name,x,y\n', 'text/csv'],
      ['places.kml', '<?xml', 'application/vnd.google-earth.kml+xml'],
      ['places.geojsonl', '{"type":"Feature"}\n{', 'application/geo+json-seq'],
      ['places.zip', 'PK\x03\x04', 'application/zip'],
      ['places.kmz', 'PK\x03\x04', 'application/vnd.google-earth.kmz'],
    ] as const)
      assert.equal(typeOfHead(name, head), type, name);
  });

  it('is left to the service where the two do not agree, or neither says it', () => {
    for (const [name, head] of [
      ['places.geojson', 'name,x,y\n'],
      ['places.zip', 'name,x,y\n'],
      ['places.gml', '<gml:FeatureCollection'],
      ['places.xlsx', 'PK\x03\x04'],
    ] as const)
      assert.equal(typeOfHead(name, head), 'application/octet-stream', name);
    assert.equal(typeOfBytes('a', new TextEncoder().encode('PAR1')), 'application/vnd.apache.parquet');
  });
});
