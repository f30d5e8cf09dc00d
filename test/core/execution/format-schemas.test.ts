import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertedFormats, formatSchemas } from '../../../core/execution/format-schemas.ts';
import { findSchemaFaults } from '../../../core/execution/validation.ts';

const faults = (format: string, value: unknown) =>
  findSchemaFaults({ format }, value, '').map(({ pointer, detail }) => `${pointer} ${detail}`);

describe('/req/core/process-execute-input-inline-bbox: a bounding box', () => {
  const cases: [rule: string, value: unknown, expected: string[]][] = [
    ['4 numbers', { bbox: [1, 2, 3, 4] }, []],
    ['6 numbers', { bbox: [1, 2, 3, 4, 5, 6] }, []],
    ['5 numbers', { bbox: [1, 2, 3, 4, 5] }, ['/bbox must be 4 numbers or 6 numbers; it is [1,2,3,4,5].']],
    ['text among the numbers', { bbox: [1, 2, 3, '4'] }, ['/bbox/3 must be a number, but is "4".']],
    ['a number for a CRS', { bbox: [1, 2, 3, 4], crs: 4326 }, ['/crs must be a string, but is 4326.']],
    ['no numbers at all', {}, [' must have the member "bbox", an array.']],
  ];
  for (const [rule, value, expected] of cases) {
    test(rule, () => assert.deepEqual(faults('ogc-bbox', value), expected));
  }
  test('is called so where it is one of several forms', () => {
    const [fault] = findSchemaFaults({ oneOf: [{ format: 'ogc-bbox' }, { type: 'integer' }] }, 'x', '');
    assert.equal(fault?.detail, 'must be a bounding box or an integer; it is "x".');
  });
});

describe('the outer shape of a GeoJSON geometry', () => {
  const cases: [rule: string, value: unknown, expected: string[]][] = [
    ['a collection of geometries', { type: 'GeometryCollection', geometries: [{}] }, []],
    [
      'geometries that are no array',
      { type: 'GeometryCollection', geometries: {} },
      ['/geometries must be an array, but is {}.'],
    ],
    [
      'a geometry that is no object',
      { type: 'GeometryCollection', geometries: [5] },
      ['/geometries/0 must be an object, but is 5.'],
    ],
  ];
  for (const [rule, value, expected] of cases) {
    test(rule, () => assert.deepEqual(faults('geojson-geometry', value), expected));
  }
});

describe('the schemas of the API definition', () => {
  test('/req/ogc-process-description: are those of the format codes', () => {
    assert.deepEqual(Object.keys(formatSchemas), Object.keys(assertedFormats));
  });
  test('have no titles, by which generators of clients would name types', () => {
    assert.doesNotMatch(JSON.stringify(formatSchemas), /"title"/);
    assert.match(JSON.stringify(assertedFormats), /"title"/);
  });
  test('have a bounding box of 4 to 6 numbers, without alternatives', () => {
    assert.deepEqual(formatSchemas['ogc-bbox'], {
      type: 'object',
      required: ['bbox'],
      properties: {
        bbox: { type: 'array', items: { type: 'number' }, minItems: 4, maxItems: 6 },
        crs: { type: 'string' },
      },
    });
  });
  test('are as values are checked otherwise', () => {
    assert.deepEqual(formatSchemas['geojson-feature'], {
      type: 'object',
      required: ['type', 'geometry'],
      properties: { type: { type: 'string', enum: ['Feature'] }, geometry: {} },
    });
  });
});
