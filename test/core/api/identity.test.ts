import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stableArn } from '../../../core/api/identity.ts';

describe('the identity of who signs', () => {
  const arns: [string, string | undefined][] = [
    ['arn:aws:sts::123456789012:assumed-role/analyst/anna', 'arn:aws:iam::123456789012:role/analyst'],
    [
      'arn:aws:sts::123456789012:assumed-role/analyst/bram@example.org',
      'arn:aws:iam::123456789012:role/analyst',
    ],
    ['arn:aws-cn:sts::123456789012:assumed-role/analyst/x', 'arn:aws-cn:iam::123456789012:role/analyst'],
    ['arn:aws:iam::123456789012:role/teams/maps/analyst', 'arn:aws:iam::123456789012:role/analyst'],
    ['arn:aws:iam::123456789012:user/anna', 'arn:aws:iam::123456789012:user/anna'],
    ['arn:aws:iam::123456789012:user/maps/anna', 'arn:aws:iam::123456789012:user/maps/anna'],
    ['arn:aws:iam::123456789012:root', 'arn:aws:iam::123456789012:root'],
    // Whoever lets federated users in chooses their names.
    ['arn:aws:sts::123456789012:federated-user/anna', undefined],
    ['arn:aws:sts::123456789012:assumed-role/analyst', undefined],
    ['arn:aws:sts::123456789012:assumed-role//session', undefined],
    ['arn:aws:sts::1234:assumed-role/analyst/anna', undefined],
    ['anna', undefined],
    ['', undefined],
  ];
  for (const [arn, identity] of arns) {
    test(`${arn || 'nothing'} is ${identity ?? 'nobody'}`, () => {
      assert.equal(stableArn(arn), identity);
    });
  }

  test('is nobody without an ARN', () => {
    assert.deepEqual([stableArn(null), stableArn(undefined)], [undefined, undefined]);
  });
});
