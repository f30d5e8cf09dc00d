import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { InvalidRequest } from '../../../core/shared/errors.ts';
import { loadGeos } from '../../../geo/geos/geos.ts';
import process from '../../../processes/polygonize/process.ts';
import { run } from '../../../processes/polygonize/run.ts';
import { type ExecuteOptions, execute } from '../support/execute.ts';
import { isValid } from '../support/oracle.ts';
import { rasterValue } from '../support/raster-value.ts';

const geos = await loadGeos();

/** A ring of ones around a missing pixel, and twos that meet at a corner. */
const raster = await rasterValue({
  width: 5,
  height: 3,
  dataType: 'int16',
  nodata: -1,
  bands: [
    Int16Array.of(1, 1, 1, 2, 1, 1, -1, 1, 1, 2, 1, 1, 1, 1, 1),
    Int16Array.from({ length: 15 }, () => 7),
  ],
});

const polygonize = async (inputs: object = {}, options: ExecuteOptions = {}) => {
  const { outputs, logged } = await execute(process, run, { inputs: { raster, ...inputs } }, options);
  return { ...(outputs['result'] as FeatureCollection<Polygon | MultiPolygon>), logged };
};

describe('regions', () => {
  it('are polygons with holes in the coordinates of the raster, in the order of their first pixels', async () => {
    const { features } = await polygonize();
    assert.deepEqual(
      features.map(({ properties, geometry }) => [properties?.['value'], geometry.type]),
      [
        [1, 'Polygon'],
        [2, 'Polygon'],
        [1, 'Polygon'],
        [2, 'Polygon'],
      ],
    );
    const [outer, hole] = features[0]!.geometry.coordinates as number[][][];
    assert.deepEqual([outer!.length, hole!.length], [9, 5]);
    const corners = hole!.slice(1).map((position) => position.map((value) => value.toFixed(9)).join(' '));
    assert.deepEqual(corners.sort(), [
      '5.010000000 51.980000000',
      '5.010000000 51.990000000',
      '5.020000000 51.980000000',
      '5.020000000 51.990000000',
    ]);
  });

  it('may meet at corners, and are multipolygons then', async () => {
    const { features } = await polygonize({ connectivity: 8, fieldName: 'class' });
    assert.deepEqual(
      features.map(({ properties, geometry }) => [properties, geometry.type]),
      [
        [{ class: 1 }, 'MultiPolygon'],
        [{ class: 2 }, 'MultiPolygon'],
      ],
    );
    assert.ok(features.every(({ geometry }) => isValid(geos, geometry)));
  });

  it('may be those of another band, or none', async () => {
    const { features } = await polygonize({ band: 2 });
    assert.deepEqual(
      features.map(({ properties }) => properties),
      [{ value: 7 }],
    );
    const missing = await rasterValue({
      width: 2,
      height: 1,
      dataType: 'float32',
      bands: [Float32Array.of(Number.NaN, Number.NaN)],
    });
    assert.deepEqual((await polygonize({ raster: missing })).features, []);
  });

  it('of floating point have their value with all digits', async () => {
    const single = await rasterValue({
      width: 1,
      height: 1,
      dataType: 'float64',
      bands: [Float64Array.of(0.1)],
    });
    const { features } = await polygonize({ raster: single });
    assert.equal(features[0]!.properties?.['value'], 0.1);
  });
});

it('refuses other connectivities and bands', async () => {
  for (const [inputs, pointer] of [
    [{ connectivity: 6 }, '/inputs/connectivity'],
    [{ band: 3 }, '/inputs/band'],
    [{ fieldName: '' }, '/inputs/fieldName'],
  ] as const) {
    await assert.rejects(
      polygonize(inputs),
      (error) => error instanceof InvalidRequest && error.faults[0]?.pointer === pointer,
    );
  }
});

it('can be stopped', async () => {
  const controller = new AbortController();
  controller.abort(new Error('enough'));
  await assert.rejects(polygonize({}, { signal: controller.signal }), /enough/);
});

describe('the examples', () => {
  for (const { title, request } of process.examples) {
    it(title, async () => {
      const { outputs } = await execute(process, run, request);
      const { features } = outputs['result'] as FeatureCollection<Polygon | MultiPolygon>;
      assert.ok(features.length > 3);
      assert.ok(features.every(({ geometry }) => isValid(geos, geometry)));
    });
  }
});
