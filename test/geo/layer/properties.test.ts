import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { absentProperty } from '../../../geo/layer/field-faults.ts';
import type { LayerFeature, Properties } from '../../../geo/layer/layer.ts';
import { readProperty, setProperty } from '../../../geo/layer/properties.ts';

const feature = (properties: Properties): LayerFeature => ({ type: 'Feature', properties, geometry: null });

describe('properties by names that strangers give', () => {
  test('are set as they are named', () => {
    const properties: Properties = {};
    for (const name of ['a', '__proto__', 'constructor']) setProperty(properties, name, name);
    assert.deepEqual(Object.keys(properties), ['a', '__proto__', 'constructor']);
    assert.equal(Object.getPrototypeOf(properties), Object.prototype);
  });

  test('are read where a feature has them, and null where an object has them anyway', () => {
    assert.equal(readProperty({ a: 1 }, 'a'), 1);
    for (const name of ['b', 'constructor', 'toString', '__proto__'])
      assert.equal(readProperty({}, name), null);
  });

  test('that no feature has: those that there are, and the one that was meant', () => {
    const features = [feature({ population: 1 }), feature({ Name: 'a' })];
    assert.equal(
      absentProperty('name', features),
      'names the property "name", which no feature has. Did you mean "Name"? Properties: population, Name.',
    );
    const many = [feature(Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`p${index}`, 1])))];
    assert.ok(absentProperty('x', many).length < 300);
    assert.match(absentProperty('x', [feature({})]), /The features have no properties\.$/);
  });
});
