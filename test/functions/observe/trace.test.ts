import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { test } from 'node:test';
import { traceStep } from '../../../functions/observe/trace.ts';

test('a step is a subsegment with the ids of the job, in the trace that Lambda has begun', async () => {
  const daemon = createSocket('udp4').bind(0, '127.0.0.1');
  await once(daemon, 'listening');
  const packet = once(daemon, 'message') as Promise<[Buffer]>;
  Object.assign(process.env, {
    // What Lambda sets; the X-Ray SDK reads them when it is loaded.
    LAMBDA_TASK_ROOT: '/var/task',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${daemon.address().port}`,
    _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
  });
  assert.equal(await traceStep('job', { jobID: 'j-1', computeClass: 'light' }, async () => 7), 7);
  const [, document = ''] = (await packet)[0].toString().split('\n');
  daemon.close();
  const { name, trace_id, parent_id, annotations } = JSON.parse(document);
  assert.deepEqual(
    [name, trace_id, parent_id],
    ['job', '1-5759e988-bd862e3fe1be46a994272793', '53995c3f42cd8ad8'],
  );
  assert.deepEqual(annotations, { jobID: 'j-1', computeClass: 'light' });
});

test('without a sampled trace nothing is loaded, and the step runs all the same', async () => {
  process.env['_X_AMZN_TRACE_ID'] = 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0';
  assert.equal(await traceStep('job', {}, async () => 8), 8);
});
