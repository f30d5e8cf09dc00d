import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { FeatureCollection, Geometry } from 'geojson';
import { type InvalidInput, InvalidRequest, LimitExceeded } from '../../../core/shared/errors.ts';
import { makeRectangle } from '../../../core/shared/rectangle.ts';
import { MediaType } from '../../../core/shared/uris.ts';
import { crsFromCode } from '../../../geo/crs/find-crs.ts';
import { writeRaster } from '../../../geo/raster/formats/write-raster.ts';
import { statisticNames } from '../../../geo/statistics/statistic-names.ts';
import process from '../../../processes/zonal-statistics/process.ts';
import { run } from '../../../processes/zonal-statistics/run.ts';
import { sampleFeatures } from '../../../scripts/sample-data.ts';
import { fixture } from '../../geo/raster/formats/support.ts';
import { execute } from '../support/execute.ts';
import { oracle } from '../support/oracle.ts';
import { makeContent } from '../support/raster-content.ts';
import { rasterValue } from '../support/raster-value.ts';
import { makeContext, makeSource } from '../support/run-context.ts';

type Row = Readonly<Record<string, number | null>>;

async function computeRows(inputs: Readonly<Record<string, unknown>>): Promise<Row[]> {
  const { outputs } = await execute(process, run, { inputs });
  return (outputs['result'] as FeatureCollection).features.map(({ properties }) => properties as Row);
}

const utm = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::32632' } };
const makeLayer = (geometries: readonly (Geometry | null)[]) => ({
  type: 'FeatureCollection',
  crs: utm,
  features: geometries.map((geometry) => ({ type: 'Feature', properties: {}, geometry })),
});

/** A box in pixels of the raster of `makeContent`. */
const box = (left: number, top: number, right: number, bottom: number): Geometry => {
  const [west, east] = [500_000 + 10 * left, 500_000 + 10 * right];
  const [north, south] = [5_300_000 - 10 * top, 5_300_000 - 10 * bottom];
  return makeRectangle(west, south, east, north);
};

describe('zonal-statistics gives what rasterio and numpy give', () => {
  const { input, params, expected } = oracle('zonal');
  it('for ten polygons on a model with missing pixels', async () => {
    const raster = await rasterValue(makeContent(input.dem, { nodata: params.nodata }));
    const statistics = ['count', 'sum', 'min', 'max', 'mean', 'median', 'stddev'];
    const rows = await computeRows({ features: makeLayer(input.zones), raster, statistics });
    assert.equal(rows.length, expected.length);
    for (const [index, { std, count, ...others }] of expected.entries()) {
      const row = rows[index]!;
      assert.equal(row['count'], count);
      for (const [name, value] of Object.entries({ ...others, stddev: std }) as [string, number][])
        assert.ok(
          Math.abs(row[name]! - value) <= 1e-5 * Math.abs(value),
          `${name}: ${row[name]} for ${value}`,
        );
    }
  });

  it('for counties on an elevation model, moved from CRS84', async () => {
    const rows = await computeRows({
      features: sampleFeatures('counties', { bbox: [-84.41375, 36.44625, -84.07792, 36.73292] }),
      raster: Buffer.from(fixture('jacksboro.tif')).toString('base64'),
    });
    assert.deepEqual(rows, [
      { name: 'Scott', count: 25351, min: 373, max: 1015, mean: 623.784978896296 },
      { name: 'Whitley', count: 42215, min: 295, max: 852, mean: 498.5502546488215 },
      { name: 'Knox', count: 0, min: null, max: null, mean: null },
      { name: 'Campbell', count: 45219, min: 236, max: 1076, mean: 487.21214533713703 },
      { name: 'McCreary', count: 25847, min: 320, max: 956, mean: 569.7680581885712 },
    ]);
  });
});

const small = () =>
  rasterValue(
    makeContent(
      [
        [1, 2, 3, 4],
        [5, 6, 6, -1],
        [9, 10, 11, 12],
      ],
      { nodata: -1 },
    ),
  );

