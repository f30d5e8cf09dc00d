import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import process from '../../../processes/layer-info/process.ts';
import { run } from '../../../processes/layer-info/run.ts';
import { execute } from '../support/execute.ts';
import { itCanBeDismissed, itRunsItsExamples } from '../support/process-runs.ts';

interface Info {
  readonly properties: readonly Record<string, unknown>[];
  readonly [member: string]: unknown;
}

const feature = (properties: object, geometry: object | null = { type: 'Point', coordinates: [5, 52] }) => ({
  type: 'Feature',
  properties,
  geometry,
});
const describeFeatures = async (features: readonly object[], members: object = {}) =>
  (await execute(process, run, { inputs: { features: { type: 'FeatureCollection', ...members, features } } }))
    .outputs['result'] as Info;
const property = async (...values: unknown[]) =>
  (await describeFeatures(values.map((value) => feature({ a: value })))).properties[0];

describe('layer-info', () => {
  itRunsItsExamples(process, run);
  itCanBeDismissed(process, run, async () => process.examples[0]!.request.inputs);

  it('counts features by the type of their geometry, and those without one', async () => {
    const line = {
      type: 'LineString',
      coordinates: [
        [5, 52],
        [6, 53],
      ],
    };
    const info = await describeFeatures([feature({}), feature({}), feature({}, line), feature({}, null)]);
    assert.deepEqual(
      [info['count'], info['withoutGeometry'], info['geometryTypes'], info['bbox']],
      [4, 1, { LineString: 1, Point: 2 }, [5, 52, 6, 53]],
    );
    assert.equal(info['format'], 'application/geo+json');
  });

  it('names the CRS, in whose coordinates the extent is', async () => {
    const crs = { crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::28992' } } };
    const place = { type: 'Point', coordinates: [155000, 463000] };
    const info = await describeFeatures([feature({}, place)], crs);
    assert.deepEqual(
      [info['crs'], info['wkt'], info['bbox']],
      ['EPSG:28992', null, [155000, 463000, 155000, 463000]],
    );
  });

  it('has the extent over the antimeridian where that is narrower', async () => {
    const island = {
      type: 'Polygon',
      coordinates: [
        [
          [179, -17],
          [182, -17],
          [182, -16],
          [179, -16],
          [179, -17],
        ],
      ],
    };
    const point = (x: number, y: number) => feature({}, { type: 'Point', coordinates: [x, y] });
    const bbox = async (...features: object[]) => (await describeFeatures(features))['bbox'];
    assert.deepEqual(await bbox(feature({}, island)), [179, -17, -178, -16]);
    assert.deepEqual(await bbox(feature({}, island), point(170, 5)), [170, -17, -178, 5]);
    assert.deepEqual(await bbox(point(-100, 1), point(100, 2)), [100, 1, -100, 2]);
    assert.deepEqual(await bbox(point(-80, 1), point(80, 2)), [-80, 1, 80, 2]);
    assert.deepEqual(await bbox(point(-120, 1), point(0, 2), point(120, 2)), [-120, 1, 120, 2]);
  });

  it('says of properties their types, ranges and values', async () => {
    assert.deepEqual(await property(1, 3, null), { name: 'a', type: 'integer', count: 2, min: 1, max: 3 });
    assert.deepEqual(await property(1, 2.5), { name: 'a', type: 'number', count: 2, min: 1, max: 2.5 });
    assert.deepEqual(await property('b', 'a', 'b'), {
      name: 'a',
      type: 'text',
      count: 3,
      values: ['a', 'b'],
    });
    assert.deepEqual(await property(true), { name: 'a', type: 'boolean', count: 1 });
    assert.deepEqual(await property(1, 'a'), { name: 'a', type: 'mixed', count: 2 });
    assert.deepEqual(await property(null), { name: 'a', type: 'none', count: 0 });
    assert.deepEqual(await property([1]), { name: 'a', type: 'array', count: 1 });
    const many = await property(...Array.from({ length: 21 }, (_, index) => `text ${index}`));
    assert.deepEqual(many, { name: 'a', type: 'text', count: 21 });
  });

  it('says all digits of integers beyond 2^53', async () => {
    const described = await property(9007199254740992, 9007199254740993n, -9223372036854775808n);
    assert.deepEqual(described, {
      name: 'a',
      type: 'integer',
      count: 3,
      min: -9223372036854775808n,
      max: 9007199254740993n,
    });
    assert.match(JSON.stringify(described), /"min":-9223372036854775808,"max":9007199254740993\}/);
    const { min, max } = (await property(9007199254740993n, 0.5))!;
    assert.deepEqual([min, max], [0.5, 9007199254740993n]);
  });

  it('takes an empty layer for what it is', async () => {
    const info = await describeFeatures([]);
    assert.deepEqual(
      [info['count'], info['bbox'], info.properties, info['geometryTypes']],
      [0, null, [], {}],
    );
  });
});
