import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { InvalidInput, InvalidRequest, MissingInput, NoSuchJob } from '../../../core/shared/errors.ts';
import { bounded, problemOf, shortened } from '../../../core/shared/problems.ts';

const faults = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ pointer: `/inputs/${index}`, detail: 'is wrong.' }));

describe('problem documents', () => {
  test('say what a refusal says', () => {
    assert.deepEqual(problemOf(new InvalidInput('/inputs/a', 'is wrong.'), 'urn:uuid:1'), {
      type: 'InvalidParameterValue',
      title: 'An input is not valid',
      status: 400,
      detail: '/inputs/a: is wrong.',
      instance: 'urn:uuid:1',
      errors: [{ pointer: '/inputs/a', detail: 'is wrong.' }],
    });
    assert.equal('errors' in problemOf(new NoSuchJob('a')), false);
  });

  test('say that an input is missing only where nothing else is wrong', () => {
    const missing = new MissingInput('/inputs/a', 'is required.');
    assert.equal(new InvalidRequest([missing]).type, 'MissingParameterValue');
    assert.equal(new InvalidRequest([missing, ...faults(1)]).type, 'InvalidParameterValue');
  });

  test('say nothing of what is not a refusal', () => {
    const problem = problemOf(new TypeError('secret'));
    assert.equal(problem.status, 500);
    assert.doesNotMatch(JSON.stringify(problem), /secret/);
  });

  test('list a hundred faults and count the others, and stay as they are when they are bounded again', () => {
    const problem = problemOf(new InvalidRequest(faults(100)));
    assert.deepEqual(problem.errors, faults(100));
    const longer = problemOf(new InvalidRequest(faults(1000)));
    assert.equal(longer.errors?.length, 100);
    assert.equal(longer.errors?.at(-1)?.detail, 'There are 901 more faults.');
    assert.deepEqual(bounded(longer), longer);
  });

  test('fit into the record of a job, which takes 400 kB', () => {
    const long = Array.from({ length: 1000 }, () => ({
      pointer: '/\u{1f30d}'.repeat(5000),
      detail: 'é'.repeat(9000),
    }));
    const text = JSON.stringify(problemOf(new InvalidRequest(long, 'title')));
    assert.ok(Buffer.byteLength(text) < 350_000, String(Buffer.byteLength(text)));
  });

  test('texts are shortened with a sign that there was more', () => {
    assert.deepEqual([shortened('abcd', 4), shortened('abcde', 4)], ['abcd', 'abc…']);
  });
});
