import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { fitting } from '../../../core/shared/answer-size.ts';
import { contentDisposition } from '../../../core/shared/content-disposition.ts';
import { extensionOf } from '../../../core/shared/formats.ts';
import { shortened } from '../../../core/shared/problems.ts';
import { startOf } from '../../../core/shared/text.ts';

describe('what is cut', () => {
  test('never ends in half a character', () => {
    assert.equal(startOf('a🌍b', 2), 'a');
    assert.equal(startOf('a🌍b', 3), 'a🌍');
    assert.equal(shortened(`${'x'.repeat(3998)}🌍🌍`), `${'x'.repeat(3998)}…`);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, length) => {
        assert.ok(startOf(text, length).isWellFormed());
        assert.ok(startOf(text, length).length <= length && text.startsWith(startOf(text, length)));
      }),
    );
  });

  test('of a list are the first items whose JSON fits', () => {
    // Seven bytes each: a quote counts twice, as in JSON.
    assert.deepEqual(fitting(['"a"', '"b"', '"c"'], 16), ['"a"', '"b"']);
    assert.deepEqual(fitting(['é'], 4), []);
    assert.deepEqual(fitting(['é'], 5), ['é']);
  });
});

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
    for (const [mediaType, ending] of endings) assert.equal(extensionOf(mediaType), ending);
  });
});
