import assert from 'node:assert/strict';
import { after, before, describe, mock, test } from 'node:test';
import { environmentOf, eventOf, type Request } from '../../bench/api/functions.ts';
import { StandIn, type Tally } from '../../bench/stand-in/stand-in.ts';
import { anonymous } from '../../core/api/authorization.ts';
import { operations } from '../../core/api/operations.ts';
import { countedJob, countedSync, plainJob } from '../../core/cost/job-usage.ts';
import type { Ports } from '../../core/ports.ts';

/*
 * What each operation asks of AWS, counted where the clients send it: a call more than here costs every user of the service
 * time and money. Numbers only fall.
 */
const standIn = new StandIn();
const silenced: (() => void)[] = [];
let ports: Ports;
let closeThread: () => Promise<void>;

before(async () => {
  const endpoint = await standIn.start();
  const all = Object.values(operations).flatMap(({ capabilities }) => capabilities);
  Object.assign(process.env, environmentOf(all, endpoint));
  for (const name of ['info', 'log', 'error'] as const) {
    const original = console[name];
    console[name] = () => undefined;
    silenced.push(() => Object.assign(console, { [name]: original }));
  }
  // Clients are made of the environment when their modules are loaded.
  ports = (await import('../../functions/aws/ports.ts')).awsPorts();
  ({ closeThread } = await import('../../functions/in-request/run-light.ts'));
});

after(async () => {
  for (const restore of silenced) restore();
  await closeThread();
  await standIn.stop();
});

interface Asked {
  readonly status: number;
  readonly json: { readonly jobID: string; readonly status: string; readonly jobs: readonly object[] };
  readonly tally: Tally;
}

/** Asks the function of an operation twice: what is read once in the life of a function is not what a request costs. */
async function ask(request: Request): Promise<Asked> {
  const { handler } = await import(`../../functions/api/${operations[request.operation].file}.ts`);
  const event = () => JSON.parse(eventOf(request));
  await handler(event(), {});
  standIn.take();
  const { statusCode, body, isBase64Encoded } = JSON.parse(JSON.stringify(await handler(event(), {})));
  const text = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').toString();
  const { calls, units } = standIn.take();
  // The switch is read again when it has been known for some seconds.
  const { 'ssm:GetParameter': _, ...counted } = calls;
  return { status: statusCode, json: JSON.parse(text) as Asked['json'], tally: { calls: counted, units } };
}

/** Runs a job as its worker does. */
async function runJob(jobID: string): Promise<Tally> {
  const { work } = await import('../../functions/worker/worker.ts');
  const { runs } = await import('../../functions/worker/runs/light.ts');
  const { processes } = await import('../../processes/index.ts');
  standIn.take();
  await work({ processes, runs, ports }, { kind: 'job', jobID }, () => 60_000);
  return standIn.take();
}

const echo = {
  operation: 'executeProcess',
  parameters: { processID: 'echo' },
  body: { inputs: { message: 'a' } },
} as const;
const nothing = { calls: {}, units: { read: 0, write: 0 } };

