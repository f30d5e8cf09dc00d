import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  InvalidInput,
  InvalidRequest,
  LimitExceeded,
  MissingInput,
  NoSuchJob,
} from '../../../core/shared/errors.ts';
import { problemTypes } from '../../../core/shared/problem-types.ts';
import { bounded, problemFromError, shortened, withTypeUri } from '../../../core/shared/problems.ts';
import { ExceptionType } from '../../../core/shared/uris.ts';

const faults = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ pointer: `/inputs/${index}`, detail: 'is wrong.' }));

describe('problem documents', () => {
  test('say what a refusal says', () => {
    assert.deepEqual(problemFromError(new InvalidInput('/inputs/a', 'is wrong.'), 'urn:uuid:1'), {
      type: '/api#invalid-parameter-value',
      title: 'An input is not valid',
      status: 400,
      detail: '/inputs/a: is wrong.',
      instance: 'urn:uuid:1',
      errors: [{ pointer: '/inputs/a', detail: 'is wrong.' }],
    });
    assert.equal('errors' in problemFromError(new NoSuchJob('a')), false);
  });

  test('of limits begin with the place as others do', () => {
    const { detail, errors } = problemFromError(new LimitExceeded('/inputs/a', 'is 40 s.'));
    assert.equal(detail, '/inputs/a: is 40 s.');
    assert.deepEqual(errors, [{ pointer: '/inputs/a', detail: 'is 40 s.' }]);
    assert.equal(problemFromError(new LimitExceeded('', 'It is too long.')).detail, 'It is too long.');
  });

  test('say that an input is missing only where nothing else is wrong', () => {
    const missing = new MissingInput('/inputs/a', 'is required.');
    assert.equal(new InvalidRequest([missing]).type, '/api#missing-parameter-value');
    assert.equal(new InvalidRequest([missing, ...faults(1)]).type, '/api#invalid-parameter-value');
  });

  test('have a type that is a URI, which the documentation explains', () => {
    assert.deepEqual(
      problemTypes.map(({ type }) => type).toSorted(),
      [...Object.values(ExceptionType)].toSorted(),
    );
    for (const { type } of problemTypes) {
      const problem = withTypeUri({ type, title: '', status: 400 }, 'https://example.org/v1');
      assert.ok(URL.canParse(problem.type), problem.type);
    }
    const unknownBase = withTypeUri({ type: ExceptionType.limitExceeded, title: '', status: 413 }, undefined);
    assert.equal(unknownBase.type, 'about:blank');
  });

  test('say nothing of what is not a refusal', () => {
    const problem = problemFromError(new TypeError('secret'));
    assert.equal(problem.status, 500);
    assert.doesNotMatch(JSON.stringify(problem), /secret/);
  });

  test('list a hundred faults and count the others, and stay as they are when they are bounded again', () => {
    const problem = problemFromError(new InvalidRequest(faults(100)));
    assert.deepEqual(problem.errors, faults(100));
    const longer = problemFromError(new InvalidRequest(faults(1000)));
    assert.equal(longer.errors?.length, 100);
    assert.equal(longer.errors?.at(-1)?.detail, 'There are 901 more faults.');
    assert.deepEqual(bounded(longer), longer);
  });

  test('fit into the record of a job, which takes 400 kB', () => {
    const long = Array.from({ length: 1000 }, () => ({
      pointer: '/\u{1f30d}'.repeat(5000),
      detail: 'é'.repeat(9000),
    }));
    const text = JSON.stringify(problemFromError(new InvalidRequest(long, 'title')));
    assert.ok(Buffer.byteLength(text) < 350_000, String(Buffer.byteLength(text)));
  });

  test('texts are shortened with a sign that there was more', () => {
    assert.deepEqual([shortened('abcd', 4), shortened('abcde', 4)], ['abcd', 'abc…']);
    // A pair of surrogates stays whole or goes as a whole.
    assert.deepEqual([shortened('a\u{1f30d}bc', 3), shortened('ab\u{1f30d}c', 4)], ['a…', 'ab…']);
  });
});
