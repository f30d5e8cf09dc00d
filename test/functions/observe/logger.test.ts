import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { hashOwner } from '../../../functions/observe/owner-hash.ts';

/** Runs lines in a process of their own, as Lambda does: there the Logger writes to the standard output. */
function run(script: string): Record<string, unknown>[] {
  const modules = new URL('../../../functions/observe/', import.meta.url).href;
  const { POWERTOOLS_DEV: _, ...env } = process.env;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', script.replaceAll('@/', modules)],
    { encoding: 'utf8', env: { ...env, AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand' } },
  );
  return `${stdout}${stderr}`
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('a line is one JSON document with the request, the cold start and the causes of an error, without secrets', () => {
  const [first, second] = run(`
    import { logger } from '@/logger.ts';
    const context = { awsRequestId: 'r-1', functionName: 'f', memoryLimitInMB: '512', invokedFunctionArn: 'arn' };
    logger.setContext(context);
    logger.info('Job:Told', { jobID: 'j' });
    logger.setContext(context);
    const cause = new Error('403 for https://b/k?X-Amz-Signature=abc');
    logger.error('Job:Failed', { jobID: 'j', error: new Error('cannot read', { cause }) });
  `);
  assert.equal(first?.['message'], 'Job:Told');
  assert.equal(first['jobID'], 'j');
  assert.equal(first['level'], 'INFO');
  assert.equal(first['function_request_id'], 'r-1');
  assert.deepEqual([first['cold_start'], second?.['cold_start']], [true, false]);
  assert.equal(second?.['error'], 'Error: cannot read');
  assert.match(String(second['stack']), /Error: cannot read\n/);
  assert.equal(
    (second['cause'] as { error: string }).error,
    'Error: 403 for https://b/k?X-Amz-Signature=***',
  );
});

test('a line has no secrets and nothing that is empty, whether its members are texts or more', () => {
  const lines = run(`
    import { logger } from '@/logger.ts';
    process.env._X_AMZN_TRACE_ID = 'Root=1-a-b;Parent=c;Sampled=1';
    const members = { url: 'https://b/k?sig=abc', password: 'p', none: undefined, empty: '', zero: 0, no: false };
    logger.info('A:Flat', members);
    logger.warn('A:Deep', { ...members, deep: { url: 'https://b/k?sig=abc', count: 1n }, error: 'text' });
  `);
  const told = { url: 'https://b/k?sig=***', password: '***', zero: 0, no: false };
  for (const [index, { timestamp, ...line }] of lines.entries()) {
    assert.match(String(timestamp), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    const more = { deep: { url: 'https://b/k?sig=***', count: '1' }, error: 'text' };
    assert.deepEqual(line, {
      level: index === 0 ? 'INFO' : 'WARN',
      message: index === 0 ? 'A:Flat' : 'A:Deep',
      service: 'ogc-processes',
      sampling_rate: 0,
      xray_trace_id: '1-a-b',
      ...told,
      ...(index === 0 ? {} : more),
    });
  }
  assert.equal(lines.length, 2);
});

test('lines below the level that is set are not written', () => {
  const [line] = run(`
    process.env.POWERTOOLS_LOG_LEVEL = 'WARN';
    const { logger } = await import('@/logger.ts');
    logger.info('A:Info');
    logger.warn('A:Warn');
  `);
  assert.equal(line?.['message'], 'A:Warn');
});

test('the end of a job is metrics in the embedded format of CloudWatch', () => {
  const times = {
    created: '2026-01-01T00:00:00Z',
    started: '2026-01-01T00:00:02Z',
    finished: '2026-01-01T00:00:07Z',
  };
  const [line] = run(`
    process.env.POWERTOOLS_METRICS_DISABLED = 'false';
    process.env.POWERTOOLS_SERVICE_NAME = 'ogc-processes-test';
    const { meterEnd } = await import('@/job-metrics.ts');
    meterEnd({ status: 'failed', ...${JSON.stringify(times)} }, true);
    meterEnd({ status: 'running', ...${JSON.stringify(times)} });
  `);
  const { _aws, ...values } = line as {
    _aws: { CloudWatchMetrics: { Namespace: string; Dimensions: string[][] }[] };
  };
  assert.deepEqual(values, {
    service: 'ogc-processes-test',
    JobsFailed: 1,
    JobsEndedForTheirWorker: 1,
    JobWaitSeconds: 2,
    JobSeconds: 5,
  });
  assert.equal(_aws.CloudWatchMetrics[0]?.Namespace, 'OgcApiProcesses');
  assert.deepEqual(_aws.CloudWatchMetrics[0].Dimensions, [['service']]);
});

test('how long jobs wait is a metric while none of them ends', () => {
  const lines = run(`
    process.env.POWERTOOLS_METRICS_DISABLED = 'false';
    const { meterLongestWait } = await import('@/job-metrics.ts');
    meterLongestWait(0);
    meterLongestWait(301.5);
  `);
  assert.deepEqual(
    lines.map(({ LongestWaitSeconds }) => LongestWaitSeconds),
    [301.5],
    'where none waits nothing is written: a metric costs by the hour',
  );
});

test('owners are told apart by a hash that can be computed from the owner', () => {
  // printf %s anonymous | sha256sum
  assert.equal(hashOwner('anonymous'), '2f183a4e6449');
});
