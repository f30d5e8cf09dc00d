import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { largeClass } from '../../core/processes/large-class.ts';
import { serviceFromEnvironment } from '../support/service-client.ts';
import { unlessBroken } from './support/emulator-bugs.ts';
import { LargeClassOnEmulator, statesOf } from './support/large-class.ts';
import { withConfiguration, workerName } from './support/workers.ts';

/**
 * Jobs that are too large for their worker. The emulator has no Fargate: where the state machine would run a task, an activity
 * stands, and what the task would run is run here, with the command, the variables and the override that are deployed.
 */
const { get, remove, start, waitFor } = serviceFromEnvironment();
const worker = await workerName('light');
const variables = { LARGE_CLASS: JSON.stringify(largeClass) };
const ended = ['successful', 'failed', 'dismissed'];

const tasks = new LargeClassOnEmulator();
before(() => tasks.prepare());
after(() => tasks.close());

/** A grid of so many cells; the class takes 20 000, the large one ten times as many. */
const crs = 'http://www.opengis.net/def/crs/EPSG/0/28992';
const grid = (columns: number, rows: number) => ({
  inputs: {
    extent: { bbox: [133_000, 453_000, 133_000 + columns, 453_000 + rows], crs },
    cellSize: 1,
    crs,
  },
});

describe('a job that is too large for its worker', { concurrency: 1 }, () => {
  test('goes on as a task and succeeds; one that is not takes the way that it took', async () => {
    await withConfiguration(worker, { variables }, () =>
      tasks.use(async () => {
        const [small, large, beyond] = [
          await start('create-grid', grid(10, 10)),
          await start('create-grid', grid(210, 100)),
          await start('create-grid', grid(2100, 100)),
        ];
        assert.equal((await waitFor(small, ended)).status, 'successful');
        assert.deepEqual(await statesOf(small), ['Route', 'RunLight']);

        const job = await waitFor(large, ended, 120);
        assert.deepEqual([job.status, job.progress], ['successful', 100], JSON.stringify(job));
        assert.deepEqual(await statesOf(large), ['Route', 'RunLight', 'RunLarge']);
        const answer = await get(`/jobs/${large}/results/result`);
        const { features } = (await get(answer.headers.get('location')!)).json;
        assert.equal(features.length, 21_000);

        const refused = await waitFor(beyond, ended, 120);
        assert.deepEqual(
          [refused.status, refused.exception?.status],
          ['failed', 413],
          JSON.stringify(refused),
        );
        assert.match(refused.exception.detail, /up to 200000/);
      }),
    );
    assert.deepEqual(tasks.codes(), [0, 0]);
  });

  test('that has run out of time is dismissed in the task, which stops; or fails where the operator stops the task', async () => {
    await withConfiguration(worker, { variables, Timeout: 5 }, () =>
      tasks.use(async () => {
        const body = { inputs: { message: 'a', pause: 60 } };
        const [dismissed, stopped] = [await start('echo', body), await start('echo', body)];
        for (const jobID of [dismissed, stopped]) await tasks.runs(jobID, get);
        assert.equal((await remove(`/jobs/${dismissed}`)).status, 200);
        assert.equal(await tasks.codeOf(dismissed), 0);
        assert.equal((await waitFor(dismissed, ended)).status, 'dismissed');

        tasks.signal(stopped, 'SIGTERM');
        assert.equal(await tasks.codeOf(stopped), 0);
        const failed = await waitFor(stopped, ended);
        assert.match(failed.exception?.detail ?? JSON.stringify(failed), /stopped by the operator/);
      }),
    );
  });

  test('fails when its task ends without a word', unlessBroken('taskFailed'), async () => {
    await withConfiguration(worker, { variables, Timeout: 5 }, () =>
      tasks.use(async () => {
        const killed = await start('echo', { inputs: { message: 'a', pause: 60 } });
        await tasks.runs(killed, get);
        tasks.signal(killed, 'SIGKILL');
        const lost = await waitFor(killed, ended, 60);
        assert.deepEqual([lost.status, lost.exception?.status], ['failed', 500], JSON.stringify(lost));
        assert.ok((await statesOf(killed)).includes('FailJob'));
      }),
    );
  });
});
