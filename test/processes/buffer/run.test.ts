import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Feature, FeatureCollection, Geometry } from 'geojson';
import { InvalidRequest, LimitExceeded } from '../../../core/shared/errors.ts';
import { layerFormats } from '../../../core/shared/formats.ts';
import { MediaType } from '../../../core/shared/uris.ts';
import { readLayer } from '../../../geo/formats/read.ts';
import { loadGeos } from '../../../geo/geos/geos.ts';
import { computeBounds } from '../../../geo/layer/layer.ts';
import process from '../../../processes/buffer/process.ts';
import { run } from '../../../processes/buffer/run.ts';
import { bytesSource, makeRunContext } from '../../geo/formats/support.ts';
import { type ExecuteOptions, execute } from '../support/execute.ts';
import { assertSameArea } from '../support/oracle.ts';

const geos = await loadGeos();
const point: Geometry = { type: 'Point', coordinates: [5.1, 52.1] };
const feature = (geometry: Geometry | null, properties: object = {}, id?: string | number) => ({
  type: 'Feature',
  ...(id === undefined ? {} : { id }),
  properties,
  geometry,
});
const collection = (...features: object[]) => ({ type: 'FeatureCollection', features });
const bowtie: Geometry = {
  type: 'Polygon',
  coordinates: [
    [
      [0, 0],
      [0.02, 0.02],
      [0.02, 0],
      [0, 0.02],
      [0, 0],
    ],
  ],
};

const buffer = async (inputs: object, options: ExecuteOptions = {}) => {
  const { outputs, logged } = await execute(process, run, { inputs: { distance: 1000, ...inputs } }, options);
  return { ...(outputs['result'] as FeatureCollection), logged };
};
const catchFaults = async (inputs: object): Promise<string> => {
  const error = await buffer(inputs).then(
    () => assert.fail('was accepted'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof InvalidRequest, String(error));
  return error.faults.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('\n');
};
/** Height of the bounding box in metres; a degree of latitude has about 111.2 km here. */
const measureHeight = ({ geometry }: Feature): number => {
  const [, south, , north] = computeBounds([geometry])!;
  return (north - south) * 111_267;
};
const assertHeight = (result: Feature, metres: number): void =>
  assert.ok(
    Math.abs(measureHeight(result) - metres) < metres / 500,
    `${measureHeight(result)} instead of ${metres}`,
  );

describe('features', () => {
  it('keep their order, ids and properties; null geometries stay null', async () => {
    const properties = { name: 'x', count: 3, tags: ['a'], none: null };
    const { features } = await buffer({
      features: collection(feature(point, properties, 'b'), feature(null, { n: 1 }, 7), feature(point)),
    });
    assert.deepEqual(
      features.map(({ id, properties: values, geometry }) => [id, values, geometry?.type]),
      [
        ['b', properties, 'Polygon'],
        [7, { n: 1 }, undefined],
        [undefined, {}, 'Polygon'],
      ],
    );
  });

  it('may be none', async () => {
    assert.deepEqual((await buffer({ features: collection() })).features, []);
    assert.deepEqual(
      (await buffer({ features: collection(), dissolve: true, distanceField: 'd' })).features,
      [],
    );
  });

  it('are cut at the antimeridian', async () => {
    const { features } = await buffer({ features: { type: 'Point', coordinates: [180, -17] } });
    const { geometry } = features[0]!;
    assert.equal(geometry.type, 'MultiPolygon');
    const [west, , east] = computeBounds([geometry])!;
    assert.deepEqual([west, east], [-180, 180]);
  });

  it('have counter-clockwise exteriors', async () => {
    const { features } = await buffer({ features: point });
    const { coordinates } = features[0]!.geometry as { coordinates: number[][][] } & Geometry;
    const ring = coordinates[0] as [number, number][];
    const area = ring
      .slice(1)
      .reduce((sum, [x, y], index) => sum + ring[index]![0] * y - x * ring[index]![1], 0);
    assert.ok(area > 0);
  });
});

describe('long edges', () => {
  const box = (west: number, east: number): Geometry => ({
    type: 'Polygon',
    coordinates: [
      [
        [west, 70],
        [east, 70],
        [east, 72],
        [west, 72],
        [west, 70],
      ],
    ],
  });
  // By shapely 2.2.0 and pyproj 3.7.2: the box with a vertex every 0.01 degrees in +proj=aeqd about its centre.
  for (const [distance, south, north] of [
    [10_000, 69.910_363, 72.089_616],
    [-10_000, 70.089_454, 71.910_564],
  ] as const)
    for (const [where, west] of [
      ['as wide as they are on the map', -20],
      ['across the antimeridian, too', 160],
    ] as const)
      it(`are followed by ${distance} metres, ${where}`, async () => {
        const { features } = await buffer({ features: box(west, west + 40), distance });
        const [, southernmost, , northernmost] = computeBounds([features[0]!.geometry])!;
        assert.ok(Math.abs(southernmost - south) < 1e-4, `${southernmost}`);
        assert.ok(Math.abs(northernmost - north) < 1e-4, `${northernmost}`);
      });

  it('have vertices only where the buffer would be off', async () => {
    const line = {
      type: 'LineString',
      coordinates: [
        [5, 52],
        [5.05, 52],
      ],
    } as const;
    const flat = { features: line, endCap: 'flat', quadrantSegments: 1 };
    const [near, far] = [
      await buffer({ ...flat, distance: 100 }),
      await buffer({ ...flat, distance: 10_000 }),
    ];
    for (const { features } of [near, far])
      assert.equal(
        (features[0]!.geometry as { coordinates: number[][][] } & Geometry).coordinates[0]!.length,
        5,
      );
  });
});

describe('the distance', () => {
  it('is metres on the ground', async () => {
    assertHeight((await buffer({ features: point })).features[0]!, 2000);
  });

  for (const [distanceUnit, metres] of [
    ['kilometre', 1000],
    ['foot', 0.3048],
    ['mile', 1609.344],
    ['nauticalMile', 1852],
  ] as const) {
    it(`may be in the unit ${distanceUnit}`, async () => {
      const { features } = await buffer({ features: point, distance: 2, distanceUnit });
      assertHeight(features[0]!, 4 * metres);
    });
  }

  it('comes from a numeric property where there is one', async () => {
    const own = [{ d: 2000 }, { d: null }, {}].map((properties) => feature(point, properties));
    const { features } = await buffer({ features: collection(...own), distanceField: 'd' });
    for (const [index, metres] of [4000, 2000, 2000].entries()) assertHeight(features[index]!, metres);
    assert.match(
      await catchFaults({ features: collection(...own), distanceField: 'e' }),
      /^\/inputs\/distanceField: .*"e"/,
    );
  });

  it('is refused where the property is a text, as by other processes, and not left out of account', async () => {
    const texts = collection(feature(point, { d: 2000 }), feature(point, { d: '2000' }));
    assert.equal(
      await catchFaults({ features: texts, distanceField: 'd' }),
      '/inputs/distanceField: names the property "d", which is "2000" in feature 1; a distance needs numbers.',
    );
  });

  it('may be an integer beyond 2^53, which is too far and not forgotten', async () => {
    const far = collection(feature(point, { d: 9_007_199_254_740_993n }));
    assert.match(await catchFaults({ features: far, distanceField: 'd' }), /features\/0/);
  });

  it('shrinks polygons when it is negative, and leaves nothing of points', async () => {
    const square: Geometry = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [0.1, 0],
          [0.1, 0.1],
          [0, 0.1],
          [0, 0],
        ],
      ],
    };
    const { features } = await buffer({
      features: collection(feature(square), feature(point)),
      distance: -1000,
    });
    assert.ok(measureHeight(features[0]!) < measureHeight(feature(square) as Feature) - 1900);
    assert.deepEqual(features[1]!.geometry, { type: 'Polygon', coordinates: [] });
  });
});

