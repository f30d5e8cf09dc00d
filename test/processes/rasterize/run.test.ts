import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Geometry } from 'geojson';
import { InvalidRequest } from '../../../core/shared/errors.ts';
import type { Raster } from '../../../geo/raster/raster.ts';
import process from '../../../processes/rasterize/process.ts';
import { run } from '../../../processes/rasterize/run.ts';
import { openBytes } from '../../geo/raster/formats/support.ts';
import { crsFrom } from '../../support/crs.ts';
import { execute } from '../support/execute.ts';
import { oracle } from '../support/oracle.ts';
import { rasterValue } from '../support/raster-value.ts';

const utm = { type: 'name', properties: { name: 'EPSG:32631' } };
const collection = (features: readonly object[], crs: object | null = utm) => ({
  type: 'FeatureCollection',
  ...(crs ? { crs } : {}),
  features,
});
const feature = (geometry: Geometry | null, properties: object = {}) => ({
  type: 'Feature',
  properties,
  geometry,
});
const square = (x: number, y: number, size: number): Geometry => ({
  type: 'Polygon',
  coordinates: [
    [
      [x, y],
      [x + size, y],
      [x + size, y + size],
      [x, y + size],
      [x, y],
    ],
  ],
});
/** A grid of 4 x 3 pixels from (0, 3) down. */
const small = { resolution: 1, crs: 'EPSG:32631', extent: { bbox: [0, 0, 4, 3], crs: 'EPSG:32631' } };

