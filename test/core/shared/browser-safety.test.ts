import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { listMediaTypes } from '../../../core/processes/alternatives.ts';
import { browserSafe } from '../../../core/shared/browser-safety.ts';
import { layerFormats, rasterOutputFormats } from '../../../core/shared/formats.ts';
import { processes } from '../../../processes/index.ts';

/** What browsers run, or ask another program to run, written down a second time on purpose. */
const RUNS = /html|xml|svg|script|multipart|pdf|mhtml|message\/|flash|java|wasm|css|xsl|vml|manifest/i;

const offered = [
  ...new Set([
    ...processes.flatMap(({ outputs }) =>
      Object.values(outputs).flatMap(({ schema }) => listMediaTypes(schema)),
    ),
    ...[...layerFormats, ...rasterOutputFormats].map(({ mediaType }) => mediaType),
  ]),
];

const hostile = [
  'text/html',
  'TEXT/HTML',
  'text/html; charset=utf-7',
  ' text/html ',
  'application/xhtml+xml',
  'image/svg+xml',
  'image/svg+xml; charset=utf-8',
  'text/xml',
  'application/xml',
  'application/rdf+xml',
  'application/gml+xml',
  'application/vnd.google-earth.kml+xml',
  'text/xsl',
  'application/xslt+xml',
  'text/javascript',
  'application/javascript',
  'application/ecmascript',
  'text/css',
  'text/cache-manifest',
  'multipart/x-mixed-replace; boundary=a',
  'multipart/related; boundary=a',
  'message/rfc822',
  'application/pdf',
  'application/x-shockwave-flash',
  'application/java-archive',
  'application/wasm',
  'text/vtt',
  'application/hta',
  'application/json+html',
  'application/jsonx',
  'text/json-html',
  '*/*',
  'nonsense',
  'text',
];

const headersOf = (type: string | undefined, disposition?: string) =>
  browserSafe(
    {
      ...(type === undefined ? {} : { 'Content-Type': type }),
      ...(disposition === undefined ? {} : { 'Content-Disposition': disposition }),
    },
    true,
  );

describe('a body that a client has stored', () => {
  for (const type of [...offered, ...hostile]) {
    test(`of the type ${type} is not guessed at, and nothing of it runs`, () => {
      const headers = headersOf(type, 'inline; filename="a"');
      assert.equal(headers['X-Content-Type-Options'], 'nosniff');
      assert.match(String(headers['Content-Security-Policy']), /^default-src 'none'.*; sandbox$/);
      assert.equal(headers['Content-Type'], type);
      const saved = headers['Content-Disposition'] === 'attachment; filename="a"';
      if (RUNS.test(type) || hostile.includes(type)) assert.ok(saved);
    });
  }

  test('is shown where it is data', () => {
    for (const type of [
      'application/geo+json',
      'application/json',
      'image/png',
      'text/csv; charset=utf-8',
      'text/plain',
    ])
      assert.equal(
        headersOf(type, 'inline; filename="a"')['Content-Disposition'],
        'inline; filename="a"',
        type,
      );
  });

  test('is saved where it has no name either', () => {
    assert.equal(headersOf('text/html')['Content-Disposition'], 'attachment');
  });

  test('without a type is bytes', () => {
    assert.equal(headersOf(undefined)['Content-Type'], 'application/octet-stream');
    assert.equal(headersOf('')['Content-Type'], 'application/octet-stream');
  });
});

test('pages of the service keep their own policy, and are shown', () => {
  const page = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': "default-src 'self'",
  };
  const headers = browserSafe(page, true);
  assert.equal(headers['Content-Security-Policy'], "default-src 'self'");
  assert.equal(headers['Content-Disposition'], undefined);
  assert.equal(headers['X-Content-Type-Options'], 'nosniff');
});

test('an answer without a body has no type', () => {
  assert.deepEqual(Object.keys(browserSafe({}, false)).sort(), [
    'Content-Security-Policy',
    'X-Content-Type-Options',
  ]);
});