describe('the working CRS', () => {
  it('may be given, and gives nearly the same', async () => {
    const own = await buffer({ features: point });
    const utm = await buffer({ features: point, crs: 'EPSG:32631' });
    // The scale of UTM near its central meridian is 0.9996 to 1.
    assertSameArea(geos, utm.features[0]!.geometry, own.features[0]!.geometry, 3e-3);
  });

  it('must be projected and known', async () => {
    assert.match(
      await catchFaults({ features: point, crs: 'EPSG:4326' }),
      /^\/inputs\/crs: must be a projected CRS/,
    );
    assert.match(await catchFaults({ features: point, crs: 'EPSG:1' }), /^\/inputs\/crs: /);
  });

  it('is that of the layer where it is projected; the GeoJSON result is CRS84', async () => {
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::32631' } };
    const { features } = await buffer({
      features: { ...collection(feature({ type: 'Point', coordinates: [643_800, 5_773_900] })), crs },
    });
    const [west, south, east, north] = computeBounds([features[0]!.geometry])!;
    assert.ok(west > 5 && east < 5.2 && south > 52 && north < 52.2, String([west, south, east, north]));
    assertHeight(features[0]!, 2000);
  });

  it('must be polar where the result contains a pole', async () => {
    const features = { type: 'Point', coordinates: [30, -89.95] };
    assert.match(
      await catchFaults({ features, distance: 20_000 }),
      /^\/inputs\/features: .*South pole.*polar "crs"/,
    );
    const result = await buffer({ features, distance: 20_000, crs: 'EPSG:3031' });
    const [west, south, east] = computeBounds([result.features[0]!.geometry])!;
    assert.deepEqual([west, south, east], [-180, -90, 180]);
  });

  it('is asked for where a feature is too large, and advised where it is large', async () => {
    const line = (length: number): Geometry => ({
      type: 'LineString',
      coordinates: [
        [0, 0],
        [length, 0],
      ],
    });
    assert.match(await catchFaults({ features: line(100) }), /^\/inputs\/features: reaches 55\d\d km.*"crs"/);
    assert.match((await buffer({ features: line(30) })).logged.join(), /1000 km/);
    assert.deepEqual((await buffer({ features: line(10) })).logged, []);
  });
});

