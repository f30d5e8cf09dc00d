import {
  CloudWatchClient,
  type Metric,
  type MetricDataQuery,
  paginateGetMetricData,
} from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { BatchGetCommand, DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Job } from '../../core/jobs/job.ts';
import { TableIndex } from '../../functions/aws/table-indexes.ts';
import { JobMetric, METRICS_NAMESPACE } from '../../functions/observe/job-metrics.ts';
import { stackNames } from '../../infra/service.ts';
import { physicalName, resourcesIn } from './stacks.ts';

/** A job and since when it is in its state (RFC 3339). */
export interface Since {
  readonly jobID: string;
  readonly since: string;
}

/** What the index of unfinished jobs says. */
export interface Unfinished {
  readonly accepted: number;
  readonly running: number;
  /** The job that has waited longest; absent where none waits. */
  readonly oldestWaiting?: Since;
  /** The job that has run longest; absent where none runs. */
  readonly oldestRunning?: Since;
}

/** What the metrics say of a time. */
export interface Totals {
  readonly successful: number;
  readonly failed: number;
  readonly dismissed: number;
  readonly lost: number;
  readonly requests: number;
  readonly serverErrors: number;
  /** Seconds that functions were paid for, times their gigabytes. */
  readonly gigabyteSeconds: number;
  readonly invocations: number;
}

/** A deployed function. */
export interface DeployedFunction {
  readonly name: string;
  /** Megabytes. */
  readonly memory: number;
}

/** Jobs that are asked for in one request. */
const BATCH = 100;
const HOUR = 3600;
const DAY = 24 * HOUR;

/** The jobs of a stage that have not ended: the sparse index has no others. */
export async function countUnfinished(stage: string): Promise<Unfinished> {
  const table = await physicalName(stackNames(stage).state, 'AWS::DynamoDB::Table', 'Jobs');
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  const pages = paginateScan(
    { client, pageSize: BATCH },
    { TableName: table, IndexName: TableIndex.due, ProjectionExpression: 'jobID' },
  );
  const jobs: UnfinishedJob[] = [];
  for await (const { Items = [] } of pages) {
    const Keys = Items.map(({ jobID }) => ({ jobID }));
    if (Keys.length === 0) continue;
    const { Responses } = await client.send(new BatchGetCommand({ RequestItems: { [table]: { Keys } } }));
    for (const { jobID, status, created, started } of (Responses?.[table] ?? []) as Job[])
      jobs.push({ jobID, status, created, ...(started === undefined ? {} : { started }) });
  }
  return summarize(jobs);
}

type UnfinishedJob = Pick<Job, 'jobID' | 'status' | 'created' | 'started'>;

/** Counts jobs by their state, and finds those that have been in it longest. */
export function summarize(jobs: readonly UnfinishedJob[]): Unfinished {
  const inState = (wanted: Job['status'], since: (job: UnfinishedJob) => string): Since[] =>
    jobs
      .filter(({ status }) => status === wanted)
      .map((job) => ({ jobID: job.jobID, since: since(job) }))
      .toSorted((one, other) => (one.since < other.since ? -1 : 1));
  const accepted = inState('accepted', ({ created }) => created);
  const running = inState('running', ({ created, started }) => started ?? created);
  return {
    accepted: accepted.length,
    running: running.length,
    ...(accepted[0] ? { oldestWaiting: accepted[0] } : {}),
    ...(running[0] ? { oldestRunning: running[0] } : {}),
  };
}

/** The functions of the stacks of a stage as they are deployed, whatever the settings say now. */
export async function deployedFunctions(stage: string): Promise<DeployedFunction[]> {
  const { compute, api } = stackNames(stage);
  const ofStacks = await Promise.all(
    [compute, api].map((stack) => resourcesIn(stack, 'AWS::Lambda::Function')),
  );
  const names = new Set(ofStacks.flat());
  const functions: DeployedFunction[] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client: new LambdaClient({}) }, {}))
    for (const { FunctionName: name = '', MemorySize: memory = 0 } of Functions)
      if (names.has(name)) functions.push({ name, memory });
  return functions;
}

/** Sums of the metrics of a stage since a time, which is the start of a day if it is longer ago than one. */
export async function readTotals(
  stage: string,
  functions: readonly DeployedFunction[],
  since: Date,
  now: Date,
): Promise<Totals> {
  const sums = await sumMetrics(totalMetrics(stage, functions), since, now);
  return totalsFromSums(sums, functions);
}

const duration = (index: number) => `duration${index}`;
const invocations = (index: number) => `invocations${index}`;

/** The metrics that totals are made of, by ids that CloudWatch takes. */
function totalMetrics(
  stage: string,
  functions: readonly DeployedFunction[],
): Readonly<Record<string, Metric>> {
  const jobs = (MetricName: string): Metric => ({
    Namespace: METRICS_NAMESPACE,
    MetricName,
    Dimensions: [{ Name: 'service', Value: `ogc-processes-${stage}` }],
  });
  const requests = (MetricName: string): Metric => ({
    Namespace: 'AWS/ApiGateway',
    MetricName,
    Dimensions: [{ Name: 'ApiName', Value: stackNames(stage).api }],
  });
  const ofFunctions = functions.flatMap(({ name }, index): [string, Metric][] => {
    const Dimensions = [{ Name: 'FunctionName', Value: name }];
    return [
      [duration(index), { Namespace: 'AWS/Lambda', MetricName: 'Duration', Dimensions }],
      [invocations(index), { Namespace: 'AWS/Lambda', MetricName: 'Invocations', Dimensions }],
    ];
  });
  return {
    successful: jobs(JobMetric.Successful),
    failed: jobs(JobMetric.Failed),
    dismissed: jobs(JobMetric.Dismissed),
    lost: jobs(JobMetric.Lost),
    requests: requests('Count'),
    serverErrors: requests('5XXError'),
    ...Object.fromEntries(ofFunctions),
  };
}

/** @param sums of the metrics by their ids; what was never measured has none */
export function totalsFromSums(
  sums: Readonly<Record<string, number>>,
  functions: readonly DeployedFunction[],
): Totals {
  const { successful = 0, failed = 0, dismissed = 0, lost = 0, requests = 0, serverErrors = 0 } = sums;
  let gigabyteSeconds = 0;
  let invoked = 0;
  for (const [index, { memory }] of functions.entries()) {
    gigabyteSeconds += ((sums[duration(index)] ?? 0) / 1000) * (memory / 1024);
    invoked += sums[invocations(index)] ?? 0;
  }
  return {
    successful,
    failed,
    dismissed,
    lost,
    requests,
    serverErrors,
    gigabyteSeconds,
    invocations: invoked,
  };
}

async function sumMetrics(
  metrics: Readonly<Record<string, Metric>>,
  since: Date,
  now: Date,
): Promise<Readonly<Record<string, number>>> {
  const Period = now.getTime() - since.getTime() > DAY * 1000 ? DAY : HOUR;
  const MetricDataQueries = Object.entries(metrics).map(
    ([Id, Metric]): MetricDataQuery => ({ Id, MetricStat: { Metric, Period, Stat: 'Sum' } }),
  );
  const sums: Record<string, number> = {};
  const pages = paginateGetMetricData(
    { client: new CloudWatchClient({}) },
    { StartTime: since, EndTime: now, MetricDataQueries },
  );
  for await (const { MetricDataResults = [] } of pages)
    for (const { Id = '', Values = [] } of MetricDataResults)
      sums[Id] = Values.reduce((sum, value) => sum + value, sums[Id] ?? 0);
  return sums;
}
