import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { wrappingFault } from '../../../core/execution/wrapping.ts';
import type { ProcessDeclaration } from '../../../core/processes/declaration.ts';
import { everything } from '../../support/process-fixture.ts';

const processWith = (inputs: object) => ({ ...everything, inputs }) as unknown as ProcessDeclaration;
const layers = processWith({ distance: {}, features: { source: 'layer' }, mask: { source: 'layer' } });

describe('inputs that do not stand in "inputs"', () => {
  const cases: [rule: string, body: object, process: ProcessDeclaration, detail: string | undefined][] = [
    ['a body with inputs is right', { inputs: {}, text: 'a' }, everything, undefined],
    [
      'inputs that are null are none',
      { inputs: null, text: 'a' },
      everything,
      'The inputs must be wrapped in "inputs": {"inputs": {"text": ...}}.',
    ],
    [
      'inputs that are null, and nothing else',
      { inputs: null },
      everything,
      'must be an object with one member per input, such as {}, but is null.',
    ],
    [
      'inputs beside other members',
      { text: 'a', response: 'raw', number: 1 },
      everything,
      'The inputs must be wrapped in "inputs": {"inputs": {"text": ..., "number": ...}}.',
    ],
    [
      'GeoJSON belongs to the first input that is a layer',
      { type: 'Point', coordinates: [1, 2] },
      layers,
      'The body is GeoJSON; it must be wrapped in an input: {"inputs": {"features": {"type": "Point", ...}}}.',
    ],
    [
      'GeoJSON belongs to the first input where none is a layer',
      { type: 'Feature' },
      everything,
      'The body is GeoJSON; it must be wrapped in an input: {"inputs": {"text": {"type": "Feature", ...}}}.',
    ],
    [
      'a type is an input where the process has one of this name',
      { type: 'Point' },
      processWith({ type: {} }),
      'The inputs must be wrapped in "inputs": {"inputs": {"type": ...}}.',
    ],
    ['another type is no GeoJSON', { type: 'Circle' }, everything, undefined],
    ['a type that is no text is no GeoJSON', { type: 5 }, everything, undefined],
    [
      'a misspelt name',
      { response: 'raw', Input: {} },
      everything,
      'The body has the member "Input", which is not known. Did you mean "inputs"?',
    ],
    ['a name that resembles nothing', { anything: {} }, everything, undefined],
    ['an empty body', {}, everything, undefined],
  ];
  for (const [rule, body, process, detail] of cases) {
    test(rule, () => {
      const fault = wrappingFault(body as Readonly<Record<string, unknown>>, process);
      const pointer = detail?.startsWith('must be') ? '/inputs' : '';
      assert.deepEqual(fault, detail === undefined ? undefined : { pointer, detail });
    });
  }
});
