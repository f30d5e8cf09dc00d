import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Feature, Geometry } from 'geojson';
import { type Bounds, boundsFault, computeBbox, intersectsBbox } from '../../../core/features/bounds.ts';
import { collectionAddress, collectionFaults } from '../../../core/features/collection-input.ts';
import { parseItemsQuery } from '../../../core/features/items-query.ts';
import { makeFeatureSelector } from '../../../core/features/select-features.ts';
import { InvalidQuery } from '../../../core/shared/errors.ts';

const point = (x: number, y: number): Geometry => ({ type: 'Point', coordinates: [x, y] });

describe('bounds', () => {
  test('hold all positions, those of collections too, and are none where there is none', () => {
    const line: Geometry = {
      type: 'LineString',
      coordinates: [
        [1, 2, 9],
        [-3, 4, 9],
      ],
    };
    const inner: Geometry = { type: 'GeometryCollection', geometries: [point(10, -10)] };
    const nested: Geometry = { type: 'GeometryCollection', geometries: [inner] };
    assert.deepEqual(computeBbox([null, line, nested]), [-3, -10, 10, 4]);
    for (const none of [[], [null], [{ type: 'MultiPoint', coordinates: [] } as Geometry]]) {
      assert.equal(computeBbox(none), undefined);
    }
  });

  const rectangle = (west: number, east: number): Geometry => ({
    type: 'Polygon',
    coordinates: [
      [
        [west, 0],
        [east, 0],
        [east, 1],
        [west, 1],
        [west, 0],
      ],
    ],
  });
  const layers: [title: string, layer: Geometry[], west: number, east: number][] = [
    ['a layer that is cut at the antimeridian', [rectangle(175, 180), rectangle(-180, -170)], 175, -170],
    [
      'the parts of one feature',
      [{ type: 'GeometryCollection', geometries: [rectangle(-180, -179), rectangle(170, 180)] }],
      170,
      -179,
    ],
    [
      'points on both sides of the antimeridian',
      [
        {
          type: 'MultiPoint',
          coordinates: [
            [179, 0],
            [-179, 1],
          ],
        },
      ],
      179,
      -179,
    ],
    ['a layer around the globe', [rectangle(-180, 0), rectangle(0, 180)], -180, 180],
    [
      'a line from the one end to the other',
      [
        {
          type: 'LineString',
          coordinates: [
            [-179, 0],
            [179, 1],
          ],
        },
      ],
      -179,
      179,
    ],
    ['both sides of the Atlantic', [rectangle(-170, -35), rectangle(-17, 180)], -170, 180],
    ['longitudes beyond a turn', [rectangle(170, 190), rectangle(-180, -179)], -180, 190],
  ];
  for (const [title, layer, west, east] of layers)
    test(`of ${title} are the narrower ones`, () => assert.deepEqual(computeBbox(layer), [west, 0, east, 1]));

  test('of a feature that is cut at the antimeridian do not meet a box on the other side of the globe', () => {
    const cut: Geometry = {
      type: 'GeometryCollection',
      geometries: [rectangle(175, 180), rectangle(-180, -170)],
    };
    for (const [box, expected] of [
      [[-10, 0, 10, 1], false],
      [[176, 0, 178, 1], true],
      [[-175, 0, -100, 1], true],
      [[179, 0, -179, 1], true],
      [[176, 2, 178, 3], false],
    ] as const)
      assert.equal(intersectsBbox(cut, box), expected, String(box));
  });

  const boxes: [box: Bounds, x: number, y: number, expected: boolean][] = [
    [[0, 0, 10, 10], 10, 10, true],
    [[0, 0, 10, 10], 10.1, 10, false],
    [[170, -10, -170, 10], 175, 0, true],
    [[170, -10, -170, 10], -175, 0, true],
    [[170, -10, -170, 10], 0, 0, false],
    [[170, -10, -170, 10], 175, 11, false],
  ];
  for (const [box, x, y, expected] of boxes) {
    test(`[${box}] ${expected ? 'meets' : 'does not meet'} ${x} ${y}`, () =>
      assert.equal(intersectsBbox(point(x, y), box), expected));
  }

  test('are wrong with another number of numbers, or with the south above the north', () => {
    for (const right of [
      [1, 2, 3, 4],
      [1, 2, 0, 3, 4, 0],
      [170, 0, -170, 1],
    ])
      assert.equal(boundsFault(right), undefined);
    for (const wrong of [
      [],
      [1, 2, 3],
      [1, 2, 3, 4, 5],
      [0, 5, 1, 4],
      [0, 5, 0, 1, 4, 0],
      [Number.NaN, 0, 1, 1],
    ]) {
      assert.match(boundsFault(wrong) ?? '', /\w/, String(wrong));
    }
  });
});

