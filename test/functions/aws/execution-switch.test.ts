import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SwitchParameter } from '../../../functions/aws/execution-switch.ts';

type Answer = () => Promise<unknown>;

/** A client that answers each request with the next of these. */
function clientOf(answers: Answer[]) {
  const client = {
    sent: 0,
    call: (): Promise<never> => {
      client.sent++;
      return answers.shift()!() as Promise<never>;
    },
  };
  return client;
}
const value = (text: string) => async () => ({ Parameter: { Value: text } });
const failure = () => Promise.reject(new Error('ThrottlingException'));

test('what was read is kept for seconds, so that a flood of requests does not read it each time', async () => {
  const client = clientOf([value('closed')]);
  const parameter = new SwitchParameter(client, 'name');
  for (let request = 0; request < 100; request++) assert.equal(await parameter.stopped(), 'closed');
  assert.equal(client.sent, 1);
});

test('where it cannot be read, executions go on', async () => {
  assert.equal(await new SwitchParameter(clientOf([failure]), 'name').stopped(), undefined);
});
