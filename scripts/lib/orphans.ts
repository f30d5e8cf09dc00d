import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { stackNames } from '../../infra/service.ts';
import { physicalName } from './stacks.ts';

/**
 * Ends the jobs whose executions the emulator has lost. It does not run them on and tells nobody; so the function that
 * catches such ends on AWS is called here with the event that it would have got.
 *
 * @returns how many jobs there were
 */
async function endOrphanedJobs(stage: string): Promise<number> {
  const names = stackNames(stage);
  const table = await physicalName(names.state, 'AWS::DynamoDB::Table', 'Jobs');
  const orphans = await unfinishedJobs(table);
  if (orphans.length === 0) return 0;
  const reconcile = await physicalName(names.compute, 'AWS::Lambda::Function', 'ReconcileExecution');
  const stateMachineArn = await physicalName(
    names.compute,
    'AWS::StepFunctions::StateMachine',
    'WorkflowJobs',
  );
  const lambda = new LambdaClient({});
  for (const jobID of orphans) {
    const event = abortedEvent(jobID, stateMachineArn);
    await lambda.send(new InvokeCommand({ FunctionName: reconcile, Payload: JSON.stringify(event) }));
  }
  return orphans.length;
}

/** Ends them and says how many there were. @param when what happened to them, for example `the service was stopped` */
export async function logOrphanedJobs(stage: string, when: string): Promise<void> {
  const count = await endOrphanedJobs(stage);
  if (count > 0) console.log(`- ${count} job(s) had not ended when ${when}: recorded as failed`);
}

async function unfinishedJobs(table: string): Promise<string[]> {
  const pages = paginateScan(
    { client: new DynamoDBClient({}) },
    {
      TableName: table,
      FilterExpression: '#status IN (:accepted, :running)',
      ProjectionExpression: 'jobID',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':accepted': { S: 'accepted' }, ':running': { S: 'running' } },
    },
  );
  const found: string[] = [];
  for await (const { Items = [] } of pages)
    for (const { jobID } of Items) if (jobID?.S !== undefined) found.push(jobID.S);
  return found;
}

/** What EventBridge says of an execution that was stopped. */
function abortedEvent(jobID: string, stateMachineArn: string): object {
  const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${jobID}`;
  const now = Date.now();
  return {
    version: '0',
    id: jobID,
    'detail-type': 'Step Functions Execution Status Change',
    source: 'aws.states',
    account: '000000000000',
    time: new Date(now).toISOString(),
    region: 'us-east-1',
    resources: [executionArn],
    detail: {
      executionArn,
      stateMachineArn,
      name: jobID,
      status: 'ABORTED',
      startDate: now,
      stopDate: now,
      input: JSON.stringify({ jobID }),
      output: null,
      error: 'States.ServiceRestart',
      cause: 'The emulator lost the execution while the job ran.',
    },
  };
}
