import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetParameterCommand, paginateDescribeParameters, SSMClient } from '@aws-sdk/client-ssm';
import { SWITCH_ON } from '../../core/usage/switch-value.ts';
import { documents } from '../../functions/aws/client/documents.ts';
import { UsageTable } from '../../functions/aws/usage-table.ts';
import { turnSwitch } from '../../scripts/lib/execution-switch.ts';
import { usageStoreContract } from '../support/contracts/usage-store-contract.ts';
import { serviceFromEnvironment } from '../support/service-client.ts';
import { emptyTable, removeTable } from './support/tables.ts';

const dynamo = new DynamoDBClient({});
const ssm = new SSMClient({});
const table = await emptyTable(dynamo);
after(async () => {
  await removeTable(dynamo, table);
  dynamo.destroy();
  ssm.destroy();
});

describe('UsageTable', () => {
  usageStoreContract(async () => new UsageTable(documents({ attempts: 4 }), table));
});

/** The stage that is deployed, by the parameter of its switch. */
async function deployedStage(): Promise<string> {
  for await (const { Parameters = [] } of paginateDescribeParameters({ client: ssm }, {})) {
    for (const { Name } of Parameters) {
      const [, stage] = /^\/ogc-processes\/([^/]+)\/executions$/.exec(Name ?? '') ?? [];
      if (stage) return stage;
    }
  }
  throw new Error('The switch is not deployed');
}

/** Executes until the service answers so: functions that have just looked at the switch take a few seconds. */
async function executeUntil(status: number) {
  const { execute } = serviceFromEnvironment();
  for (let second = 0; ; second++) {
    const answer = await execute('echo', { inputs: { message: 'a' } });
    if (answer.status === status || second === 20) return answer;
    await sleep(1000);
  }
}

test('the switch stops executions with the words of the operator within seconds, and lets them go on', async () => {
  const { get } = serviceFromEnvironment();
  const stage = await deployedStage();
  const name = await turnSwitch(stage, 'Maintenance until noon.');
  try {
    const { status, json, headers } = await executeUntil(503);
    assert.equal(status, 503);
    assert.equal(json.detail, 'Maintenance until noon.');
    assert.equal(headers.get('retry-after'), '300');
    assert.equal((await get('/jobs')).status, 200);
  } finally {
    await turnSwitch(stage, SWITCH_ON);
  }
  assert.equal((await executeUntil(200)).status, 200);
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name }));
  assert.equal(Parameter?.Value, SWITCH_ON);
});
