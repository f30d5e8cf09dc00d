import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Geometry } from 'geojson';
import { MediaType } from '../../../core/shared/uris.ts';
import { crs84 } from '../../../geo/crs/crs.ts';
import { readLayer } from '../../../geo/formats/read.ts';
import { writeLayer } from '../../../geo/formats/write.ts';
import { validFeatures } from '../../../geo/geos/valid-features.ts';
import { bytesSource, makeRunContext, valueSource } from './support.ts';

const point: Geometry = { type: 'Point', coordinates: [1, 2] };
const closed = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 0],
];
const open = closed.slice(0, 3);
const collapsed = [
  [0, 0],
  [1, 1],
  [0, 0],
];

/** What each degenerate geometry becomes. */
const cases: readonly (readonly [name: string, from: unknown, to: Geometry | null, told: RegExp])[] = [
  [
    'a ring that is not closed',
    { type: 'Polygon', coordinates: [open] },
    { type: 'Polygon', coordinates: [closed] },
    /1 ring was closed/,
  ],
  ['a ring of three positions', { type: 'Polygon', coordinates: [collapsed] }, null, /too few positions/],
  [
    'a hole that has collapsed',
    { type: 'Polygon', coordinates: [closed, collapsed] },
    { type: 'Polygon', coordinates: [closed] },
    /1 ring or line with too few/,
  ],
  [
    'a polygon of several that has collapsed',
    { type: 'MultiPolygon', coordinates: [[closed], [collapsed]] },
    { type: 'MultiPolygon', coordinates: [[closed]] },
    /1 ring or line with too few/,
  ],
  [
    'a line of several without positions',
    {
      type: 'MultiLineString',
      coordinates: [
        [
          [1, 2],
          [3, 4],
        ],
        [],
      ],
    },
    {
      type: 'MultiLineString',
      coordinates: [
        [
          [1, 2],
          [3, 4],
        ],
      ],
    },
    /1 ring or line with too few/,
  ],
  [
    'a polygon of several without rings',
    { type: 'MultiPolygon', coordinates: [[closed], []] },
    { type: 'MultiPolygon', coordinates: [[closed]] },
    /1 ring or line with too few/,
  ],
  ['a line of one position', { type: 'LineString', coordinates: [[1, 2]] }, null, /too few positions/],
  [
    'a part of a collection that has collapsed',
    { type: 'GeometryCollection', geometries: [point, { type: 'LineString', coordinates: [[1, 2]] }] },
    { type: 'GeometryCollection', geometries: [point] },
    /too few positions/,
  ],
];

const collection = (geometry: unknown) => ({
  type: 'FeatureCollection',
  features: [
    { type: 'Feature', properties: { a: 1 }, geometry: point },
    { type: 'Feature', properties: { a: 2 }, geometry },
  ],
});
const file = (value: unknown) =>
  bytesSource(Buffer.from(JSON.stringify(value)), { mediaType: MediaType.geojson });

describe('a degenerate part', () => {
  for (const [name, from, to, told] of cases) {
    it(`that is ${name} does not refuse the layer`, async () => {
      for (const source of [valueSource(collection(from)), file(collection(from))]) {
        const context = makeRunContext();
        const { features } = await readLayer(source, context);
        assert.deepEqual(
          features.map(({ geometry }) => geometry),
          [point, to],
        );
        assert.match(context.logged.join(), told);
      }
    });
  }

  it('of a binary file is the same', async () => {
    for (const mediaType of [MediaType.geopackage, MediaType.flatgeobuf, MediaType.geoparquet]) {
      const geometry = { type: 'Polygon', coordinates: [open] } as Geometry;
      const features = [{ type: 'Feature', properties: {}, geometry } as const];
      const { bytes } = await writeLayer({ features, crs: crs84 }, mediaType);
      const read = await readLayer(bytesSource(bytes, { mediaType }), makeRunContext());
      assert.deepEqual(read.features[0]?.geometry, { type: 'Polygon', coordinates: [closed] }, mediaType);
    }
  });

  it('that is a position of NaN in a binary file is left out', async () => {
    const coordinates = [
      [0, 0],
      [Number.NaN, 1],
      [2, 2],
    ];
    const features = [
      { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates } },
    ] as const;
    const { bytes } = await writeLayer({ features, crs: crs84 }, MediaType.geoparquet);
    const context = makeRunContext();
    const read = await readLayer(bytesSource(bytes, { mediaType: MediaType.geoparquet }), context);
    const expected = [coordinates[0], coordinates[2]];
    assert.deepEqual(read.features[0]?.geometry, { type: 'LineString', coordinates: expected });
    assert.match(context.logged.join(), /1 position that is not a number was left out/);
  });

  it('of an unknown type is null in a file, and a fault in a request', async () => {
    for (const geometry of [{ type: 'Circle', coordinates: [] }, { type: 'GeometryCollection' }]) {
      const context = makeRunContext();
      const { features } = await readLayer(file(collection(geometry)), context);
      assert.equal(features[1]?.geometry, null);
      assert.match(context.logged.join(), /1 geometry that is not GeoJSON became null/);
      await assert.rejects(
        readLayer(valueSource(collection(geometry)), makeRunContext()),
        /Circle|geometries/,
      );
    }
  });

  it('is refused under the rule "error", left out under "skip", and mended under "repair"', async () => {
    const layer = await readLayer(
      valueSource(collection({ type: 'Polygon', coordinates: [open] })),
      makeRunContext(),
    );
    await assert.rejects(validFeatures(layer, 'error', makeRunContext()), (error) => {
      assert.deepEqual((error as { faults: readonly { pointer: string }[] }).faults, [
        {
          pointer: '/inputs/features/features/1/geometry',
          detail:
            'has a ring that is not closed. Set "invalidGeometry" to "repair" or "skip", or correct it.',
        },
      ]);
      return true;
    });
    assert.equal((await validFeatures(layer, 'skip', makeRunContext())).length, 1);
    assert.equal((await validFeatures(layer, 'repair', makeRunContext())).length, 2);
  });
});

