import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Type } from 'typebox';
import { findReferences, findStoredInputs } from '../../../core/execution/stored-inputs.ts';
import { defaulted, defineProcess, layer, several } from '../../../core/processes/define.ts';

const baseUrl = 'https://example.org/v1';
const jobID = '0b0a7a4e-6f0c-4c3e-9a53-5d0f6a8f3c11';
const result = `${baseUrl}/jobs/${jobID}/results/features`;
const upload = `${baseUrl}/uploads/0b0a7a4e-6f0c-4c3e-9a53-5d0f6a8f3c12`;

const process = defineProcess({
  id: 'reader',
  version: '1.0.0',
  title: 'Reader',
  description: 'Made for tests.',
  computeClass: 'light',
  inputs: {
    features: layer({ title: 'Features' }),
    'a/b': { ...layer({ title: 'Overlay' }), minOccurs: 0 },
    layers: several(
      Type.Unsafe<unknown>({ type: 'object', format: 'geojson-feature-collection' }),
      { min: 0, max: 3 },
      { title: 'Layers' },
    ),
    distance: defaulted(Type.Number(), 1, { title: 'Distance' }),
  },
  outputs: {},
  examples: [],
});

const stored = (inputs: Record<string, unknown>) => findStoredInputs(process, inputs, baseUrl);

describe('inputs that lie with the service', () => {
  test('are results, by the pointers at which they stand', () => {
    assert.deepEqual(stored({ features: { href: result } }), ['/inputs/features']);
    assert.deepEqual(stored({ features: { href: result }, 'a/b': { href: result } }), [
      '/inputs/features',
      '/inputs/a~1b',
    ]);
    assert.deepEqual(stored({ layers: [{ href: 'https://example.com/a.json' }, { href: result }] }), [
      '/inputs/layers/1',
    ]);
  });

  test('are collections, by their address or their id', () => {
    assert.deepEqual(stored({ features: { collection: `${baseUrl}/collections/roads` } }), [
      '/inputs/features',
    ]);
    assert.deepEqual(stored({ features: { collection: 'roads' } }), ['/inputs/features']);
    assert.deepEqual(stored({ features: { collection: 'https://example.com/collections/roads' } }), []);
  });

  test('are neither uploads nor what is elsewhere, nor values', () => {
    assert.deepEqual(stored({ features: { href: upload } }), []);
    assert.deepEqual(
      stored({ features: { href: `https://example.com/jobs/${jobID}/results/features` } }),
      [],
    );
    assert.deepEqual(stored({ features: { type: 'FeatureCollection', features: [] }, distance: 2 }), []);
  });

  test('are not looked for in inputs that are absent, null or unknown to the process', () => {
    assert.deepEqual(stored({ 'a/b': null, other: { href: result } }), []);
    assert.deepEqual(stored({}), []);
  });
});

describe('inputs that are somewhere else', () => {
  test('are references and collections, whoever has them', () => {
    const inputs = {
      features: { href: upload },
      'a/b': { collection: 'https://example.com/collections/roads' },
      layers: [{ type: 'FeatureCollection', features: [] }, { href: 'https://example.com/a.json' }],
      distance: 2,
    };
    assert.deepEqual(findReferences(process, inputs), [
      '/inputs/features',
      '/inputs/a~1b',
      '/inputs/layers/1',
    ]);
    assert.deepEqual(findReferences(process, { distance: 2 }), []);
  });
});
