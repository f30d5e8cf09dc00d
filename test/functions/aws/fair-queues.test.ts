import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { FairQueues } from '../../../functions/aws/line.ts';

test('a ticket goes to the queue of its class in the group of its owner, whatever that is called', async () => {
  const sent: SendMessageCommand['input'][] = [];
  const client = { send: async ({ input }: SendMessageCommand) => void sent.push(input) };
  const urls = { light: 'https://l', vector: 'https://v', raster: 'https://r' };
  const line = new FairQueues(client as unknown as SQSClient, urls);
  const owners = ['a', 'b', `${'ö'.repeat(300)}@example.org`, 'a'];
  for (const owner of owners) await line.enter({ computeClass: 'raster', owner, jobID: '1' }, 7);
  const groups = sent.map(({ MessageGroupId }) => MessageGroupId ?? '');
  assert.equal(new Set(groups).size, 3);
  assert.equal(groups[0], groups[3]);
  // What SQS takes as the group of a message.
  for (const group of groups) assert.match(group, /^[\w!"#$%&'()*+,./:;<=>?@[\\\]^`{|}~-]{1,128}$/);
  assert.deepEqual(
    sent.map(({ QueueUrl, DelaySeconds }) => [QueueUrl, DelaySeconds]),
    owners.map(() => ['https://r', 7]),
  );
  assert.equal(JSON.parse(sent[2]?.MessageBody ?? '').owner, owners[2]);
});
