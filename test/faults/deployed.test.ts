import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { FIXED_SEED } from '../../scripts/lib/seeds.ts';
import { deployedBucket } from '../integration/support/buckets.ts';
import { unlessBroken } from '../integration/support/emulator-bugs.ts';
import {
  deployedMachine,
  findProcesses,
  functionName,
  invoke,
  workerName,
} from '../integration/support/workers.ts';
import { serviceFromEnvironment } from '../support/service-client.ts';
import { makeDice } from './support/fortune.ts';

/*
 * The deployed service while what runs it is taken away: instances killed, executions stopped, events sent twice and late, the
 * same request at once, dismissals at any moment. At the end the bucket has what the jobs say.
 */
const { get, start, execute, remove, waitFor } = serviceFromEnvironment();
const sfn = new SFNClient({});
const s3 = new S3Client({ forcePathStyle: true });
const seed = Number(process.env['FAULTS_SEED'] ?? FIXED_SEED);
const draw = makeDice(seed);
const final = ['successful', 'failed', 'dismissed'];
const EACH = 12;

let faults = 0;
const jobs = new Set<string>();
const numbers = Array.from({ length: EACH }, (_, number) => number);

async function begin(pause: number, headers: Record<string, string> = {}): Promise<string> {
  const jobID = await start('echo', { inputs: { message: 'a', pause } }, headers);
  jobs.add(jobID);
  return jobID;
}

/** Many jobs that run. */
async function running(pause: number): Promise<string[]> {
  const started: string[] = [];
  for (const _ of numbers) started.push(await begin(pause));
  await Promise.all(started.map((jobID) => waitFor(jobID, ['running'], 90)));
  return started;
}

async function allFail(started: readonly string[], detail: RegExp): Promise<void> {
  for (const jobID of started) {
    const { status, exception } = await waitFor(jobID, final, 90);
    assert.equal(status, 'failed');
    assert.match(exception.detail, detail);
  }
}

after(() => {
  console.log(`${faults} faults on the deployed service, seed ${seed}, ${jobs.size} jobs`);
});

describe('a deployed service', { concurrency: 1 }, () => {
  test('whose workers are killed fails their jobs, and takes the next ones', async () => {
    const started = await running(50);
    for (const pid of findProcesses(await workerName('light'))) process.kill(pid, 'SIGKILL');
    faults += EACH;
    await allFail(started, /ended unexpectedly|more memory/);
    await waitFor(await begin(0), ['successful']);
  });

  test('whose executions are stopped fails their jobs', unlessBroken('stoppedExecutions'), async () => {
    const { stateMachineArn } = await deployedMachine();
    const started = await running(50);
    for (const jobID of started) {
      const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${jobID}`;
      await sfn.send(new StopExecutionCommand({ executionArn, error: 'Stopped', cause: 'By the operator' }));
    }
    faults += EACH;
    await allFail(started, /stopped|ended/i);
  });

  test('that hears of an end twice, late and wrongly changes no job that has ended', async () => {
    const reconcile = await functionName('Ends the job of an execution that did not end by itself');
    const ended = await Promise.all(numbers.map(() => begin(0)));
    await Promise.all(ended.map((jobID) => waitFor(jobID, ['successful'])));
    for (const name of ended) {
      const event = { detail: { name, status: draw(2) === 0 ? 'TIMED_OUT' : 'ABORTED' } };
      await Promise.all([invoke(reconcile, event), invoke(reconcile, event)]);
      faults += 2;
    }
    for (const jobID of ended) assert.equal((await get(`/jobs/${jobID}`)).json.status, 'successful');
  });

  test('that is swept by many at once changes no job that runs', async () => {
    const sweep = await functionName(
      'Ends jobs that nothing else has ended, and notifies subscribers that have not been notified',
    );
    const started = await Promise.all(numbers.map(() => begin(2)));
    await Promise.all(numbers.slice(0, 4).map(() => invoke(sweep)));
    faults += 4;
    for (const jobID of started) assert.equal((await waitFor(jobID, final)).status, 'successful');
  });

  test('that gets a request twice at once makes one job of it', async () => {
    for (const number of numbers) {
      const headers = {
        Prefer: 'respond-async',
        'Idempotency-Key': `"faults-${seed}-${number}-${process.pid}"`,
      };
      const send = () => execute('echo', { inputs: { message: 'a' } }, headers);
      const ids = (await Promise.all([send(), send()])).map(({ json }) => json.jobID as string);
      faults++;
      assert.equal(new Set(ids).size, 1);
      jobs.add(ids[0]!);
      assert.equal((await waitFor(ids[0]!, final)).status, 'successful');
    }
  });

  test('whose jobs are dismissed at any moment has them dismissed or removed', async () => {
    await Promise.all(
      numbers.map(async () => {
        const wait = draw(1500);
        const jobID = await begin(1);
        await sleep(wait);
        const { status, text } = await remove(`/jobs/${jobID}`);
        faults++;
        assert.equal(status, 200, text);
        const answer = await get(`/jobs/${jobID}`);
        assert.ok(
          answer.status === 410 || answer.status === 404 || answer.json.status === 'dismissed',
          answer.text,
        );
      }),
    );
  });

  test('has of each job what it says of it, and nothing of any other', async () => {
    const Bucket = await deployedBucket(s3);
    for (const jobID of jobs) {
      const { status, json } = await get(`/jobs/${jobID}`);
      const state = status === 200 ? (json.status as string) : 'removed';
      assert.ok([...final, 'removed'].includes(state), `${jobID} is ${state}`);
      const kept =
        {
          successful: ['request.json', 'results.json'],
          failed: ['request.json'],
        }[state] ?? [];
      const left = async () => {
        const { Contents = [] } = await s3.send(
          new ListObjectsV2Command({ Bucket, Prefix: `jobs/${jobID}/` }),
        );
        return Contents.map(({ Key = '' }) => Key.split('/').slice(2).join('/')).filter(
          (name) => name !== 'log.json',
        );
      };
      // A worker that was dismissed tidies up when it next looks.
      for (let attempt = 0; attempt < 20 && (await left()).length > kept.length; attempt++) await sleep(500);
      assert.deepEqual((await left()).sort(), kept, `${jobID} is ${state}`);
      if (state === 'successful') assert.equal((await get(`/jobs/${jobID}/results`)).json.message, 'a');
    }
    assert.ok(jobs.size > 5 * EACH && faults > 5 * EACH);
  });
});
