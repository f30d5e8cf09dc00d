import {
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration } from 'aws-cdk-lib/core';
import { mapValues } from '../../core/shared/json.ts';
import { JobMetric, METRICS_NAMESPACE } from '../../functions/observe/job-metrics.ts';
import type { Settings } from '../config/config.ts';
import { type CountedLine, lineMetric } from './line-metrics.ts';

/** What is watched. */
export interface Watched {
  readonly settings: Settings;
  /** Name of the REST API in CloudWatch. */
  readonly apiName: string;
  readonly workers: Readonly<Record<string, IFunction>>;
  /** The functions that end jobs for others and tell subscribers. */
  readonly tasks: Readonly<Record<string, IFunction>>;
  /** The one of them that a schedule starts. */
  readonly sweep: IFunction;
  readonly stateMachine: StateMachine;
  readonly table: Table;
  /** Queues of the events that nothing could take. */
  readonly lostEvents: Readonly<Record<string, IQueue>>;
  /** Queue of the tickets of waiting jobs that nothing could read; absent where no job waits in a line. */
  readonly lostTickets?: IQueue;
  /** Log groups of the functions whose errors the dashboard shows. */
  readonly logGroups: readonly string[];
  /** Log groups of the functions that write a line which is counted. */
  readonly counted: Readonly<Record<CountedLine, readonly string[]>>;
}

/** An alarm: its name is that of its entry in `docs/operate/runbook.md`. */
export interface AlarmRule {
  readonly name: string;
  /** What has happened, in a sentence for whoever is woken by it. */
  readonly says: string;
  readonly metric: IMetric;
  readonly threshold: number;
  /** Periods of the metric that must be over the threshold; default 1. */
  readonly periods?: number;
  /** Periods of which so many must be; absent: in a row. */
  readonly of?: number;
  readonly comparison?: ComparisonOperator;
  /** What it means that there is nothing to measure; default: that nothing is wrong. */
  readonly missing?: TreatMissingData;
}

const FIVE_MINUTES = Duration.minutes(5);
const QUARTER = Duration.minutes(15);

/** A metric of jobs as the functions write them. */
export const jobMetric = (
  { stage }: Settings,
  metricName: string,
  statistic: string = Stats.SUM,
  period = FIVE_MINUTES,
): Metric =>
  new Metric({
    namespace: METRICS_NAMESPACE,
    metricName,
    dimensionsMap: { service: `ogc-processes-${stage}` },
    statistic,
    period,
  });

/** A metric of API Gateway. */
export const apiMetric = (apiName: string, metricName: string, statistic: string = Stats.SUM): Metric =>
  new Metric({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap: { ApiName: apiName },
    statistic,
    period: FIVE_MINUTES,
  });

/** One metric of several functions, added up. */
export const summed = (
  functions: Readonly<Record<string, IFunction>>,
  pick: (fn: IFunction) => Metric,
  label: string,
  period = FIVE_MINUTES,
): MathExpression => {
  // Two sums in one graph may not share the names of their parts.
  const prefix = label.replaceAll(/\W/g, '_');
  const usingMetrics = Object.fromEntries(
    Object.entries(functions).map(([name, fn]) => [
      `${prefix}_${name}`,
      pick(fn).with({ period, statistic: Stats.SUM }),
    ]),
  );
  return new MathExpression({ expression: Object.keys(usingMetrics).join('+'), usingMetrics, label, period });
};

