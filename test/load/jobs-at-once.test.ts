import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Job } from '../../core/jobs/job.ts';
import { systemClock } from '../../functions/aws/clock.ts';
import { JobTable } from '../../functions/aws/job-table.ts';
import { ApiKeys } from '../authorization/support/api-keys.ts';
import { fromEnvironment } from '../authorization/support/deployed.ts';
import { deployedTable } from '../integration/support/tables.ts';
import type { Headers } from '../support/credentials.ts';
import { serviceFromEnvironment } from '../support/service-client.ts';
import { type OwnerLoad, recordLoad } from './support/recorded-load.ts';

/*
 * More jobs at once than may run, from several owners over HTTP, of two classes. Clients are refused while their owner has as many waiting
 * as may wait, and try again when they are told to. The emulator bounds no workers of the workflow: it is the quota of running jobs
 * that holds jobs back.
 */
const JOBS = Number(process.env['LOAD_JOBS'] ?? 1000);
/** All must have ended after so many seconds: ten thousand within the hour. */
const SECONDS = 3600;
/** Who sends half of all jobs, and those who share the other half; `scripts/test-load.ts` deploys a key of each. */
const FLOOD = 'flood';
const others = fromEnvironment('LOAD_OTHERS').split(',');
/** Jobs of an owner that may run at the same time. */
const RUNNING = Number(fromEnvironment('LOAD_RUNNING'));
/** Clients of an owner that send at the same time. */
const SENDERS = { [FLOOD]: 6 } as Readonly<Record<string, number>>;
const USUAL_SENDERS = 2;
/** Every so many jobs one is for the workers of vectors. */
const VECTOR = 5;
/** The share of an owner's jobs by whose number one may be overtaken by later ones: several tickets let in at once. */
const OVERTAKEN = 0.05;

const point = { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [5, 52] } };
const requests = {
  light: ['echo', { inputs: { message: 'a' } }],
  vector: ['buffer', { inputs: { features: point, distance: 10 } }],
} as const;

const service = serviceFromEnvironment();
const keys = new ApiKeys(fromEnvironment('AWS_ENDPOINT_URL'));
const dynamo = new DynamoDBClient({});
const table = new JobTable(dynamo, await deployedTable(dynamo), systemClock);
after(() => dynamo.destroy());

interface Sent {
  readonly owner: string;
  readonly jobID: string;
}

/** What clients have seen. */
const seen = { refused: 0, unavailable: 0 };

/** Sends a job until it is taken, and waits as long as the service says where it is not. */
async function send(place: number, headers: Headers): Promise<string> {
  const [processID, body] = requests[place % VECTOR === 0 ? 'vector' : 'light'];
  for (;;) {
    const answer = await service.execute(processID, body, { ...headers, Prefer: 'respond-async' });
    const { status, json, text } = answer;
    if (status === 201) return json.jobID as string;
    assert.ok(status === 429 || status === 503, `${status}: ${text}`);
    seen[status === 429 ? 'refused' : 'unavailable']++;
    const wait = Number(answer.headers.get('Retry-After'));
    assert.ok(wait >= 1, `${status} without Retry-After: ${text}`);
    // Those who were refused at the same time do not come back at the same time.
    await sleep(wait * 1000 * (1 + Math.random() / 4));
  }
}

/** Sends jobs of an owner, by several clients at once. */
async function sendAll(owner: string, count: number): Promise<Sent[]> {
  const headers = { 'X-Api-Key': (await keys.named(owner)).value };
  const places = Array.from({ length: count }, (_, place) => place).values();
  const sent: Sent[] = [];
  const client = async () => {
    for (const place of places) sent.push({ owner, jobID: await send(place, headers) });
  };
  await Promise.all(Array.from({ length: SENDERS[owner] ?? USUAL_SENDERS }, client));
  return sent;
}

/** The records of jobs when all have ended. */
async function untilEnded(sent: readonly Sent[], end: number): Promise<Required<Job>[]> {
  const ended = new Map<string, Required<Job>>();
  for (; ended.size < sent.length; await sleep(2000)) {
    const open = sent.filter(({ jobID }) => !ended.has(jobID));
    assert.ok(Date.now() < end, `${open.length} of ${sent.length} jobs have not ended`);
    for (let from = 0; from < open.length; from += 20) {
      const some = await Promise.all(open.slice(from, from + 20).map(({ jobID }) => table.get(jobID)));
      for (const job of some)
        if (typeof job === 'object' && job.finished !== undefined) ended.set(job.jobID, job as Required<Job>);
    }
  }
  return sent.map(({ jobID }) => ended.get(jobID)!);
}

