import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseSubscriber } from '../../../core/execution/subscriber.ts';
import type { Fault } from '../../../core/shared/errors.ts';

const read = (members: Record<string, unknown>) => {
  const faults: Fault[] = [];
  return { subscriber: parseSubscriber(members, faults), faults };
};
const address = 'https://example.org/told';

describe('/req/callback/job-callback: who is told of a job', () => {
  for (const name of ['successUri', 'inProgressUri', 'failedUri']) {
    test(`${name} alone`, () =>
      assert.deepEqual(read({ [name]: address }), { subscriber: { [name]: address }, faults: [] }));
  }
  test('all three, each of its own', () => {
    const all = { successUri: `${address}/1`, inProgressUri: `${address}/2`, failedUri: `${address}/3` };
    assert.deepEqual(read(all), { subscriber: all, faults: [] });
  });
  test('nobody', () => assert.deepEqual(read({}), { subscriber: undefined, faults: [] }));
  test('successUri counts where successUrl is there too', () => {
    const { subscriber } = read({ successUrl: `${address}/old`, successUri: address });
    assert.deepEqual(subscriber, { successUri: address });
  });
  for (const taken of ['http://example.org', 'HTTPS://EXAMPLE.ORG', `https://e.org/${'x'.repeat(2034)}`]) {
    test(`${taken.slice(0, 30)} of ${taken.length} characters is taken`, () =>
      assert.deepEqual(read({ failedUri: taken }).faults, []));
  }
  const refused: [value: unknown, quoted: string][] = [
    ['no address', '"no address"'],
    ['/told', '"/told"'],
    ['mailto:me@e.org?x=http://e.org', '"mailto:me@e.org?x=http://e.org"'],
    ['ftp://e.org', '"ftp://e.org"'],
    ['https://', '"https://"'],
    [5, '5'],
    [null, 'null'],
    [[address], `["${address}"]`],
    [new URL(address), '{}'],
  ];
  for (const [value, quoted] of refused) {
    test(`${quoted} is refused`, () => {
      const { subscriber, faults } = read({ failedUri: value, successUri: address });
      const detail = `must be an absolute http or https URL of up to 2048 characters, but is ${quoted}.`;
      assert.deepEqual(faults, [{ pointer: '/subscriber/failedUri', detail }]);
      assert.deepEqual(subscriber, { successUri: address });
    });
  }
  test('an address that is too long to be kept is refused', () => {
    assert.equal(read({ failedUri: `https://e.org/${'x'.repeat(2035)}` }).faults.length, 1);
  });
});
