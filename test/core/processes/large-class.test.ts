import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { processDescription } from '../../../core/processes/describe.ts';
import { largeClass, largeClassFromEnvironment } from '../../../core/processes/large-class.ts';
import { Env } from '../../../core/shared/env.ts';
import { processes } from '../../../processes/index.ts';

describe('the description of a process', () => {
  const process = processes.find(({ id }) => id === 'union') ?? assert.fail();
  const rolesOf = (large?: typeof largeClass) =>
    Object.fromEntries(
      processDescription(process, 'http://example.org', undefined, large).metadata.map(({ role, value }) => [
        role,
        value,
      ]),
    );

  test('says with which limits, how long and for how much jobs go on, where there is a large class', () => {
    const large = { ...largeClass, times: { ...largeClass.times, vector: 7 } };
    const roles = rolesOf(large);
    assert.deepEqual([roles['large-class-times'], roles['large-class-seconds']], [7, 14_400]);
    assert.ok(Number(roles['large-class-usd-per-hour']) > 0.1);
    const without = rolesOf();
    assert.deepEqual(
      Object.keys(without).filter((role) => role.startsWith('large')),
      [],
    );
  });
});

describe('the large class of a deployment', () => {
  test('is what its variable says, if it has one', () => {
    assert.deepEqual(largeClassFromEnvironment({ [Env.Large]: JSON.stringify(largeClass) }), largeClass);
    assert.equal(largeClassFromEnvironment({}), undefined);
  });
});
