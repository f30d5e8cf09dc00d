import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { METRICS_NAMESPACE } from '../../functions/observe/job-metrics.ts';

/** Lines of the log that are counted, because nothing else shows what they tell: the service goes on. */
export const countedLines = {
  /** The switch of executions could not be read: it may be on, and executions go on. */
  switchNotRead: 'Switch:NotRead',
  /** What a task used was not recorded: it counts as the most that it could have used. */
  usageNotSettled: 'Usage:NotSettled',
} as const;

export type CountedLine = keyof typeof countedLines;

/** Counts lines in log groups, as one metric of the deployment that the lines name. */
export function countLines(scope: Construct, line: CountedLine, logGroupNames: readonly string[]): void {
  for (const [index, name] of logGroupNames.entries())
    new MetricFilter(scope, `${line}${index}`, {
      logGroup: LogGroup.fromLogGroupName(scope, `${line}Group${index}`, name),
      filterPattern: FilterPattern.stringValue('$.message', '=', countedLines[line]),
      metricNamespace: METRICS_NAMESPACE,
      metricName: line,
      dimensions: { service: '$.service' },
    });
}

/** How often a line was written within a quarter of an hour. */
export const lineMetric = (line: CountedLine, stage: string): Metric =>
  new Metric({
    namespace: METRICS_NAMESPACE,
    metricName: line,
    dimensionsMap: { service: `ogc-processes-${stage}` },
    statistic: Stats.SUM,
    period: Duration.minutes(15),
  });
