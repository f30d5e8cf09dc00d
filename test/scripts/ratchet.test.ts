import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { countFindings, findingsAbove, isLoose, tighten } from '../../scripts/lib/ratchet.ts';

const finding = (rule: string, file: string) => ({ rule, file, line: 1, message: '' });
const findings = [
  finding('spread', 'geo/a.ts'),
  finding('spread', 'core/a.ts'),
  finding('spread', 'geo/b.ts'),
  finding('cycle', 'core/a.ts'),
];

describe('a ratchet', () => {
  test('counts by rule and root', () => {
    assert.deepEqual(countFindings(findings), { spread: { geo: 2, core: 1 }, cycle: { core: 1 } });
  });

  test('lets through as many as it allows, and shows all of a root that has more', () => {
    assert.deepEqual(findingsAbove(findings, { spread: { geo: 2, core: 1 }, cycle: { core: 1 } }), []);
    assert.deepEqual(findingsAbove(findings, { spread: { geo: 1, core: 1 }, cycle: { core: 4 } }), [
      findings[0],
      findings[2],
    ]);
    assert.deepEqual(findingsAbove(findings, { spread: { geo: 2, core: 1 } }), [findings[3]]);
  });

  test('only falls, while findings may move to another root', () => {
    assert.deepEqual(tighten(findings, { spread: { processes: 9 }, cycle: { core: 1 } }), {
      ratchet: { spread: { core: 1, geo: 2 }, cycle: { core: 1 } },
    });
    assert.deepEqual(tighten(findings, { spread: { geo: 2 }, cycle: { core: 1 } }), { risen: ['spread'] });
    assert.deepEqual(tighten([], { spread: { geo: 2 } }), { ratchet: {} });
  });

  test('is loose where there are fewer than it allows', () => {
    assert.equal(isLoose(findings, { spread: { geo: 2, core: 1 }, cycle: { core: 1 } }), false);
    assert.equal(isLoose(findings, { spread: { geo: 3, core: 1 }, cycle: { core: 1 } }), true);
    assert.equal(isLoose(findings, { other: { core: 1 } }), true);
  });
});