describe('coordinates beyond the world', () => {
  it('by rounding are led back to its edge without a word', async () => {
    const context = makeRunContext();
    const coordinates = [
      [-180.00000000000003, -90.00000000000003],
      [180.0000000000001, 90.0000000001],
    ];
    const { features } = await readLayer(valueSource({ type: 'LineString', coordinates }), context);
    const expected = [
      [-180, -90],
      [180, 90],
    ];
    assert.deepEqual(features[0]?.geometry, { type: 'LineString', coordinates: expected });
    assert.deepEqual(
      context.logged.filter((line) => /repaired/.test(line)),
      [],
    );
  });

  it('by more are refused', async () => {
    await assert.rejects(
      readLayer(valueSource({ type: 'Point', coordinates: [0, 90.000001] }), makeRunContext()),
      /90\.000001/,
    );
  });
});

describe('longitudes beyond 180 or -180', () => {
  const read = async (geometry: unknown) =>
    (await readLayer(valueSource(geometry), makeRunContext())).features[0]!.geometry;
  const box = (west: number, east: number) => ({
    type: 'Polygon',
    coordinates: [
      [
        [west, 10],
        [east, 10],
        [east, 12],
        [west, 12],
        [west, 10],
      ],
    ],
  });

  it('are brought back as they are where nothing crosses', async () => {
    assert.deepEqual(await read(box(181, 183)), box(-179, -177));
    assert.deepEqual(await read(box(-183, -181)), box(177, 179));
    assert.deepEqual(await read(box(180, 190)), box(-180, -170));
    assert.deepEqual(await read({ type: 'Point', coordinates: [200, 5, 7] }), {
      type: 'Point',
      coordinates: [-160, 5, 7],
    });
    const many = { type: 'MultiPolygon', coordinates: [box(181, 183).coordinates] };
    assert.deepEqual(await read(many), { type: 'MultiPolygon', coordinates: [box(-179, -177).coordinates] });
  });

  it('are cut at the antimeridian, in either convention', async () => {
    for (const geometry of [box(179, 181), box(-181, -179)]) {
      const cut = (await read(geometry)) as { type: string; coordinates: number[][][][] };
      assert.equal(cut.type, 'MultiPolygon');
      const longitudes = cut.coordinates.map(([ring]) => [...new Set(ring!.map(([x]) => x!))].sort());
      assert.deepEqual(longitudes.sort(), [
        [-179, -180],
        [179, 180],
      ]);
    }
  });

  it('of lines are cut there and nowhere else, with heights between those of the ends', async () => {
    const coordinates = [
      [179, 10, 0],
      [181, 11, 100],
      [181, 10],
      [179, 11],
    ];
    assert.deepEqual(await read({ type: 'LineString', coordinates }), {
      type: 'MultiLineString',
      coordinates: [
        [
          [179, 10, 0],
          [180, 10.5, 50],
        ],
        [
          [-180, 10.5, 50],
          [-179, 11, 100],
          [-179, 10],
          [-180, 10.5],
        ],
        [
          [180, 10.5],
          [179, 11],
        ],
      ],
    });
  });
});