/** How many jobs an owner's list has, page by page, and how long its first page took. */
async function countListed(owner: string): Promise<{ count: number; milliseconds: number }> {
  const headers = { 'X-Api-Key': (await keys.named(owner)).value };
  let count = 0;
  let milliseconds = 0;
  for (let path: string | undefined = '/jobs?limit=1000'; path !== undefined; ) {
    const started = performance.now();
    const { status, json, text } = await service.get(path, headers);
    if (count === 0) milliseconds = performance.now() - started;
    assert.equal(status, 200, text);
    count += json.jobs.length;
    const next = json.links.find(({ rel }: { rel: string }) => rel === 'next')?.href as string | undefined;
    path = next?.slice(next.indexOf('/jobs?'));
  }
  return { count, milliseconds };
}

/** Most jobs that ran at the same time. */
function countTogether(jobs: readonly Required<Job>[]): number {
  const changes = jobs
    .flatMap(({ started, finished }) => [[started, 1] as const, [finished, -1] as const])
    .toSorted(([one, up], [other, down]) => (one === other ? up - down : one < other ? -1 : 1));
  let running = 0;
  return Math.max(...changes.map(([, change]) => (running += change)));
}

const seconds = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 1000;
const latest = (times: readonly string[]) => times.toSorted().at(-1) ?? '';

/** By how many places a job was overtaken at most, by later ones of its owner and class. */
function mostOvertaken(jobs: readonly Required<Job>[]): number {
  const byStart = jobs.toSorted((one, other) => (one.started < other.started ? -1 : 1));
  const place = new Map(byStart.map(({ jobID }, index) => [jobID, index]));
  const inOrder = jobs.toSorted((one, other) => (one.created < other.created ? -1 : 1));
  return Math.max(...inOrder.map(({ jobID }, index) => (place.get(jobID) ?? 0) - index));
}

test(`${JOBS} jobs over HTTP: none is lost, all succeed, nearly in the order of each owner, and who floods does not hold up others`, async (t) => {
  const began = Date.now();
  const flood = Math.floor(JOBS / 2);
  const each = Math.floor((JOBS - flood) / others.length);
  const sending = [sendAll(FLOOD, flood)];
  // Who floods is there before anybody else.
  await sleep(3000);
  for (const owner of others) sending.push(sendAll(owner, each));
  const sent = (await Promise.all(sending)).flat();
  const sendingSeconds = Math.round((Date.now() - began) / 1000);
  t.diagnostic(
    `${sent.length} jobs sent in ${sendingSeconds} s; ${seen.refused} times 429, ${seen.unavailable} times 503, both with Retry-After`,
  );
  const jobs = await untilEnded(sent, began + SECONDS * 1000);
  const failed = jobs.filter(({ status }) => status !== 'successful');
  assert.deepEqual(failed, []);
  const first = jobs.map(({ created }) => created).toSorted()[0] ?? '';
  const end = (some: readonly Required<Job>[]) =>
    seconds(first, latest(some.map(({ finished }) => finished)));
  const waitsOf: Record<string, OwnerLoad> = {};
  t.diagnostic(`all have ended after ${end(jobs).toFixed(0)} s`);
  for (const owner of [FLOOD, ...others]) {
    const own = jobs.filter((_, index) => sent[index]?.owner === owner);
    const listed = await countListed(owner);
    assert.equal(listed.count, own.length);
    const waits = own.map(({ created, started }) => seconds(created, started)).toSorted((a, b) => a - b);
    const overtaken = ['echo', 'buffer'].map((processID) =>
      mostOvertaken(own.filter((job) => job.processID === processID)),
    );
    const of: OwnerLoad = {
      jobs: own.length,
      medianWait: waits[Math.floor(waits.length / 2)] ?? 0,
      longestWait: waits.at(-1) ?? 0,
      ended: end(own),
      together: countTogether(own),
      overtaken: Math.max(...overtaken),
    };
    waitsOf[owner] = of;
    t.diagnostic(`${owner}: ${JSON.stringify(of)}; list of 1000 jobs ${listed.milliseconds.toFixed(0)} ms`);
    assert.ok(of.overtaken <= Math.max(2 * RUNNING, OVERTAKEN * own.length));
  }
  const ofFlood = jobs.filter((_, index) => sent[index]?.owner === FLOOD);
  const ofOthers = jobs.filter((_, index) => sent[index]?.owner !== FLOOD);
  const lastOfOthers = latest(ofOthers.map(({ started }) => started));
  const later = ofFlood.filter(({ started }) => started > lastOfOthers).length;
  t.diagnostic(`${later} of ${flood} jobs of who floods began after the last of all others`);
  assert.ok(later > flood / 4);
  if (process.env['LOAD_RECORD'])
    recordLoad(JOBS, {
      on: new Date().toISOString().slice(0, 10),
      running: RUNNING,
      sendingSeconds,
      ...seen,
      ended: end(jobs),
      later,
      owners: waitsOf,
    });
});