async function rasterize(inputs: object): Promise<{ raster: Raster; rows: number[][] }> {
  const { outputs } = await execute(process, run, { inputs });
  const raster = await openBytes(outputs['result'] as Uint8Array);
  const samples = Array.from(await raster.read(1));
  const rows = Array.from({ length: raster.height }, (_, row) =>
    samples.slice(row * raster.width, (row + 1) * raster.width),
  );
  return { raster, rows };
}
const catchFaults = async (inputs: object): Promise<string> => {
  const error = await rasterize(inputs).then(
    () => assert.fail('was accepted'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof InvalidRequest, String(error));
  return error.faults.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('\n');
};

describe('pixels are those of rasterio', () => {
  const zones = oracle('rasterize');
  const [x, perColumn, , y, , perRow] = zones.params.transform;
  const [height, width] = zones.params.shape;
  const bbox = [x, y + height * perRow, x + width * perColumn, y];
  for (const [name, allTouched] of [
    ['centre', false],
    ['all_touched', true],
  ] as const) {
    it(`of polygons, ${name}`, async () => {
      const { rows } = await rasterize({
        features: collection(
          (zones.input.zones as Geometry[]).map((zone, index) => feature(zone, { number: index + 1 })),
        ),
        field: 'number',
        resolution: perColumn,
        crs: 'EPSG:32631',
        extent: { bbox, crs: 'EPSG:32631' },
        allTouched,
        nodata: 0,
      });
      assert.deepEqual(rows, zones.expected[name]);
    });
  }

  const mixed = oracle('rasterize_mixed');
  for (const [name, expected] of Object.entries(mixed.expected)) {
    it(`of points, lines and polygons, ${name}`, async () => {
      const [merge, pixels] = name.split(' ');
      const { rows } = await rasterize({
        features: collection(mixed.input),
        field: 'v',
        resolution: mixed.params.resolution,
        crs: 'EPSG:32631',
        extent: { bbox: mixed.params.extent, crs: 'EPSG:32631' },
        merge,
        allTouched: pixels === 'allTouched',
      });
      assert.deepEqual(rows, expected);
    });
  }
});

describe('the grid', () => {
  it('covers the features in CRS84 by default', async () => {
    const { raster, rows } = await rasterize({
      features: collection([feature(square(5, 52, 0.22))], null),
      resolution: 0.1,
    });
    assert.deepEqual([raster.width, raster.height, raster.crs?.name], [3, 3, 'EPSG:4326']);
    assert.deepEqual(raster.transform, [5, 0.1, 0, 52.22, 0, -0.1]);
    assert.deepEqual(rows[0], [1, 1, -9999]);
  });

  it('may be that of another raster', async () => {
    const template = await rasterValue({
      width: 3,
      height: 2,
      transform: [10, 2, 0, 20, 0, -2],
      crs: crsFrom('EPSG:32631'),
      dataType: 'uint8',
      bands: [new Uint8Array(6)],
    });
    const { raster, rows } = await rasterize({
      features: collection([feature(square(10, 16, 2))]),
      template,
      value: 5,
    });
    assert.deepEqual(raster.transform, [10, 2, 0, 20, 0, -2]);
    assert.deepEqual(rows, [
      [-9999, -9999, -9999],
      [5, -9999, -9999],
    ]);
  });

  it('must be known', async () => {
    assert.match(
      await catchFaults({ features: collection([feature(square(0, 0, 1))]) }),
      /^\/inputs\/resolution: /,
    );
    assert.match(
      await catchFaults({ ...small, extent: undefined, features: collection([]) }),
      /^\/inputs\/extent: /,
    );
  });

  it('must have pixels whose borders are told apart', async () => {
    const features = { type: 'Point', coordinates: [5, 52] };
    assert.equal(
      await catchFaults({ features, resolution: 1e-300 }),
      `/inputs/resolution: is 1e-300, which is too small to distinguish coordinates of up to 52: it must be at least ${104 * 2 ** -52}.`,
    );
    const { raster } = await rasterize({ features, resolution: 104 * 2 ** -52 });
    assert.deepEqual([raster.width, raster.height], [1, 1]);
  });
});

describe('values', () => {
  const overlapping = collection([
    feature(square(0, 0, 2), { v: 200 }),
    feature(square(1, 0, 2), { v: 100.6 }),
    feature(square(3, 2, 1), { v: null }),
    feature(null, { v: 1 }),
  ]);

  it('are those of the later feature; features without a value are left out', async () => {
    const { rows } = await rasterize({ ...small, features: overlapping, field: 'v', outputType: 'float64' });
    assert.deepEqual(rows, [
      [-9999, -9999, -9999, -9999],
      [200, 100.6, 100.6, -9999],
      [200, 100.6, 100.6, -9999],
    ]);
  });

  it('may be added, and are rounded and cut to the data type', async () => {
    const { raster, rows } = await rasterize({
      ...small,
      features: overlapping,
      field: 'v',
      merge: 'add',
      outputType: 'uint8',
    });
    assert.equal(raster.bands[0]?.nodata, undefined);
    assert.deepEqual(
      [...(await raster.readMask!(1))!],
      rows.flat().map((value) => (value === 0 ? 0 : 1)),
    );
    assert.deepEqual(rows, [
      [0, 0, 0, 0],
      [200, 255, 101, 0],
      [200, 255, 101, 0],
    ]);
  });

  it('are nodata everywhere without features', async () => {
    const { rows } = await rasterize({ ...small, features: collection([]), nodata: 7, field: 'v' });
    assert.deepEqual(rows.flat(), new Array(12).fill(7));
  });

  it('must be numbers of a property that there is', async () => {
    const features = collection([feature(square(0, 0, 2), { v: 'high' })]);
    assert.match(
      await catchFaults({ ...small, features, field: 'v' }),
      /^\/inputs\/field: .*"high" in feature 0/,
    );
    assert.match(await catchFaults({ ...small, features, field: 'w' }), /^\/inputs\/field: .*no feature has/);
    assert.match(
      await catchFaults({ ...small, features, outputType: 'uint8', nodata: 300 }),
      /^\/inputs\/nodata: is 300/,
    );
  });
});

describe('invalid polygons', () => {
  const bowtie: Geometry = {
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [4, 3],
        [4, 0],
        [0, 3],
        [0, 0],
      ],
    ],
  };
  const features = collection([feature(null), feature(bowtie)]);

  it('are repaired, left out or refused', async () => {
    const { rows } = await rasterize({ ...small, features });
    assert.ok(rows.flat().includes(1));
    const { rows: without } = await rasterize({ ...small, features, invalidGeometry: 'skip' });
    assert.ok(!without.flat().includes(1));
    assert.match(
      await catchFaults({ ...small, features, invalidGeometry: 'error' }),
      /^\/inputs\/features\/features\/1\/geometry: is not valid/,
    );
  });
});

describe('the examples', () => {
  for (const { title, request } of process.examples) {
    it(title, async () => {
      const { raster, rows } = await rasterize(request.inputs);
      const values = new Set(rows.flat());
      assert.ok(values.size > 1 && raster.width > 10, `${raster.width} columns, ${[...values]}`);
    });
  }
});

describe('integers beyond 2^53', () => {
  const burn = (...ids: bigint[]) => {
    const text = JSON.stringify(
      collection(ids.map((_, index) => feature(square(index, 0, 1), { id: `#${index}` }))),
    );
    const features = JSON.parse(text) as { features: { properties: Record<string, unknown> }[] };
    for (const [index, id] of ids.entries()) features.features[index]!.properties['id'] = id;
    return execute(process, run, { inputs: { features, field: 'id', outputType: 'float64', ...small } });
  };

  it('are burned as the nearest numbers, which is said where they are others', async () => {
    const { logged } = await burn(9007199254740993n, 9007199254740994n);
    assert.match(logged.join('\n'), /1 value is an integer beyond 2\^53.*the nearest number was burned/);
    const exact = await burn(9007199254740994n);
    assert.doesNotMatch(exact.logged.join('\n'), /2\^53/);
  });
});
