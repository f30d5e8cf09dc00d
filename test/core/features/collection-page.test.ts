import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { intersectsBbox } from '../../../core/features/bounds.ts';
import { readPage } from '../../../core/features/collection-page.ts';

const href = 'https://data.example/collections/towns/items?limit=2';
const feature = (geometry: unknown = null, properties: unknown = {}) => ({
  type: 'Feature',
  properties,
  geometry,
});
const page = (features: unknown, members: object = {}) => ({
  type: 'FeatureCollection',
  features,
  ...members,
});

describe('a page of a collection', () => {
  test('has features, the number of all, and an address of the next page, relative or not', () => {
    const next = { rel: 'next', href: '?limit=2&offset=2' };
    const read = readPage(
      page([feature()], { numberMatched: 7, links: [null, { rel: 'self' }, next] }),
      href,
    );
    assert.deepEqual(read, {
      features: [feature()],
      next: 'https://data.example/collections/towns/items?limit=2&offset=2',
      matched: 7,
    });
    assert.deepEqual(readPage(page([]), href), { features: [], next: undefined, matched: undefined });
  });

  test('may have geometries of all kinds, empty ones and none', () => {
    for (const geometry of [
      null,
      undefined,
      { type: 'Point', coordinates: [1, 2, 3] },
      { type: 'Point', coordinates: [] },
      { type: 'MultiPolygon', coordinates: [[[[0, 0]]]] },
      { type: 'GeometryCollection', geometries: [{ type: 'MultiLineString', coordinates: [] }] },
    ]) {
      assert.equal(typeof readPage(page([feature(geometry)]), href), 'object', JSON.stringify(geometry));
    }
  });

  const faults: [document: unknown, fault: RegExp][] = [
    [null, /is not a GeoJSON FeatureCollection/],
    [[], /is not a GeoJSON FeatureCollection/],
    [page({}), /is not a GeoJSON FeatureCollection/],
    [page([null, 1]), /has a member \/features\/0 that is not a GeoJSON Feature/],
    [page([feature(), 1]), /\/features\/1 that is not a/],
    [page([feature(5)]), /\/features\/0 that has no GeoJSON geometry/],
    [page([feature({ type: 'Circle', coordinates: [0, 0] })]), /no GeoJSON geometry/],
    [page([feature({ type: 'constructor', coordinates: [0, 0] })]), /no GeoJSON geometry/],
    [page([feature({ type: 'Polygon', coordinates: [0, 0] })]), /no GeoJSON geometry/],
    [page([feature({ type: 'GeometryCollection', geometries: 3 })]), /no GeoJSON geometry/],
    [page([feature(null, 'text')]), /"properties" that are not an object/],
    [page([], { links: [{ rel: 'next', href: 'http://[' }] }), /next page that is not a URL: "http:\/\/\["/],
    [page([], { links: [{ rel: 'next' }] }), /next page that is not a URL/],
  ];
  for (const [document, fault] of faults) {
    test(`${JSON.stringify(document).slice(0, 80)} is said to be wrong`, () => {
      assert.match(readPage(document, href) as string, fault);
    });
  }

  test('of anything is read or said to be wrong, and what was read has bounds', () => {
    const geometry = fc.record({
      type: fc.constantFrom('Point', 'LineString', 'Polygon', 'GeometryCollection', 'x'),
      coordinates: fc.jsonValue(),
      geometries: fc.jsonValue(),
    });
    const features = fc.array(
      fc.oneof(
        fc.jsonValue(),
        geometry.map((made) => feature(made)),
        fc.constant(feature()),
      ),
    );
    fc.assert(
      fc.property(features, fc.jsonValue(), (list, links) => {
        const read = readPage(page(list, { links }), href);
        if (typeof read === 'string') return;
        for (const found of read.features) intersectsBbox(found.geometry, [0, 0, 1, 1]);
      }),
      { seed: 20260131, numRuns: 2000 },
    );
  });
});