describe('statistics', () => {
  it('are those of the pixels whose centres a zone holds', async () => {
    const rows = await computeRows({
      features: makeLayer([box(1, 0, 3.4, 2)]),
      raster: await small(),
      statistics: statisticNames,
    });
    assert.deepEqual(rows, [
      {
        count: 4,
        sum: 17,
        min: 2,
        max: 6,
        mean: 4.25,
        median: 4.5,
        stddev: Math.sqrt(3.1875),
        variance: 3.1875,
        range: 4,
        first: 2,
        unique: 3,
      },
    ]);
  });

  it('leave missing pixels out; of nothing but such the count is 0 and all others null', async () => {
    const features = makeLayer([box(3, 1, 4, 2), box(2, 0, 4, 3), box(50, 50, 60, 60), null]);
    const rows = await computeRows({
      features,
      raster: await small(),
      statistics: ['count', 'sum', 'unique', 'first'],
    });
    const nothing = { count: 0, sum: null, unique: null, first: null };
    assert.deepEqual(rows, [nothing, { count: 5, sum: 36, unique: 5, first: 3 }, nothing, nothing]);
  });

  it('count infinite pixels in, as rasterstats and QGIS do, and say so', async () => {
    const raster = await rasterValue(
      makeContent([
        [1, Number.POSITIVE_INFINITY, 2],
        [3, 4, 5],
      ]),
    );
    const statistics = ['count', 'sum', 'mean', 'min', 'max'];
    const features = makeLayer([box(0, 0, 3, 1), box(0, 1, 3, 2)]);
    const { outputs, logged } = await execute(process, run, { inputs: { features, raster, statistics } });
    const [upper, lower] = (outputs['result'] as FeatureCollection).features.map(
      ({ properties }) => properties,
    );
    // JSON has no infinity.
    assert.deepEqual(upper, { count: 3, sum: null, mean: null, min: 1, max: null });
    assert.deepEqual(lower, { count: 3, sum: 12, mean: 4, min: 3, max: 5 });
    assert.match(logged.join('\n'), /^1 zone has infinite pixels\./m);
    assert.match(logged.join('\n'), /became null/);
  });

  it('with allTouched are those of all pixels that a zone touches', async () => {
    const zone = makeLayer([box(0.6, 0.6, 1.2, 0.9)]);
    assert.deepEqual(await computeRows({ features: zone, raster: await small(), statistics: ['count'] }), [
      { count: 0 },
    ]);
    assert.deepEqual(
      await computeRows({
        features: zone,
        raster: await small(),
        statistics: ['count', 'max'],
        allTouched: true,
      }),
      [{ count: 2, max: 2 }],
    );
  });

  it('are named with a prefix, beside the properties of the zones and over those of the same name', async () => {
    const features = {
      type: 'Feature',
      id: 7,
      properties: { count: 'x', dem_max: 'y', a: null },
      geometry: null,
    };
    const { outputs } = await execute(process, run, {
      inputs: { features, raster: await small(), statistics: ['count', 'max'], prefix: 'dem_' },
    });
    const [feature] = (outputs['result'] as FeatureCollection).features;
    assert.equal(feature!.id, 7);
    assert.deepEqual(feature!.properties, { count: 'x', dem_max: null, a: null, dem_count: 0 });
  });

  it('of zones that tile a raster add up to those of the raster', async () => {
    const rows = Array.from({ length: 9 }, (_, y) =>
      Array.from({ length: 13 }, (_, x) => (x * 31 + y * 17) % 29),
    );
    const raster = await rasterValue(makeContent(rows, { dataType: 'int16' }));
    const total = rows.flat().reduce((sum, value) => sum + value, 0);
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0, max: 13, noNaN: true }),
        fc.double({ min: 0, max: 9, noNaN: true }),
        async (x, y) => {
          fc.pre((y + 0.5) % 1 !== 0);
          const zones = [box(-1, -1, x, y), box(x, -1, 14, y), box(-1, y, x, 10), box(x, y, 14, 10)];
          const found = await computeRows({
            features: makeLayer(zones),
            raster,
            statistics: ['count', 'sum'],
          });
          assert.equal(
            found.reduce((sum, { count }) => sum + count!, 0),
            9 * 13,
          );
          assert.equal(
            found.reduce((sum, row) => sum + (row['sum'] ?? 0), 0),
            total,
          );
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('zones', () => {
  it('of an empty layer give an empty layer', async () => {
    assert.deepEqual(await computeRows({ features: makeLayer([]), raster: await small() }), []);
  });

  it('may be many parts, and nothing else than areas', async () => {
    const parts = makeLayer([{ type: 'GeometryCollection', geometries: [box(0, 0, 1, 1), box(2, 0, 3, 1)] }]);
    assert.deepEqual(await computeRows({ features: parts, raster: await small() }), [
      { count: 2, min: 1, max: 3, mean: 2 },
    ]);
    await assert.rejects(
      computeRows({
        features: makeLayer([box(0, 0, 1, 1), { type: 'Point', coordinates: [500_000, 5_300_000] }]),
        raster: await small(),
      }),
      (error: InvalidRequest) => error.faults[0]!.pointer === '/inputs/features/features/1/geometry',
    );
  });

  it('are written in other formats with the CRS that they have', async () => {
    const { mediaTypes } = await execute(process, run, {
      inputs: { features: makeLayer([box(0, 0, 1, 1)]), raster: await small() },
      outputs: { result: { format: { mediaType: MediaType.flatgeobuf } } },
    });
    assert.equal(mediaTypes['result'], MediaType.flatgeobuf);
  });
});

describe('what is refused', () => {
  it('a band that the raster does not have', async () => {
    await assert.rejects(
      computeRows({ features: makeLayer([]), raster: fixture('jacksboro.tif'), band: 2 }),
      (error: InvalidInput) => error instanceof InvalidRequest,
    );
    await assert.rejects(
      computeRows({ features: makeLayer([]), raster: await small(), band: 2 }),
      (error: InvalidInput) =>
        error.faults[0]!.pointer === '/inputs/band' && /only band 1/.test(error.detail!),
    );
  });

  it('a raster in a CRS that cannot be computed; one without a CRS is taken to be in that of the zones', async () => {
    const features = makeLayer([box(0, 0, 2, 1)]);
    const unknown = await rasterValue(makeContent([[1, 2]], { crs: crsFromCode('EPSG', 65000) }));
    await assert.rejects(
      computeRows({ features, raster: unknown }),
      (error: InvalidInput) => error.status === 400 && /EPSG:65000/.test(error.detail!),
    );
    const none = { ...makeContent([[1, 2]]), crs: undefined };
    const { bytes } = await writeRaster(none, MediaType.geotiff);
    assert.deepEqual(
      await computeRows({ features, raster: Buffer.from(bytes).toString('base64'), statistics: ['sum'] }),
      [{ sum: 3 }],
    );
  });

  it('unknown statistics', async () => {
    await assert.rejects(
      computeRows({ features: makeLayer([]), raster: 'AA==', statistics: ['mode'] }),
      (error: InvalidRequest) => error.faults[0]!.pointer === '/inputs/statistics/0',
    );
  });

  it('more pixels than the process takes: those of the zones, not of the raster', async () => {
    const context = makeContext(process, { limits: { pixels: 40 } });
    const rows = Array.from({ length: 20 }, () => Array<number>(20).fill(1));
    const { bytes } = await writeRaster(makeContent(rows), MediaType.geotiff);
    const inputs = (geometry: Geometry) => ({
      features: makeSource(makeLayer([geometry])),
      raster: makeSource(bytes, { pointer: '/inputs/raster' }),
      band: 1,
      scaled: false,
      statistics: ['count' as const],
      allTouched: false,
      prefix: '',
    });
    await run(inputs(box(5, 5, 8, 8)), context);
    await assert.rejects(
      run(inputs(box(0, 0, 19, 19)), context),
      (error: LimitExceeded) =>
        error instanceof LimitExceeded && error.faults[0]!.pointer === '/inputs/raster',
    );
  });

  it('work that was dismissed', async () => {
    const controller = new AbortController();
    controller.abort(new Error('dismissed'));
    await assert.rejects(
      execute(
        process,
        run,
        { inputs: { features: makeLayer([box(0, 0, 1, 1)]), raster: await small() } },
        { signal: controller.signal },
      ),
      /dismissed/,
    );
  });
});

describe('examples', () => {
  for (const { title, request } of process.examples) {
    it(title, async () => {
      const rows = await computeRows(request.inputs);
      assert.equal(rows.length, 2);
      for (const row of rows) assert.ok(Object.values(row).every((value) => value !== null && value !== 0));
    });
  }
});
