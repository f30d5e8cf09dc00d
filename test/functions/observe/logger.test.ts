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

test('owners are told apart by a hash that can be computed from the owner', () => {
  // printf %s anonymous | sha256sum
  assert.equal(hashOwner('anonymous'), '2f183a4e6449');
});