/** All alarms of a deployment. */
export function alarmRules({
  settings,
  apiName,
  workers,
  tasks,
  sweep,
  stateMachine,
  table,
  lostEvents,
  lostTickets,
}: Watched): AlarmRule[] {
  const { watch } = settings;
  return [
    {
      name: 'api-errors',
      says: 'The API has responded to requests with 5xx.',
      metric: apiMetric(apiName, '5XXError'),
      threshold: 5,
    },
    {
      name: 'api-slow',
      says: 'One request in a hundred takes nearly as long as a synchronous execution may, before it is answered 504.',
      metric: apiMetric(apiName, 'IntegrationLatency', 'p99'),
      threshold: (settings.syncSeconds - 1) * 1000,
      periods: 3,
    },
    {
      name: 'jobs-lost-worker',
      says: 'Jobs were marked as failed because their worker crashed, was stopped, ran out of memory or never started.',
      metric: jobMetric(settings, JobMetric.Lost, Stats.SUM, QUARTER),
      threshold: 3,
    },
    {
      name: 'jobs-failing',
      says: 'More than half of at least ten jobs of the last half hour have failed.',
      metric: new MathExpression({
        expression: 'IF(failed + successful >= 10, 100 * failed / (failed + successful), 0)',
        usingMetrics: {
          failed: jobMetric(settings, JobMetric.Failed, Stats.SUM, Duration.minutes(30)),
          successful: jobMetric(settings, JobMetric.Successful, Stats.SUM, Duration.minutes(30)),
        },
        label: 'failed jobs (%)',
        period: Duration.minutes(30),
      }),
      threshold: 50,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    },
    {
      name: 'jobs-waiting',
      says: 'Jobs wait longer than five minutes for a worker.',
      threshold: 300,
      ...(settings.waitingLine
        ? // Written every five minutes, about: a period may be left out, and the next one has two.
          { metric: jobMetric(settings, JobMetric.LongestWait, Stats.MAXIMUM), periods: 3, of: 4 }
        : { metric: jobMetric(settings, JobMetric.Waited, Stats.MAXIMUM), periods: 3 }),
    },
    {
      name: 'executions-failed',
      says: 'Executions of the workflow fail in ways that it does not handle itself.',
      metric: stateMachine.metricFailed({ period: QUARTER, statistic: Stats.SUM }),
      threshold: 3,
    },
    {
      name: 'workers-throttled',
      says: 'Lambda has refused to start workers: the limit of concurrent executions is reached.',
      metric: summed(workers, (fn) => fn.metricThrottles(), 'worker throttles'),
      threshold: 10,
      periods: 2,
    },
    {
      name: 'tasks-failing',
      says: 'Functions that reconcile or sweep jobs, or notify subscribers, fail.',
      metric: summed(tasks, (fn) => fn.metricErrors(), 'task errors', QUARTER),
      threshold: 3,
    },
    {
      name: 'sweep-stopped',
      says: 'The sweep has not run for a quarter of an hour: jobs that nothing else ends stay unfinished.',
      metric: sweep.metricInvocations({ period: QUARTER, statistic: Stats.SUM }),
      threshold: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      // A function that nobody starts has no metrics.
      missing: TreatMissingData.BREACHING,
    },
    {
      name: 'events-lost',
      says: 'Events that end jobs or start the sweep could not be delivered, or every attempt to handle them failed.',
      metric: new MathExpression({
        expression: Object.keys(lostEvents).join('+'),
        usingMetrics: mapValues(lostEvents, (queue) =>
          queue.metricApproximateNumberOfMessagesVisible({ period: FIVE_MINUTES, statistic: Stats.MAXIMUM }),
        ),
        label: 'lost events',
        period: FIVE_MINUTES,
      }),
      threshold: 1,
    },
    ...(lostTickets
      ? [
          {
            name: 'tickets-lost',
            says: 'Tickets of waiting jobs could not be handled.',
            metric: lostTickets.metricApproximateNumberOfMessagesVisible({
              period: FIVE_MINUTES,
              statistic: Stats.MAXIMUM,
            }),
            threshold: 1,
          },
        ]
      : []),
    {
      name: 'switch-not-read',
      says: 'The kill switch cannot be read: if it was just used, some executions may still be accepted.',
      metric: lineMetric('switchNotRead', settings.stage),
      threshold: 5,
    },
    {
      name: 'usage-not-settled',
      says: 'Usage cannot be recorded: owners reach their quotas too early.',
      metric: lineMetric('usageNotSettled', settings.stage),
      threshold: 3,
    },
    {
      name: 'concurrency',
      says: 'The account is close to its limit of concurrent executions: its other functions are affected too.',
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'ConcurrentExecutions',
        statistic: Stats.MAXIMUM,
        period: FIVE_MINUTES,
      }),
      threshold: watch.concurrency,
    },
    {
      name: 'table-errors',
      says: 'DynamoDB fails or throttles requests to the table of jobs.',
      metric: failedRequests(table.tableName),
      threshold: 10,
    },
  ];
}

/** What the service asks the table; DynamoDB has no metric of all of it. */
const TABLE_OPERATIONS = ['GetItem', 'PutItem', 'UpdateItem', 'Query'] as const;

/** Requests to a table that DynamoDB has failed or throttled, whatever they asked. */
function failedRequests(TableName: string): MathExpression {
  const usingMetrics = Object.fromEntries(
    TABLE_OPERATIONS.flatMap((Operation) =>
      (['SystemErrors', 'ThrottledRequests'] as const).map((metricName) => [
        `${metricName.charAt(0).toLowerCase()}${metricName.slice(1)}${Operation}`,
        new Metric({
          namespace: 'AWS/DynamoDB',
          metricName,
          dimensionsMap: { TableName, Operation },
          statistic: Stats.SUM,
          period: FIVE_MINUTES,
        }),
      ]),
    ),
  );
  return new MathExpression({
    expression: Object.keys(usingMetrics)
      .map((name) => `FILL(${name}, 0)`)
      .join(' + '),
    usingMetrics,
    label: 'failed requests to the table',
    period: FIVE_MINUTES,
  });
}
