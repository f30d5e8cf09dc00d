import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { contentDisposition } from '../../../core/shared/content-disposition.ts';
import { findExtension } from '../../../core/shared/formats.ts';

describe('the name of a file', () => {
  test('is in ASCII, and in UTF-8 where it needs more (RFC 6266)', () => {
    assert.equal(contentDisposition('buffer-result.geojson'), 'attachment; filename="buffer-result.geojson"');
    assert.equal(
      contentDisposition('straße "a".gpkg', 'inline'),
      `inline; filename="stra_e _a_.gpkg"; filename*=UTF-8''stra%C3%9Fe%20%22a%22.gpkg`,
    );
    assert.equal(contentDisposition('\ud800'), `attachment; filename="_"; filename*=UTF-8''%EF%BF%BD`);
  });

  test('ends as files of its format do, whatever parameters the media type has', () => {
    const endings = [
      ['image/tiff; application=geotiff; profile=cloud-optimized', '.tif'],
      ['image/tiff', '.tif'],
      ['application/geo+json; charset=utf-8', '.geojson'],
      ['application/gml+xml; version=3.2', '.gml'],
      ['video/mp4', ''],
    ] as const;
    for (const [mediaType, ending] of endings) assert.equal(findExtension(mediaType), ending);
  });
});