describe('a collection as an input', () => {
  const base = 'https://example.org/v1';
  const addresses: [collection: string, expected: string][] = [
    ['towns', `${base}/collections/towns`],
    ['job.result', `${base}/collections/job.result`],
    ['https://other.example/collections/a/items?limit=5', 'https://other.example/collections/a'],
    ['https://other.example/data/', 'https://other.example/data'],
    ['../collections/a', 'https://example.org/v1/collections/a'],
    ['/collections/a', 'https://example.org/collections/a'],
  ];
  for (const [collection, expected] of addresses) {
    test(`"${collection}" is ${expected}`, () =>
      assert.equal(collectionAddress(collection, base, 'buffer'), expected));
  }

  const wrong: [members: object, name: string][] = [
    [{ collection: '' }, 'collection'],
    [{ collection: 'http://[' }, 'collection'],
    [{ collection: 'https://e.example:99999/collections/a' }, 'collection'],
    [{ bbox: '1,2,3,4' }, 'bbox'],
    [{ datetime: 'yesterday' }, 'datetime'],
    [{ filter: 5 }, 'filter'],
    [{ 'filter-lang': 'sql' }, 'filter-lang'],
    [{ crs: 'http://www.opengis.net/def/crs/EPSG/0/28992' }, 'crs'],
    [{ limit: 0 }, 'limit'],
    [{ passThroughParameters: { a: 1 } }, 'passThroughParameters'],
    [{ toString: 1 }, 'toString'],
  ];
  for (const [members, name] of wrong) {
    test(`${JSON.stringify(members)} is refused at its place`, () => {
      const faults = collectionFaults({ collection: 'a', ...members }, '/inputs/features');
      assert.deepEqual(
        faults.map(({ pointer }) => pointer),
        [`/inputs/features/${name}`],
      );
    });
  }

  test('gives only what is asked for', () => {
    const features = [1, 2, 3].map(
      (id): Feature => ({ type: 'Feature', id, geometry: point(id, 0), properties: { id, name: 'x' } }),
    );
    const select = makeFeatureSelector(
      { collection: 'a', bbox: [1.5, -1, 9, 1], ids: ['1', '2'], properties: ['name', 'toString'] },
      '/p',
    );
    assert.deepEqual(select(features), [{ ...features[1], properties: { name: 'x' } }]);
  });
});

describe('the query of the items of a collection', () => {
  test('has a page, and a box of four or six numbers', () => {
    assert.deepEqual(parseItemsQuery({}), { limit: 10, offset: 0 });
    const query = { limit: ['99999'], offset: ['3'], bbox: ['1,2,0,3,4,0'] };
    assert.deepEqual(parseItemsQuery(query), { limit: 10_000, offset: 3, bbox: [1, 2, 3, 4] });
  });

  for (const query of [
    { bbox: ['1,2,3'] },
    { bbox: ['1,,3,4'] },
    { bbox: ['1,2,3,4'], 'bbox-crs': ['http://www.opengis.net/def/crs/EPSG/0/28992'] },
    { datetime: ['yesterday'] },
    { nope: ['1'] },
    { limit: ['0'] },
  ] as Record<string, string[]>[]) {
    test(`${JSON.stringify(query)} is refused`, () =>
      assert.throws(() => parseItemsQuery(query), InvalidQuery));
  }
});