describe('invalid geometries', () => {
  const features = collection(feature(point), feature(bowtie, {}, 'bow'));

  it('are repaired, and the log says so', async () => {
    const { features: results, logged } = await buffer({ features });
    assert.equal(results.length, 2);
    assert.match(logged.join(), /1 feature with an invalid geometry was repaired/);
  });

  it('are refused with place and reason', async () => {
    assert.match(
      await catchFaults({ features, invalidGeometry: 'error' }),
      /^\/inputs\/features\/features\/1\/geometry: is not valid: Self-intersection at \[0\.01, 0\.01\]/,
    );
  });

  it('are left out', async () => {
    const { features: results } = await buffer({ features, invalidGeometry: 'skip' });
    assert.deepEqual(
      results.map(({ id }) => id),
      [undefined],
    );
  });
});

describe('the shape', () => {
  const line: Geometry = {
    type: 'LineString',
    coordinates: [
      [5, 52],
      [5, 52.1],
    ],
  };
  const countVertices = async (inputs: object) => {
    const { features } = await buffer({ features: line, ...inputs });
    return (features[0]!.geometry as { coordinates: number[][][] } & Geometry).coordinates[0]!.length;
  };

  it('has round ends of the segments asked for', async () => {
    assert.equal(await countVertices({ quadrantSegments: 1 }), 7);
    assert.equal(await countVertices({ quadrantSegments: 2 }), 11);
  });

  it('has flat and square ends', async () => {
    assert.equal(await countVertices({ endCap: 'flat' }), 5);
    const height = async (endCap: string) =>
      measureHeight((await buffer({ features: line, endCap })).features[0]!);
    const difference = (await height('square')) - (await height('flat'));
    assert.ok(Math.abs(difference - 2000) < 10, String(difference));
  });

  it('may be on one side', async () => {
    const { features } = await buffer({ features: line, singleSided: true });
    const [west, , east] = computeBounds([features[0]!.geometry])!;
    assert.ok(west < 4.99 && Math.abs(east - 5) < 1e-6);
  });

  it('may be one of all', async () => {
    const near: Geometry = { type: 'Point', coordinates: [5.11, 52.1] };
    const inputs = {
      features: collection(feature(point, { a: 1 }, 1), feature(near), feature(null)),
      dissolve: true,
    };
    const [own, utm] = [await buffer(inputs), await buffer({ ...inputs, crs: 'EPSG:32631' })];
    assert.deepEqual(
      own.features.map(({ geometry, ...rest }) => [geometry.type, rest]),
      [['Polygon', { type: 'Feature', properties: {} }]],
    );
    assertSameArea(geos, utm.features[0]!.geometry, own.features[0]!.geometry, 3e-3);
  });
});

describe('execution', () => {
  it('runs every example of the declaration', async () => {
    for (const { request } of process.examples) {
      const { outputs } = await execute(process, run, request);
      assert.ok((outputs['result'] as FeatureCollection).features.length > 0);
    }
  });

  it('writes each format that it declares', async () => {
    for (const { mediaType } of layerFormats.filter(({ binary }) => binary)) {
      const body = {
        inputs: { features: point, distance: 10 },
        outputs: { result: { format: { mediaType } } },
      };
      const { outputs, mediaTypes } = await execute(process, run, body);
      assert.equal(mediaTypes['result'], mediaType);
      const read = await readLayer(bytesSource(outputs['result'] as Uint8Array), makeRunContext());
      assert.equal(read.features[0]!.geometry!.type, 'Polygon');
      assert.equal(read.mediaType, mediaType);
    }
  });

  it('reads what it is referred to', async () => {
    const href = 'https://example.org/a.geojson';
    const files = { [href]: Buffer.from(JSON.stringify(point)) };
    const { features } = await buffer({ features: { href, type: MediaType.geojson } }, { files });
    assert.equal(features.length, 1);
  });

  it('refuses too much for a synchronous execution with 413', async () => {
    const line = { type: 'LineString', coordinates: Array.from({ length: 50_001 }, (_, i) => [i / 1e5, 0]) };
    await assert.rejects(buffer({ features: line }, { synchronous: true }), (error) => {
      assert.ok(error instanceof LimitExceeded);
      assert.match(error.detail!, /Prefer: respond-async/);
      return true;
    });
  });

  it('tells its progress and stops when it is dismissed', async () => {
    const features = collection(...Array.from({ length: 2500 }, () => feature(point)));
    const steps: number[] = [];
    const progress = async (done: number) => {
      if (steps.push(done) === 5) throw new Error('dismissed');
    };
    await assert.rejects(buffer({ features }, { progress }), /dismissed/);
    assert.equal(steps.length, 5);
    assert.deepEqual(
      steps,
      steps.toSorted((one, other) => one - other),
    );
  });
});
