import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { stackNames } from '../../infra/service.ts';
import { root } from '../../scripts/lib/paths.ts';
import { physicalName } from '../../scripts/lib/stacks.ts';
import { functionName } from '../integration/support/workers.ts';
import { serviceFromEnvironment } from '../support/service-client.ts';
import { Operator, shell } from './support/commands.ts';

const { start, waitFor, get, execute } = serviceFromEnvironment();
const { stage: STAGE } = JSON.parse(process.env['DEPLOYMENT'] ?? '{}') as { stage: string };
const stacks = stackNames(STAGE);
const TABLE = await physicalName(stacks.state, 'AWS::DynamoDB::Table', 'Jobs');
const directory = mkdtempSync(join(tmpdir(), 'runbook-'));
after(() => rmSync(directory, { recursive: true }));

const ended = async (message: string): Promise<string> => {
  const jobID = await start('echo', { inputs: { message } });
  await waitFor(jobID, ['successful']);
  return jobID;
};

describe('the runbook', { concurrency: 1 }, () => {
  const operator = new Operator('runbook', directory);

  test('has an entry for each alarm that is deployed', async () => {
    const client = new CloudWatchClient({});
    const { MetricAlarms = [] } = await client.send(
      new DescribeAlarmsCommand({ AlarmNamePrefix: `ogc-processes-${STAGE}-` }),
    );
    const text = readFileSync(join(root, 'docs/operate/runbook.md'), 'utf8');
    assert.ok(MetricAlarms.length >= 6, `${MetricAlarms.length} alarms are deployed`);
    for (const { AlarmName = '' } of MetricAlarms)
      assert.ok(text.includes(`\n## ${AlarmName.replace(`ogc-processes-${STAGE}-`, '')}\n`), AlarmName);
  });

  test('begins with the state of the service', async () => {
    await ended('a');
    const said = operator.run('npm run status', { STAGE });
    assert.match(String(said), /Now: \d+ jobs accepted, \d+ running/);
  });

  test('finds out how many functions the account may run', () => {
    const { AccountLimit } = operator.run('aws lambda get-account-settings') as { AccountLimit: object };
    assert.ok(Object.keys(AccountLimit).length > 0);
  });

  test('shows the record of a job, and removes it', async () => {
    const ID = await ended('b');
    const { Item } = operator.run('aws dynamodb get-item', { TABLE, '"ID"': `"${ID}"` }) as {
      Item: { status: { S: string } };
    };
    assert.equal(Item.status.S, 'successful');
    operator.run('aws dynamodb delete-item', { TABLE, '"ID"': `"${ID}"` });
    assert.equal((await get(`/jobs/${ID}`)).status, 404);
  });

  test('takes events out of the queue of the lost ones, and ends the job of one at once', async () => {
    const jobID = await start('echo', { inputs: { message: 'c', pause: 50 } });
    await waitFor(jobID, ['running']);
    const queue = await physicalName(stacks.compute, 'AWS::SQS::Queue', 'LostExecutions');
    const event = JSON.stringify({ detail: { name: jobID, status: 'ABORTED' } });
    shell(`aws sqs send-message --queue-url ${queue} --message-body '${event}'`, directory);
    const { Messages } = operator.run('aws sqs receive-message', { URL: queue }) as {
      Messages: { Body: string }[];
    };
    const lost = Messages.find(({ Body }) => Body.includes(jobID));
    assert.ok(lost, 'The event is not in the queue');
    writeFileSync(join(directory, 'event.json'), lost.Body);
    const NAME = await functionName('Ends the job of an execution that did not end by itself');
    operator.run('aws lambda invoke', { NAME });
    const job = await waitFor(jobID, ['failed']);
    assert.match(job.exception.detail, /stopped by the operator/);
    operator.run('aws sqs purge-queue', { URL: queue });
  });

  test('names no other command than these, and some that change nothing here', () => {
    assert.deepEqual(
      operator.left.filter((command) => !/^npm run deploy|start-message-move-task/.test(command)),
      [],
    );
  });
});

describe('executions', () => {
  const operator = new Operator('limits', directory);

  test('are stopped and go on by the commands of the page', async () => {
    operator.run('npm run stop-executions', { production: STAGE });
    // What was read of the switch is kept for five seconds.
    await sleep(6000);
    const { status, text } = await execute('echo', { inputs: { message: 'd' } });
    assert.equal(status, 503, text);
    operator.run('npm run resume-executions', { production: STAGE });
    await sleep(6000);
    assert.equal((await execute('echo', { inputs: { message: 'd' } })).status, 200);
  });
});

describe('a backup', () => {
  const operator = new Operator('deploy', directory);

  test('brings back a job', async () => {
    const ID = await ended('e');
    operator.run('aws dynamodb restore-table-to-point-in-time', {
      TABLE,
      '2026-11-28T12:00:00Z': new Date().toISOString(),
    });
    new Operator('runbook', directory).run('aws dynamodb delete-item', { TABLE, '"ID"': `"${ID}"` });
    assert.equal((await get(`/jobs/${ID}`)).status, 404);
    operator.run('aws dynamodb get-item', { '"ID"': `"${ID}"` });
    operator.run('aws dynamodb put-item', { TABLE });
    assert.equal((await get(`/jobs/${ID}`)).json.status, 'successful');
    assert.equal((await get(`/jobs/${ID}/results`)).json.message, 'e');
    operator.run('aws dynamodb delete-table');
  });
});

describe('the key that signs', () => {
  const operator = new Operator('security', directory);

  test('is found, shown and changed', () => {
    const { SecretList } = operator.run('aws secretsmanager list-secrets') as {
      SecretList: { ARN: string }[];
    };
    const { ARN = '' } = SecretList[0] ?? {};
    const before = String(operator.run('aws secretsmanager get-secret-value', { ARN }));
    operator.run('aws secretsmanager put-secret-value', { ARN });
    const now = String(operator.run('aws secretsmanager get-secret-value', { ARN }));
    assert.match(now, /^[0-9a-f]{64}\n$/);
    assert.notEqual(now, before);
  });
});
