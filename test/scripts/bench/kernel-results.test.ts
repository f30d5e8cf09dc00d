import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type CaseResult, casesAbove, type KernelResults } from '../../../bench/kernel-results.ts';
import { report } from '../../../bench/report.ts';

const result = (seconds: number, cpu: number, on = '2026-11-02'): CaseResult => ({
  seconds,
  referenceSeconds: 1,
  cpu,
  referenceCpu: 1,
  repetitions: 3,
  on,
});
const results: KernelResults = {
  machine: 'a machine',
  size: 4096,
  cases: {
    'kernel buffer': result(1.2, 2.5),
    buffer: result(1.3, 1),
    simplify: result(0.9, 2.6),
    densify: result(0.5, 0.5, '2026-11-01'),
  },
  engines: [],
};

describe('results of computations', () => {
  test('above their reference, by the clock or by processors, are told', () => {
    assert.deepEqual(casesAbove(results), ['buffer', 'simplify']);
    assert.match(report(results), /times its processor time: buffer, simplify\./);
  });

  test('of an earlier run are told, where one was stopped', () => {
    assert.match(report(results), /Measured on 2026-11-02; densify on 2026-11-01\./);
  });
});
