import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { negotiate } from '../../../core/shared/negotiate.ts';

const cog = 'image/tiff; application=geotiff; profile=cloud-optimized';
const geotiff = 'image/tiff; application=geotiff';
const rasters = [cog, geotiff, 'image/png'];
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
    ['application/json; version=2', resources, undefined],
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
