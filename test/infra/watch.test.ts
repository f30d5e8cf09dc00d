import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from '../../infra/bundles.ts';
import { settingsFor } from '../../infra/config/config.ts';
import { countedLines } from '../../infra/constructs/line-metrics.ts';
import { findOnlyResource, findResources, type Json, synthesizeTemplates } from './support/service.ts';

const watch = { ...settingsFor('production').watch, email: 'operator@example.org' };
const templates = synthesizeTemplates('production', { watch });
const template = templates.watch!;
const alarms = Object.values(findResources(template, 'AWS::CloudWatch::Alarm')).map(
  ({ Properties }) => Properties,
);
const runbook = readFileSync(join(root, 'docs/operate/runbook.md'), 'utf8');

describe('the alarms', () => {
  test('are on in production, and elsewhere where they are asked for', () => {
    assert.equal(settingsFor('production').watch.enabled, true);
    assert.equal(settingsFor('dev').watch.enabled, false);
    assert.equal(synthesizeTemplates('dev').watch, undefined);
    assert.deepEqual(settingsFor('dev', { ALARM_EMAIL: 'a@b.example' }).watch, {
      ...watch,
      email: 'a@b.example',
    });
    assert.equal(settingsFor('production', { WATCH: 'off' }).watch.enabled, false);
  });

  for (const { AlarmName, AlarmDescription, AlarmActions, OKActions, TreatMissingData } of alarms) {
    const name = AlarmName.replace('ogc-processes-production-', '');
    test(`${name} goes to the topic, and its entry in the runbook says what to do`, () => {
      assert.match(AlarmDescription, new RegExp(`docs/operate/runbook\\.md#${name}$`));
      const [, entry] = runbook.split(`\n## ${name}\n`);
      assert.ok(entry, `docs/operate/runbook.md has no section ${name}`);
      const [section = ''] = entry.split('\n## ');
      assert.match(section, /\n1\. /, 'the section lists no steps');
      assert.equal(AlarmActions.length, 1);
      assert.deepEqual(AlarmActions, OKActions);
      // What is never measured is wrong only where something should always happen.
      assert.equal(TreatMissingData, name === 'sweep-stopped' ? 'breaching' : 'notBreaching');
    });
  }

  test('and the runbook has no entry without an alarm', () => {
    const entries = [...runbook.matchAll(/^## ([a-z-]+)$/gm)].map(
      ([, name]) => `ogc-processes-production-${name}`,
    );
    assert.deepEqual(entries.sort(), alarms.map(({ AlarmName }) => AlarmName).sort());
  });

  test('the topic is reached over TLS only, and tells the operator by mail', () => {
    const { Properties } = findOnlyResource(template, 'AWS::SNS::Subscription');
    assert.deepEqual([Properties.Protocol, Properties.Endpoint], ['email', 'operator@example.org']);
    const { Properties: policy } = findOnlyResource(template, 'AWS::SNS::TopicPolicy');
    assert.match(JSON.stringify(policy), /"aws:SecureTransport":"false"/);
  });
});

describe('alarms see what they are about', () => {
  const alarm = (name: string) =>
    alarms.find(({ AlarmName }) => AlarmName === `ogc-processes-production-${name}`) ?? assert.fail(name);

  test('a slow API before its executions are answered 504', () => {
    const { Threshold, ExtendedStatistic } = alarm('api-slow');
    assert.equal(ExtendedStatistic, 'p99');
    assert.ok(Threshold < templates.settings.syncSeconds * 1000, `${Threshold} ms`);
  });

  test('a table that fails whatever it is asked', () => {
    const { Metrics } = alarm('table-errors');
    const asked = Metrics.flatMap(({ MetricStat }: Json) =>
      MetricStat
        ? [
            `${MetricStat.Metric.MetricName} ${MetricStat.Metric.Dimensions.find(({ Name }: Json) => Name === 'Operation').Value}`,
          ]
        : [],
    );
    const written = readFileSync(join(root, 'functions/aws/item-table.ts'), 'utf8');
    const operations = [...written.matchAll(/new (\w+)Command\(/g)].map(([, name]) => name);
    assert.ok(operations.length >= 4);
    assert.deepEqual(
      asked.sort(),
      operations.flatMap((name) => [`SystemErrors ${name}`, `ThrottledRequests ${name}`]).sort(),
    );
    // CloudWatch takes no more in one alarm.
    assert.ok(asked.length <= 10);
  });

  test('a sweep that nobody starts, which has no metric at all', () => {
    const { MetricName, ComparisonOperator, Threshold, Period, TreatMissingData, Dimensions } =
      alarm('sweep-stopped');
    assert.deepEqual(
      [MetricName, ComparisonOperator, Threshold, Period, TreatMissingData],
      ['Invocations', 'LessThanThreshold', 1, 900, 'breaching'],
    );
    assert.match(JSON.stringify(Dimensions), /SweepJobs/);
  });

  test('costs, where there is a budget: it tells whom the alarms tell', () => {
    assert.equal(Object.keys(findResources(template, 'AWS::Budgets::Budget')).length, 0);
    const budget = { amount: 100, mail: 'ops@example.org' };
    const withBudget = synthesizeTemplates('production', { watch, budget }).watch!;
    const { Properties } = findOnlyResource(withBudget, 'AWS::Budgets::Budget');
    const [topic] = Object.keys(findResources(withBudget, 'AWS::SNS::Topic'));
    for (const { Subscribers } of Properties.NotificationsWithSubscribers)
      assert.deepEqual(Subscribers, [{ SubscriptionType: 'SNS', Address: { Ref: topic } }]);
    const { PolicyDocument } = findOnlyResource(withBudget, 'AWS::SNS::TopicPolicy').Properties;
    const publish = PolicyDocument.Statement.find(
      ({ Principal }: Json) => Principal?.Service === 'budgets.amazonaws.com',
    );
    assert.deepEqual([publish.Effect, publish.Action], ['Allow', 'sns:Publish']);
    assert.ok(publish.Condition.StringEquals['aws:SourceAccount']);
  });

  test('for about as much as the pages say: 10 cents a metric of an alarm, 3 dollars a dashboard', () => {
    const metrics = alarms.flatMap(({ Metrics }) =>
      Metrics ? Metrics.filter(({ MetricStat }: Json) => MetricStat) : [1],
    );
    const dollars = Math.round(metrics.length * 0.1 + 3);
    const words = ['', '', '', 'three', 'four', 'five', 'six', 'seven', 'eight'];
    for (const page of [
      'docs/operate/deploy.md',
      'docs/operate/cost.md',
      'docs/operate/upgrade.md',
      'CHANGELOG.md',
    ])
      assert.ok(
        readFileSync(join(root, page), 'utf8').includes(`about ${words[dollars]} dollars`),
        `${page} does not say ${words[dollars]}`,
      );
  });
});

describe('lines that are counted', () => {
  const filters = Object.values(findResources(template, 'AWS::Logs::MetricFilter')).map(
    ({ Properties }) => Properties,
  );
  const groupsOf = (line: string) =>
    filters
      .filter(({ FilterPattern }) => FilterPattern === `{ $.message = "${line}" }`)
      .map(({ LogGroupName }) => JSON.stringify(LogGroupName));

  test('are those of every function that writes them', () => {
    assert.equal(groupsOf('Switch:NotRead').length, 2);
    const usage = groupsOf('Usage:NotSettled').join();
    for (const name of ['executeProcess', 'executeProcessByQuery', 'light', 'vector', 'raster'])
      assert.match(usage, new RegExp(`${name}LogGroup`), name);
  });

  test('become metrics that an alarm looks at, of this deployment alone', () => {
    assert.equal(filters.length, 7);
    for (const { MetricTransformations } of filters) {
      const [{ MetricName, MetricNamespace, Dimensions }] = MetricTransformations;
      assert.deepEqual(Dimensions, [{ Key: 'service', Value: '$.service' }]);
      const alarm = alarms.find((each) => each.MetricName === MetricName);
      assert.equal(alarm?.Namespace, MetricNamespace);
      assert.deepEqual(alarm?.Dimensions, [{ Name: 'service', Value: 'ogc-processes-production' }]);
    }
  });

  test('are written as they are looked for', () => {
    const written = globSync(join(root, 'functions/**/*.ts'))
      .map((file) => readFileSync(file, 'utf8'))
      .join();
    for (const line of Object.values(countedLines)) assert.ok(written.includes(`('${line}', {`), line);
  });
});

describe('the queries of the runbook', () => {
  const pages = ['runbook', 'troubleshooting', 'limits', 'security'].map((page) =>
    readFileSync(join(root, `docs/operate/${page}.md`), 'utf8'),
  );
  const written = globSync(join(root, 'functions/**/*.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join();

  test('look for lines that are written', () => {
    const messages = pages.flatMap((text) => [
      ...[...text.matchAll(/message = "([^"]+)"/g)].map(([, message = '']) => message),
      ...[...text.matchAll(/`([A-Z][A-Za-z]+:[A-Z][A-Za-z]+)`/g)].map(([, message = '']) => message),
    ]);
    assert.ok(messages.length > 15, `${messages.length}`);
    for (const message of messages) assert.ok(written.includes(`'${message}'`), message);
  });
});

describe('the alarm about jobs that wait', () => {
  const alarmOf = (settings: Partial<typeof templates.settings>) =>
    Object.values(
      findResources(
        synthesizeTemplates('production', { watch, ...settings }).watch!,
        'AWS::CloudWatch::Alarm',
      ),
    ).find(({ Properties }) => Properties.AlarmName === 'ogc-processes-production-jobs-waiting')?.Properties;

  test('looks at those that still wait, so that it sees a line that stands still', () => {
    const { MetricName, Statistic, Period, DatapointsToAlarm, EvaluationPeriods, Threshold } = alarmOf({});
    assert.deepEqual(
      [MetricName, Statistic, Period, DatapointsToAlarm, EvaluationPeriods, Threshold],
      ['LongestWaitSeconds', 'Maximum', 300, 3, 4, 300],
    );
  });

  test('looks at those that have ended where there is no line', () => {
    const { MetricName, Statistic, EvaluationPeriods } = alarmOf({ waitingLine: false });
    assert.deepEqual([MetricName, Statistic, EvaluationPeriods], ['JobWaitSeconds', 'Maximum', 3]);
  });
});

test('an emulator without metric math gets the alarms that do without', () => {
  const { watch: local } = synthesizeTemplates('local', {
    watch: { ...settingsFor('local').watch, enabled: true },
  });
  const deployed = Object.values(findResources(local!, 'AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => Properties,
  );
  assert.ok(deployed.every(({ Metrics }) => Metrics === undefined));
  assert.equal(deployed.length, alarms.filter(({ Metrics }) => Metrics === undefined).length);
});

describe('the dashboard', () => {
  test('shows requests, jobs, workers, the workflow and the table, and the latest errors', () => {
    const body = JSON.stringify(
      findOnlyResource(template, 'AWS::CloudWatch::Dashboard').Properties.DashboardBody,
    );
    for (const word of [
      '5XXError',
      'JobsSuccessful',
      'JobWaitSeconds',
      'LongestWaitSeconds',
      'ConcurrentExecutions',
      'ExecutionsFailed',
    ])
      assert.ok(body.includes(word), word);
    assert.match(body, /ConsumedWriteCapacityUnits.*SOURCE/s);
  });
});

describe('log groups', () => {
  for (const name of ['state', 'compute', 'api'] as const) {
    test(`of the ${name} stack all forget, and none has a name that would stand in the way of a new stack`, () => {
      for (const [id, { Properties }] of Object.entries(
        findResources(templates[name], 'AWS::Logs::LogGroup'),
      )) {
        assert.equal(Properties.RetentionInDays, templates.settings.logRetentionDays, id);
        assert.ok(
          Properties.LogGroupName === undefined ||
            JSON.stringify(Properties.LogGroupName).includes('AWS::StackId'),
          id,
        );
      }
    });

    test(`of the ${name} stack and its data go with a first deployment that fails`, () => {
      for (const resource of Object.values(
        templates[name].toJSON().Resources as Record<string, { DeletionPolicy?: string; Type: string }>,
      ))
        if (resource.Type !== 'AWS::IAM::Role' && resource.Type !== 'AWS::ApiGateway::Account')
          assert.notEqual(resource.DeletionPolicy, 'Retain', resource.Type);
    });
  }
});
