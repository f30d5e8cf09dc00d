import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { negotiate } from '../../../core/shared/negotiate.ts';

const cog = 'image/tiff; application=geotiff; profile=cloud-optimized';
const geotiff = 'image/tiff; application=geotiff';
const rasters = [cog, geotiff, 'image/png'];
const openapi = 'application/vnd.oai.openapi+json';
const definitions = [`${openapi};version=3.0`, `${openapi};version=3.1`, 'application/json'];
const resources = ['application/json', 'text/html'];

describe('Accept', () => {
  const cases: [accept: string | undefined, offered: string[], expected: string | undefined][] = [
    [undefined, resources, 'application/json'],
    ['', resources, 'application/json'],
    ['*/*', resources, 'application/json'],
    ['text/html', resources, 'text/html'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', resources, 'text/html'],
    ['application/json;q=0.5, text/html;q=0.4', resources, 'application/json'],
    ['text/*', resources, 'text/html'],
    ['application/json;q=0, */*', resources, 'text/html'],
    ['application/xml', resources, undefined],
    ['nonsense', resources, undefined],
    ['application/json; charset=utf-8', resources, 'application/json'],
    ['text/html;charset="UTF-8";q=0.5, application/json;Charset=utf-8;q=0.4', resources, 'text/html'],
    ['application/json;q=0;charset=utf8, text/html', resources, 'text/html'],
    ['application/json; charset=utf-16', resources, undefined],
    // A parameter that nobody knows excludes nothing, whatever is more specific or plainer says more.
    ['application/json; version=2', resources, 'application/json'],
    ['text/html;level=1', resources, 'text/html'],
    ['text/html;level=1;q=0.9, text/html;q=0.5, application/json;q=0.7', resources, 'application/json'],
    ['text/html;level=1;q=0.4, text/html;q=0.9, application/json;q=0.7', resources, 'text/html'],
    ['text/html;level=1;q=0, */*', resources, 'application/json'],
    ['application/json;note="a,b;c", text/html;q=0.5', resources, 'application/json'],
    ['application/json;note="a, text/html', resources, 'application/json'],
    ['image/tiff;level=1', rasters, cog],
    ['image/tiff; application=geotiff; level=1', rasters, geotiff],
    ['image/tiff; profile=stripped', rasters, undefined],
    ['image/png; level=1, image/tiff; profile=cloud-optimized; q=0.9', rasters, 'image/png'],
    [`${openapi};version=3.1`, definitions, `${openapi};version=3.1`],
    [`${openapi};version="3.1";q=0.5`, definitions, `${openapi};version=3.1`],
    [`${openapi};version=2.0`, definitions, undefined],
    [`${openapi};level=1`, definitions, `${openapi};version=3.0`],
    // The weight is q wherever it stands, and none that can be read is 1.
    ['application/json;q=1.0;foo=bar', resources, 'application/json'],
    ['text/html;q=0.5;foo=bar, application/json;q=0.4', resources, 'text/html'],
    ['image/tiff;q=0.9;profile=cloud-optimized;application=geotiff', [geotiff, cog], cog],
    ['application/json;q=abc', resources, 'application/json'],
    ['application/json;q=, text/html;q=0.9', resources, 'application/json'],
    ['application/json;q=0.9, text/html;q=7', resources, 'text/html'],
    ['application/json;q=-1', resources, 'application/json'],
    ['text/html;Q=0.2, application/json; q = 0.3', resources, 'application/json'],
    ['application/json;q=0.000', resources, undefined],
    [',', resources, undefined],
    [';q=1', resources, undefined],
    ['image/tiff', rasters, cog],
    ['image/tiff; application=geotiff', rasters, geotiff],
    ['image/tiff;application=geotiff;profile=cloud-optimized', rasters, cog],
    ['image/png, image/tiff;q=0.9', rasters, 'image/png'],
    ['image/*', rasters, cog],
  ];
  for (const [accept, offered, expected] of cases) {
    test(`${JSON.stringify(accept) ?? 'none'} of ${offered.length}: ${expected}`, () => {
      assert.equal(negotiate(accept, offered), expected);
    });
  }
});
