import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settingsFor } from '../../infra/config/config.ts';
import { checkDeployment } from '../../scripts/lib/deployment-check.ts';

const settings = settingsFor('production');
const ready = {
  account: '111122223333',
  region: 'eu-west-1',
  concurrentExecutions: 1000,
  stacks: { CDKToolkit: 'CREATE_COMPLETE', 'ogc-processes-production-state': 'UPDATE_ROLLBACK_COMPLETE' },
};

describe('before a deployment', () => {
  test('an account that has been set up has nothing to be told', () => {
    assert.deepEqual(checkDeployment(ready, settings), { problems: [], warnings: [] });
  });

  test('the CDK that is not set up is a problem, with the command', () => {
    const { problems } = checkDeployment({ ...ready, stacks: {} }, settings);
    assert.deepEqual(problems, [
      'The CDK has not been set up here yet: npx cdk bootstrap aws://111122223333/eu-west-1',
    ]);
  });

  test('stacks that cannot be updated are problems', () => {
    const stacks = {
      ...ready.stacks,
      a: 'ROLLBACK_COMPLETE',
      b: 'UPDATE_IN_PROGRESS',
      c: 'UPDATE_ROLLBACK_FAILED',
    };
    const { problems } = checkDeployment({ ...ready, stacks }, settings);
    assert.deepEqual(
      problems.map((problem) => problem.replace(/ is .*/s, '')),
      ['a', 'b', 'c'],
    );
    assert.match(problems[0]!, /aws cloudformation delete-stack --stack-name a$/);
  });

  test('indexes of a later version are a problem, and those of an earlier one are not', () => {
    const found = (indexes: readonly string[]) => checkDeployment({ ...ready, indexes }, settings).problems;
    assert.deepEqual(found(['newest-first']), []);
    assert.match(found(['newest-first', 'later']).join(), /\(later\), which this one would delete/);
  });

  test('more reserved concurrency than AWS gives away is a problem', () => {
    const light = { ...settings.workers.light, reservedConcurrency: 871 };
    const { problems } = checkDeployment(ready, { ...settings, workers: { ...settings.workers, light } });
    assert.match(problems.join(), /reserve 901 .* has 1000, 100 of which cannot be reserved/);
  });

  test('the limits of a new account are warnings that say what to ask for', () => {
    const raster = { ...settings.workers.raster, memory: 6144 };
    const { light, vector } = settingsFor('production', { WORKER_CONCURRENCY: 'off' }).workers;
    const { reservedConcurrency: _, ...unbounded } = raster;
    const large = { ...settings, workers: { light, vector, raster: unbounded } };
    const { problems, warnings } = checkDeployment({ ...ready, concurrentExecutions: 10 }, large);
    assert.deepEqual(problems, []);
    assert.match(warnings[0]!, /may run 10 functions at once.*Service Quotas/s);
    assert.match(warnings[1]!, /6144 MB.*3008 MB/);
    assert.match(warnings[2]!, /the alarm would never be raised; set it to 8$/);
  });
});
