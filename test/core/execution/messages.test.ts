import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeBody, parseExecuteRequest } from '../../../core/execution/parse.ts';
import { executionFromQuery } from '../../../core/execution/query-request.ts';
import type { Fault, InvalidQuery, InvalidRequest, LimitExceeded } from '../../../core/shared/errors.ts';
import buffer from '../../../processes/buffer/process.ts';

const point = { type: 'Point', coordinates: [5, 52] };

function refused(body: unknown): readonly Fault[] {
  try {
    parseExecuteRequest(body, buffer);
  } catch (error) {
    return (error as InvalidRequest).faults;
  }
  assert.fail('The request was accepted');
}

const only = (body: unknown): Fault => {
  const [fault, ...others] = refused(body);
  assert.deepEqual(others, []);
  assert.ok(fault);
  return fault;
};

describe('one sentence says what to do about', () => {
  const layers: [name: string, features: unknown, pointer: string, detail: RegExp][] = [
    [
      'a FeatureCollection without features',
      { type: 'FeatureCollection' },
      '',
      /^must have the member "features", an array of GeoJSON Features\.$/,
    ],
    [
      'a misspelt type',
      { type: 'featurecollection', features: [] },
      '',
      /"featurecollection"\. Did you mean "FeatureCollection"\?$/,
    ],
    ['features without a type', { features: [] }, '', /must have the "type" "FeatureCollection" too/],
    ['coordinates without a type', { coordinates: [1, 2] }, '', /must have a "type" too, .*: one of Point, /],
    [
      'another type',
      { type: 'Circle' },
      '',
      /^must be a GeoJSON FeatureCollection, a GeoJSON Feature, a GeoJSON geometry or JSON-FG; it has the "type" "Circle"\.$/,
    ],
    [
      'a Feature without a geometry',
      { type: 'Feature' },
      '',
      /^must have the member "geometry", a geometry or null\.$/,
    ],
    [
      'a feature that is none',
      { type: 'FeatureCollection', features: [{ type: 'Feature', geometry: null }, 5] },
      '/features/1',
      /^must be an object, but is 5\.$/,
    ],
    [
      'coordinates that are no array',
      { type: 'Point', coordinates: 5 },
      '/coordinates',
      /^must be an array, but is 5\.$/,
    ],
    [
      'a number for a layer',
      5,
      '',
      /^must be a GeoJSON FeatureCollection, .* GeoJSON as text or JSON-FG as text; it is 5\.$/,
    ],
    [
      'a qualified layer',
      { value: { type: 'FeatureCollection' }, mediaType: 'application/geo+json' },
      '/value',
      /^must have the member "features"/,
    ],
    [
      'a media type',
      { value: point, mediaType: 'application/geojson' },
      '/value',
      /Did you mean "application\/geo\+json"\?$/,
    ],
  ];
  for (const [name, features, at, detail] of layers) {
    test(name, () => {
      const fault = only({ inputs: { features, distance: 1 } });
      assert.equal(fault.pointer, `/inputs/features${at}`);
      assert.match(fault.detail, detail);
    });
  }

  for (const href of [
    '/home/me/roads.gpkg',
    'C:\\data\\roads.shp',
    './roads.gpkg',
    'roads.gpkg',
    'file:///tmp/roads.gpkg',
    '~/roads.gpkg',
    '\\\\server\\roads.gpkg',
  ]) {
    test(`a path of the client's machine: ${href}`, () => {
      const { pointer, detail } = only({ inputs: { features: { href }, distance: 1 } });
      assert.equal(pointer, '/inputs/features/href');
      assert.match(detail, /path on your own machine.* POST \/uploads returns a URL/);
    });
  }

  test('an object in a bucket', () => {
    const { detail } = only({ inputs: { features: { href: 's3://bucket/key' }, distance: 1 } });
    assert.match(detail, /^must be an absolute http or https URL, but is "s3:.*A presigned https URL/);
  });

  test('inputs that are not wrapped', () => {
    assert.deepEqual(only({ features: point, distance: 5 }), {
      pointer: '',
      detail: 'The inputs must be wrapped in "inputs": {"inputs": {"features": ..., "distance": ...}}.',
    });
    assert.match(
      only({ type: 'FeatureCollection', features: [] }).detail,
      /^The body is GeoJSON; .*\{"inputs": \{"features": /,
    );
    assert.match(only({ input: { features: point } }).detail, /"input".*Did you mean "inputs"\?$/);
  });

  test('misspelt names', () => {
    const faults = refused({
      inputs: { features: point, distanse: 5, distance: 5, endCap: 'rond', distanceUnit: 'meter' },
      outputs: { results: {}, result: { format: { mediaType: 'gpkg' } } },
    });
    const details = Object.fromEntries(faults.map(({ pointer, detail }) => [pointer, detail]));
    assert.match(details['/inputs/distanse'] ?? '', /Did you mean "distance"\?/);
    assert.match(details['/outputs/results'] ?? '', /Did you mean "result"\?/);
    assert.match(
      details['/outputs/result/format/mediaType'] ?? '',
      /Did you mean "application\/geopackage\+sqlite3"\?$/,
    );
    assert.match(details['/inputs/distanceUnit'] ?? '', /Did you mean "metre"\?$/);
  });

  test('a misspelt parameter of a query', () => {
    assert.throws(
      () => executionFromQuery({ features: ['{}'], distnace: ['1'] }, buffer),
      ({ faults }: InvalidQuery) => /Did you mean "distance"\?/.test(faults[0]?.detail ?? ''),
    );
  });

  test('a body that is too large: the number of bytes that are taken, and uploads', () => {
    assert.throws(
      () => decodeBody(new Uint8Array(5_000_000), buffer),
      ({ detail = '' }: LimitExceeded) => /5000000 bytes; the limit is 4194304.*POST \/uploads/.test(detail),
    );
  });
});

test('faults come in the order of the body, what is missing last', () => {
  const body = {
    response: 'x',
    outputs: { nope: {} },
    subscriber: { failedUri: null, successUri: 'x' },
    inputs: { distanceUnit: 'x', mystery: 1, features: { type: 'FeatureCollection', features: [1, 2] } },
  };
  assert.deepEqual(
    refused(body).map(({ pointer }) => pointer),
    [
      '/response',
      '/outputs/nope',
      '/subscriber/failedUri',
      '/subscriber/successUri',
      '/inputs/distanceUnit',
      '/inputs/mystery',
      '/inputs/features/features/0',
      '/inputs/features/features/1',
      '/inputs/distance',
    ],
  );
});

test('what is told stays short, however much is sent', () => {
  const [fault] = refused({
    inputs: { distance: 1, features: { type: 'FeatureCollection', features: 'x'.repeat(1_000_000) } },
  });
  assert.ok((fault?.detail.length ?? 0) < 200, fault?.detail);
});
