import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type CpuProfile, selfTimes } from '../../../bench/profile/self-times.ts';

const root = 'file:///project/';
const frame = (id: number, functionName: string, url = '') => ({ id, callFrame: { functionName, url } });
const nodes = [
  frame(1, '(root)'),
  frame(2, '(idle)'),
  frame(3, 'read', 'file:///project/geo/read.ts'),
  frame(4, 'read', 'file:///project/geo/read.ts'),
  frame(5, 'wasm-function[7]', 'wasm://wasm/0a1b'),
  frame(6, '(garbage collector)'),
  frame(7, 'parse', 'file:///project/node_modules/@scope/name/dist/index.js'),
];
/** A sample every 100 microseconds from 1000 on. */
const profile = (samples: readonly number[]): CpuProfile => ({
  nodes,
  startTime: 1000,
  endTime: 1000 + samples.length * 100,
  samples,
  timeDeltas: samples.map((_, index) => (index === 0 ? 0 : 100)),
});

describe('self times of functions', () => {
  test('are shares of the time in which threads did something, a function called from two places once', () => {
    const times = selfTimes([profile([3, 4, 5, 2, 2]), profile([6, 2, 2, 2, 2])], {
      from: 0,
      until: 9e9,
      root,
    });
    assert.deepEqual(times, [
      { name: 'read', where: 'geo/read.ts', share: 0.5 },
      { name: 'wasm-function[7]', where: 'WebAssembly', share: 0.25 },
      { name: 'garbage collection', where: 'V8', share: 0.25 },
    ]);
  });

  test('are those of the time that was asked for', () => {
    const times = selfTimes([profile([3, 3, 5, 7])], { from: 1250, until: 1350, root });
    assert.deepEqual(times, [
      { name: 'wasm-function[7]', where: 'WebAssembly', share: 0.5 },
      { name: 'parse', where: '@scope/name', share: 0.5 },
    ]);
  });
});
