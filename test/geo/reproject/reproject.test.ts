import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry } from 'geojson';
import { InvalidRequest } from '../../../core/shared/errors.ts';
import { itemAt } from '../../../core/shared/item-at.ts';
import { Crs84 } from '../../../core/shared/uris.ts';
import { crs84 } from '../../../geo/crs/crs.ts';
import { transformBetweenCrs } from '../../../geo/crs/transformation.ts';
import { mapPositions } from '../../../geo/geometry/positions.ts';
import type { Layer } from '../../../geo/layer/layer.ts';
import { helperThreads } from '../../../geo/parallel/helper-threads.ts';
import { inCrs84, layerInCrs } from '../../../geo/reproject/reproject.ts';
import { crsFrom } from '../../support/crs.ts';
import { geometries } from '../formats/arbitraries.ts';
import { makeRunContext } from '../formats/support.ts';

helperThreads.use(new URL('../../../geo/helper.ts', import.meta.url));
after(async () => {
  await helperThreads.end();
});

const makeLayer = (crs: string, geometries: readonly (Geometry | null)[]): Layer => ({
  crs: crsFrom(crs),
  features: geometries.map((geometry) => ({ type: 'Feature', properties: {}, geometry })),
  mediaType: 'application/geo+json',
  geometryPointer: (index) => `/features/${index}`,
});
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** The features, or what is wrong with them. */
const settleOutcome = async (moved: Promise<{ readonly features: unknown }>): Promise<unknown> => {
  try {
    return plain((await moved).features);
  } catch (error) {
    assert.ok(error instanceof InvalidRequest, String(error));
    return error.faults.map(({ detail }) => detail);
  }
};

/** Of the Pacific, whose coordinates run on beyond the antimeridian, and of a zone that does not reach so far. */
const sources = ['EPSG:3832', 'EPSG:32660'];
const scaled = (size: number) =>
  geometries.map((geometry) =>
    mapPositions(geometry, ([x = 0, y = 0, ...rest]) => [x * size, y * size, ...rest]),
  );
const empty: Geometry[] = [
  { type: 'Point', coordinates: [] },
  { type: 'LineString', coordinates: [] },
  { type: 'MultiPolygon', coordinates: [] },
];
const layers = fc.array(
  fc.oneof(
    { weight: 20, arbitrary: scaled(50_000) },
    { weight: 1, arbitrary: scaled(1e6) },
    { weight: 4, arbitrary: fc.constantFrom<Geometry | null>(null, ...empty) },
  ),
  { minLength: 1, maxLength: 40 },
);