describe('what an operation asks of AWS', () => {
  const reads: readonly Request[] = [
    { operation: 'getLandingPage' },
    { operation: 'getConformance' },
    { operation: 'getApi' },
    { operation: 'listProcesses' },
    { operation: 'describeProcess', parameters: { processID: 'echo' } },
  ];
  for (const request of reads)
    test(`${request.operation}: nothing`, async () => {
      const { status, tally } = await ask(request);
      assert.deepEqual([status, tally], [200, nothing]);
    });

  test('a small synchronous execution: nothing', async () => {
    const { status, tally } = await ask(echo);
    assert.deepEqual([status, tally], [200, nothing]);
  });

  test('an asynchronous execution: whether others wait, its record, its request, its start; then two changes of the record', async () => {
    const { status, json, tally } = await ask({ ...echo, headers: { Prefer: 'respond-async' } });
    assert.equal(status, 201);
    // The query asks whether jobs wait in the line of its class, of which it would be the last.
    assert.deepEqual(tally.calls, {
      'dynamodb:Query': 1,
      'dynamodb:PutItem': 1,
      's3:PutObject': 1,
      'states:StartExecution': 1,
    });
    assert.equal(tally.units.read, 0.5);
    const { calls, units } = await runJob(json.jobID);
    assert.deepEqual(calls, { 'dynamodb:UpdateItem': 2, 's3:GetObject': 1, 's3:PutObject': 1 });
    assert.equal(tally.units.write + units.write, plainJob.writeUnits);

    const polled = await ask({ operation: 'getJob', parameters: { jobID: json.jobID } });
    assert.deepEqual(polled.json.status, 'successful');
    assert.deepEqual(polled.tally, { calls: { 'dynamodb:GetItem': 1 }, units: { read: 1, write: 0 } });
    const results = await ask({ operation: 'getJobResults', parameters: { jobID: json.jobID } });
    assert.deepEqual(results.json, { message: 'a', pause: 0 });
    assert.deepEqual(results.tally.calls, { 'dynamodb:GetItem': 1, 's3:GetObject': 1 });
  });

  describe('with quotas, as by default', () => {
    const quotas = { runningJobs: 1000, executionsPerDay: 1e6, gbSecondsPerDay: 1e9 };
    before(() => Object.assign(ports.settings, { quotas }));
    after(() => Object.assign(ports.settings, { quotas: {} }));

    test('a small synchronous execution: one write of what it has used', async () => {
      const { status, tally } = await ask(echo);
      assert.equal(status, 200);
      assert.deepEqual(tally, {
        calls: { 'dynamodb:PutItem': countedSync.usageWrites },
        units: { read: 0, write: countedSync.writeUnits },
      });
    });

    test('an asynchronous execution: what its owner has used, and the entry of it, which its worker settles', async () => {
      const { status, json, tally } = await ask({ ...echo, headers: { Prefer: 'respond-async' } });
      assert.equal(status, 201);
      assert.deepEqual(tally.calls, {
        'dynamodb:Query': 1 + 2,
        'dynamodb:UpdateItem': 1,
        'dynamodb:PutItem': 1 + 1,
        's3:PutObject': 1,
        'states:StartExecution': 1,
      });
      assert.equal(tally.units.read, 0.5 + countedJob.readUnits);
      const { calls, units } = await runJob(json.jobID);
      assert.deepEqual(calls, { 'dynamodb:UpdateItem': 2 + 1, 's3:GetObject': 1, 's3:PutObject': 1 });
      assert.equal(tally.units.write + units.write, plainJob.writeUnits + countedJob.writeUnits);
    });
  });

  test('the list of jobs: one query of each partition, however many jobs there are', async () => {
    const counts: Record<number, Tally> = {};
    let stored = 0;
    // After a look into the partitions of the version before there is none for ten seconds.
    await ask({ operation: 'listJobs' });
    mock.timers.enable({ apis: ['Date'], now: Date.now() });
    for (const wanted of [10, 500]) {
      for (; stored < wanted; stored++) await makeJob(stored);
      const { status, json, tally } = await ask({ operation: 'listJobs' });
      assert.deepEqual([status, json.jobs.length], [200, 10]);
      counts[wanted] = tally;
    }
    assert.deepEqual(counts[500]?.calls, counts[10]?.calls);
    mock.timers.reset();
    assert.deepEqual(counts[500], { calls: { 'dynamodb:Query': 2 }, units: { read: 2, write: 0 } });
  });
});

const makeJob = (number: number): Promise<void> =>
  ports.jobs.create({
    jobID: `job-${number}`,
    owner: anonymous.owner,
    processID: 'echo',
    status: 'accepted',
    created: new Date(1_700_000_000_000 + number).toISOString(),
    updated: new Date(1_700_000_000_000 + number).toISOString(),
    message: 'Accepted',
    request: {
      processID: 'echo',
      dialect: '2.0',
      outputs: [],
      outputsNamed: false,
      response: 'raw',
    },
    baseUrl: 'https://example.org/v1',
    expires: 4_000_000_000,
  });
