import { GraphWidget, type IMetric, type IWidget, LogQueryWidget, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { JobMetric } from '../../functions/observe/job-metrics.ts';
import { apiMetric, jobMetric, summed, type Watched } from './alarms.ts';

const WIDTH = 8;

const graph = (title: string, left: readonly IMetric[], right: readonly IMetric[] = []): IWidget =>
  new GraphWidget({ title, left: [...left], right: [...right], width: WIDTH, height: 6, liveData: true });

/** What an operator looks at first, from left to right: what clients see, what jobs do, what the parts do. */
export function dashboardRows({
  settings,
  apiName,
  workers,
  tasks,
  stateMachine,
  table,
  logGroups,
}: Watched): IWidget[][] {
  const jobs = (name: string, statistic: string = Stats.SUM) => jobMetric(settings, name, statistic);
  const each = Object.entries(workers);
  return [
    [
      graph(
        'Requests',
        [apiMetric(apiName, 'Count'), apiMetric(apiName, '4XXError')],
        [apiMetric(apiName, '5XXError')],
      ),
      graph('Latency of the API (ms)', [
        apiMetric(apiName, 'Latency', 'p50'),
        apiMetric(apiName, 'Latency', 'p99'),
      ]),
      graph('Jobs that ended', [
        jobs(JobMetric.Successful),
        jobs(JobMetric.Failed),
        jobs(JobMetric.Dismissed),
        jobs(JobMetric.Lost),
      ]),
    ],
    [
      graph('Waiting time of jobs (s)', [
        jobs(JobMetric.Waited, 'p50'),
        jobs(JobMetric.Waited, 'p99'),
        jobs(JobMetric.LongestWait, Stats.MAXIMUM),
      ]),
      graph('Run time of jobs (s)', [jobs(JobMetric.Took, 'p50'), jobs(JobMetric.Took, 'p99')]),
      graph(
        'Concurrent workers',
        each.map(([name, fn]) =>
          fn.metric('ConcurrentExecutions', { statistic: Stats.MAXIMUM, label: name }),
        ),
        [summed(workers, (fn) => fn.metricThrottles(), 'throttles')],
      ),
    ],
    [
      graph(
        'Duration of workers (ms, p99)',
        each.map(([name, fn]) => fn.metricDuration({ statistic: 'p99', label: name })),
      ),
      graph(
        'Executions of the workflow',
        [stateMachine.metricStarted(), stateMachine.metricSucceeded()],
        [stateMachine.metricFailed(), stateMachine.metricTimedOut(), stateMachine.metricAborted()],
      ),
      graph(
        'Errors of functions',
        [summed(workers, (fn) => fn.metricErrors(), 'workers')],
        [summed(tasks, (fn) => fn.metricErrors(), 'tasks and events')],
      ),
    ],
    [
      graph('Capacity units of the table', [
        table.metricConsumedReadCapacityUnits(),
        table.metricConsumedWriteCapacityUnits(),
      ]),
      new LogQueryWidget({
        title: 'Latest errors',
        logGroupNames: [...logGroups],
        queryLines: [
          'fields @timestamp, message, jobID, error',
          'filter level = "ERROR"',
          'sort @timestamp desc',
          'limit 20',
        ],
        width: 2 * WIDTH,
        height: 6,
      }),
    ],
  ];
}
