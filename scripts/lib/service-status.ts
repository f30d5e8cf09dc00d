import {
  CloudWatchClient,
  GetMetricDataCommand,
  type Metric,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { TableIndex } from '../../functions/aws/table-indexes.ts';
import { JobMetric, METRICS_NAMESPACE } from '../../functions/observe/job-metrics.ts';
import { type Settings, settingsFor } from '../../infra/config/config.ts';
import { stackNames } from '../../infra/service.ts';
import { physicalName } from './stacks.ts';

/** What the index of unfinished jobs says. */
export interface Unfinished {
  readonly accepted: number;
  readonly running: number;
  /** When the job was accepted that has waited longest (RFC 3339); absent where none waits. */
  readonly oldestWaiting?: string;
}

/** What the metrics say of a time. */
export interface Totals {
  readonly successful: number;
  readonly failed: number;
  readonly dismissed: number;
  readonly lost: number;
  readonly requests: number;
  readonly serverErrors: number;
  /** Seconds that workers were paid for, times their gigabytes. */
  readonly gigabyteSeconds: number;
}

/** Jobs that are asked for in one request. */
const BATCH = 100;

/** The jobs of a stage that have not ended: the sparse index has no others. */
export async function countUnfinished(stage: string): Promise<Unfinished> {
  const table = await physicalName(stackNames(stage).state, 'AWS::DynamoDB::Table', 'Jobs');
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  const pages = paginateScan(
    { client, pageSize: BATCH },
    { TableName: table, IndexName: TableIndex.due, ProjectionExpression: 'jobID' },
  );
  const waiting: string[] = [];
  let running = 0;
  for await (const { Items = [] } of pages) {
    const Keys = Items.map(({ jobID }) => ({ jobID }));
    if (Keys.length === 0) continue;
    const { Responses } = await client.send(new BatchGetCommand({ RequestItems: { [table]: { Keys } } }));
    for (const { status, created } of Responses?.[table] ?? []) {
      if (status === 'running') running++;
      if (status === 'accepted') waiting.push(created);
    }
  }
  const [oldestWaiting] = waiting.toSorted();
  return { accepted: waiting.length, running, ...(oldestWaiting ? { oldestWaiting } : {}) };
}

/** Sums of the metrics of a stage since a time. */
export async function readTotals(stage: string, since: Date): Promise<Totals> {
  const settings = settingsFor(stage);
  const { compute, api } = stackNames(stage);
  const classes = Object.keys(settings.workers) as (keyof Settings['workers'])[];
  const jobs = (MetricName: string): Metric => ({
    Namespace: METRICS_NAMESPACE,
    MetricName,
    Dimensions: [{ Name: 'service', Value: `ogc-processes-${stage}` }],
  });
  const requests = (MetricName: string): Metric => ({
    Namespace: 'AWS/ApiGateway',
    MetricName,
    Dimensions: [{ Name: 'ApiName', Value: api }],
  });
  const durations = await Promise.all(
    classes.map(async (name): Promise<[string, Metric]> => {
      const Value = await physicalName(compute, 'AWS::Lambda::Function', `Worker${name}`);
      const Dimensions = [{ Name: 'FunctionName', Value }];
      return [name, { Namespace: 'AWS/Lambda', MetricName: 'Duration', Dimensions }];
    }),
  );
  const sums = await sumMetrics(
    {
      successful: jobs(JobMetric.Successful),
      failed: jobs(JobMetric.Failed),
      dismissed: jobs(JobMetric.Dismissed),
      lost: jobs(JobMetric.Lost),
      requests: requests('Count'),
      serverErrors: requests('5XXError'),
      ...Object.fromEntries(durations),
    },
    since,
  );
  const gigabyteSeconds = classes.reduce(
    (total, name) => total + ((sums[name] ?? 0) / 1000) * (settings.workers[name].memory / 1024),
    0,
  );
  const { successful = 0, failed = 0, dismissed = 0, lost = 0, requests: count = 0, serverErrors = 0 } = sums;
  return { successful, failed, dismissed, lost, requests: count, serverErrors, gigabyteSeconds };
}

async function sumMetrics(
  metrics: Readonly<Record<string, Metric>>,
  since: Date,
): Promise<Readonly<Record<string, number>>> {
  const MetricDataQueries = Object.entries(metrics).map(
    ([Id, Metric]): MetricDataQuery => ({ Id, MetricStat: { Metric, Period: 3600, Stat: 'Sum' } }),
  );
  const { MetricDataResults = [] } = await new CloudWatchClient({}).send(
    new GetMetricDataCommand({ StartTime: since, EndTime: new Date(), MetricDataQueries }),
  );
  return Object.fromEntries(
    MetricDataResults.map(({ Id = '', Values = [] }) => [Id, Values.reduce((sum, value) => sum + value, 0)]),
  );
}