describe('a layer that is moved to another CRS on all cores', () => {
  it('is what it is feature by feature, whatever its geometries are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...sources), layers, async (source, given) => {
        helperThreads.configure(given.length % 2, 1);
        const layer = makeLayer(source, given);
        const expected = await settleOutcome(inCrs84(layer));
        assert.deepEqual(await settleOutcome(layerInCrs(layer, crs84, makeRunContext())), expected);
      }),
      { numRuns: 100 },
    );
  });

  it('has the positions that the transformation gives, of many features', async () => {
    helperThreads.configure(1, 1);
    const lines = Array.from({ length: 3000 }, (_, index): Geometry => {
      const start = [400_000 + index, 5_000_000 + index * 3];
      return { type: 'LineString', coordinates: [start, [500_000, 5_000_000]] };
    });
    const move = transformBetweenCrs(crsFrom('EPSG:32631'), crsFrom('EPSG:3035'));
    const { features, crs } = await layerInCrs(
      makeLayer('EPSG:32631', lines),
      crsFrom('EPSG:3035'),
      makeRunContext(),
    );
    assert.equal(crs.name, 'EPSG:3035');
    const expected = lines.map((line) => mapPositions(line, move));
    assert.deepEqual(plain(features.map(({ geometry }) => geometry)), expected);
  });

  it('has edges the way round that they go in the plane, long or across the antimeridian', async () => {
    const reach = 20_037_508.342789244;
    const line = (...xs: readonly number[]): Geometry => ({
      type: 'LineString',
      coordinates: xs.map((x) => [(x / 180) * reach, 0]),
    });
    const { features } = await inCrs84(makeLayer('EPSG:3857', [line(-124, 155), line(170, 190)]));
    const longitudes = features.map(({ geometry }) =>
      geometry?.type === 'LineString' || geometry?.type === 'MultiLineString'
        ? geometry.coordinates
            .flat(1)
            .map((position) => Math.round(Array.isArray(position) ? itemAt(position, 0) : position))
        : [],
    );
    assert.deepEqual(longitudes, [
      [-124, 0, 155, 0],
      [170, 180, -180, -170],
    ]);
  });

  it('has the edges of a map of the world at 180 degrees, rounded as they may be', async () => {
    for (const reach of [20_037_508.342789244, 20_037_508.342789274, 20_037_508.3428, 20_037_508.343]) {
      const halves = [-1, 1].map((side): Geometry => {
        const ring = [
          [side * reach, 0],
          [0, 0],
          [0, 1e6],
          [side * reach, 1e6],
          [side * reach, 0],
        ];
        return { type: 'Polygon', coordinates: [side > 0 ? ring.toReversed() : ring] };
      });
      const { features } = await inCrs84(makeLayer('EPSG:3857', halves));
      const longitudes = features.map(({ geometry }) =>
        geometry?.type === 'Polygon' ? geometry.coordinates[0]?.map(([x]) => x) : geometry?.type,
      );
      assert.deepEqual(longitudes, [
        [-180, 0, 0, -180, -180],
        [180, 180, 0, 0, 180],
      ]);
    }
  });

  it('names the first twenty geometries without a place, in order', async () => {
    helperThreads.configure(1, 1);
    const points = Array.from({ length: 3000 }, (_, index): Geometry => {
      const isLost = index % 100 === 50;
      return { type: 'Point', coordinates: isLost ? [1e12, index] : [500_000, 5_000_000 + index] };
    });
    await assert.rejects(
      layerInCrs(makeLayer('EPSG:32631', points), crsFrom('EPSG:3035'), makeRunContext()),
      (error: unknown) => {
        assert.ok(error instanceof InvalidRequest);
        const pointers = Array.from({ length: 20 }, (_, index) => `/features/${index * 100 + 50}`);
        assert.deepEqual(
          error.faults.map(({ pointer }) => pointer),
          pointers,
        );
        assert.equal(
          error.faults[0]!.detail,
          'has the position [1000000000000,50] in EPSG:32631, which cannot be transformed to EPSG:3035.',
        );
        return true;
      },
    );
  });

  it('names a line of which a part has no place, and does not try to cut it', async () => {
    // It comes back with a longitude that is infinite: it would be cut once per turn.
    const coordinates = [
      [180_000_000, 0],
      [0, 0],
    ];
    const layer = makeLayer('EPSG:32660', [{ type: 'LineString', coordinates }]);
    const expected = [
      'has the position [180000000,0] in EPSG:32660, which cannot be transformed to http://www.opengis.net/def/crs/OGC/1.3/CRS84.',
    ];
    assert.deepEqual(await settleOutcome(inCrs84(layer)), expected);
    assert.deepEqual(await settleOutcome(layerInCrs(layer, crs84, makeRunContext())), expected);
  });

  it('tells how far it is, and stops when it should', async () => {
    helperThreads.configure(0);
    const points = Array.from({ length: 5000 }, (): Geometry => ({ type: 'Point', coordinates: [3, 50] }));
    const told: number[] = [];
    const context = makeRunContext({
      progress: async (done: number) => {
        told.push(done);
      },
    });
    await layerInCrs(makeLayer(Crs84, points), crsFrom('EPSG:3035'), context);
    assert.equal(told.at(-1), 5000);
    assert.deepEqual(
      told.toSorted((one, other) => one - other),
      told,
    );
    const signal = AbortSignal.abort(new Error('dismissed'));
    await assert.rejects(
      layerInCrs(makeLayer(Crs84, points), crsFrom('EPSG:3035'), makeRunContext({ signal })),
      /dismissed/,
    );
  });
});
