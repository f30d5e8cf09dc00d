import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { taskHour } from '../../core/cost/fargate.ts';
import { fixedPrices, prices, REFERENCE_REGION } from '../../core/cost/prices.ts';
import { largeClass } from '../../core/processes/large-class.ts';
import { costDocument } from '../../scripts/generate/cost.ts';
import { alwaysOnServers, costOfIdleMonth, costOfJobs } from '../../scripts/lib/cost-case.ts';
import { root } from '../../scripts/lib/paths.ts';

describe('the cost of a case', () => {
  test('is in proportion to the jobs, and grows with their time and the size of their worker', () => {
    const cost = (jobs: number, computeClass: 'light' | 'raster', seconds: number) =>
      costOfJobs({ jobs, computeClass, seconds }).total;
    assert.ok(Math.abs(cost(1000, 'raster', 40) / cost(1, 'raster', 40) - 1000) < 1e-6);
    assert.ok(cost(1, 'raster', 40) > cost(1, 'raster', 10));
    assert.ok(cost(1, 'raster', 40) > cost(1, 'light', 40));
    assert.equal(cost(0, 'raster', 40), 0);
  });

  test('is for long jobs that of memory by time', () => {
    const { parts, total } = costOfJobs({ jobs: 1, computeClass: 'raster', seconds: 900 });
    assert.ok(
      Math.abs(parts.gigabyteSeconds - (3008 / 1024) * 900 * prices[REFERENCE_REGION].lambdaGbSecond) /
        total <
        0.05,
    );
    assert.ok(parts.gigabyteSeconds / total > 0.9);
  });

  test('with a task of the large class is more by the task, which takes a minute at least', () => {
    const usual = { jobs: 2, computeClass: 'vector', seconds: 900 } as const;
    const cost = (seconds: number) => costOfJobs({ ...usual, large: { size: largeClass, seconds } });
    const hour = taskHour(largeClass) + fixedPrices.addressHour;
    assert.equal(costOfJobs(usual).tasks, undefined);
    assert.ok(Math.abs((cost(3600).tasks ?? 0) - 2 * hour) < 1e-9);
    assert.equal(cost(1).tasks, cost(60).tasks);
    assert.ok(cost(3600).total > costOfJobs(usual).total + 2 * hour);
  });

  test('an idle month costs less than a tenth of the smallest server that is always on', () => {
    const smallest = Math.min(...alwaysOnServers.map(({ usd }) => usd));
    assert.ok(costOfIdleMonth().total < smallest / 10);
  });

  test('the page for operators is what follows from the table of prices', () => {
    assert.equal(readFileSync(join(root, 'docs/operate/cost.md'), 'utf8'), costDocument());
  });
});

describe('scripts for operators', () => {
  const run = (script: string, ...args: string[]) => {
    const { AWS_REGION: _, AWS_DEFAULT_REGION: __, AWS_PROFILE: ___, ...env } = process.env;
    const nowhere = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
    const path = join(root, 'scripts', script);
    return spawnSync(process.execPath, [path, ...args], { encoding: 'utf8', env: { ...env, ...nowhere } });
  };

  test('tell how they are called, without a stack trace', () => {
    const help = run('cost.ts', '--help');
    assert.equal(help.status, 0);
    assert.match(help.stdout, /^Usage: npm run cost -- /);
    assert.match(run('cost.ts', '--large', '7200').stdout, /Tasks of Fargate +\d/);
    assert.match(run('cost.ts', '--large', '7200', '--parts', '3').stderr, /exclude each other/);
    const wrong = run('cost.ts', '--year', '1');
    assert.equal(wrong.status, 1);
    assert.match(wrong.stderr, /'--year'[\s\S]*Usage: npm run cost -- /);
    assert.doesNotMatch(wrong.stderr, /\n +at /);
  });

  test('ask for the region where none is set, without a stack trace', () => {
    const { status, stderr } = run('status.ts', 'dev');
    assert.equal(status, 1);
    assert.match(stderr, /^\s*Set AWS_REGION to the region of the deployment/);
    assert.doesNotMatch(stderr, /\n +at /);
  });
});
