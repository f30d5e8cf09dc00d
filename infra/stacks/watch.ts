import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  type IWidget,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Budget, Settings } from '../config/config.ts';
import { type AlarmRule, alarmRules, type Watched } from '../constructs/alarms.ts';
import { BudgetAlarm } from '../constructs/budget-alarm.ts';
import { dashboardRows } from '../constructs/dashboard-rows.ts';
import { type CountedLine, countedLines, countLines } from '../constructs/line-metrics.ts';

/** Where an alarm says what to do, below the documentation of the project. */
const RUNBOOK = 'docs/operate/runbook.md';

/** What tells the operator that the service is ill: alarms, the topic that they go to, and a dashboard. */
export class WatchStack extends Stack {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, watched: Watched, props: StackProps = {}) {
    super(scope, id, { ...props, description: 'OGC API - Processes: dashboard and alarms' });
    this.topic = this.#makeTopic(watched.settings);
    for (const line of Object.keys(countedLines) as CountedLine[])
      countLines(this, line, watched.counted[line]);
    const { metricMath } = watched.settings.watch;
    for (const rule of alarmRules(watched))
      if (metricMath || !(rule.metric instanceof MathExpression)) this.#addAlarm(rule);
    const { budget } = watched.settings;
    if (budget) this.#announceCosts(budget, id);
    const dashboard = new Dashboard(this, 'Dashboard', {
      dashboardName: `ogc-processes-${watched.settings.stage}`,
    });
    for (const row of dashboardRows(watched)) dashboard.addWidgets(...(row as IWidget[]));
    new CfnOutput(this, 'AlarmTopic', {
      value: this.topic.topicArn,
      description: 'Topic of the alarms, to subscribe to',
    });
  }

  #makeTopic({ watch }: Settings): Topic {
    const topic = new Topic(this, 'Alarms', { displayName: 'OGC API - Processes', enforceSSL: true });
    if (watch.email) topic.addSubscription(new EmailSubscription(watch.email));
    return topic;
  }

  /** The metric of costs is in one region alone, so a budget is the alarm: whoever hears of the others hears of it. */
  #announceCosts({ amount }: Budget, name: string): void {
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        actions: ['sns:Publish'],
        principals: [new ServicePrincipal('budgets.amazonaws.com')],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    const budget = new BudgetAlarm(this, 'BudgetAlarm', {
      amount,
      name,
      subscriber: { subscriptionType: 'SNS', address: this.topic.topicArn },
    });
    budget.node.addDependency(this.topic);
  }

  #addAlarm({
    name,
    says,
    metric,
    threshold,
    periods = 1,
    of = periods,
    comparison,
    missing,
  }: AlarmRule): void {
    const alarm = new Alarm(this, name, {
      alarmName: `${this.stackName.replace(/-watch$/, '')}-${name}`,
      alarmDescription: `${says} What to do: ${RUNBOOK}#${name}`,
      metric,
      threshold,
      evaluationPeriods: of,
      datapointsToAlarm: periods,
      comparisonOperator: comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: missing ?? TreatMissingData.NOT_BREACHING,
    });
    const action = new SnsAction(this.topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }
}
