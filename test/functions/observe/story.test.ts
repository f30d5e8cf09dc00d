import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, mock, test } from 'node:test';
import type { Context } from 'aws-lambda';
import { computeClasses } from '../../../core/processes/declaration.ts';
import { SwitchParameter } from '../../../functions/aws/execution-switch.ts';
import { admitJobStep } from '../../../functions/events/admit-job.ts';
import { reconcileExecutionStep } from '../../../functions/events/reconcile-execution.ts';
import { sweepJobsStep } from '../../../functions/events/sweep-jobs.ts';
import { hashOwner } from '../../../functions/observe/owner-hash.ts';
import { failJobStep } from '../../../functions/tasks/fail-job.ts';
import { notifySubscriberStep } from '../../../functions/tasks/notify-subscriber.ts';
import { waitForTurnStep } from '../../../functions/tasks/wait-for-turn.ts';
import { findQueries, parseQuery } from '../../support/insights-query.ts';
import { type MemoryService, memoryService } from '../../support/memory-service.ts';

type Line = Readonly<Record<string, unknown>>;

/** Everything that was logged since the test began, as an operator finds it, and since the first of them. */
const lines: Line[] = [];
const allLines: Line[] = [];
before(() => {
  for (const level of ['info', 'warn', 'error'] as const)
    mock.method(console, level, (text: string) => {
      const line = JSON.parse(text) as Line;
      lines.push(line);
      allLines.push(line);
    });
});
beforeEach(() => {
  lines.length = 0;
});
after(() => mock.restoreAll());

/** `filter jobID = "..."` of the runbook. */
const storyOf = (jobID: string): Line[] => lines.filter((line) => line['jobID'] === jobID);
/** A story in short: its messages, with the operation or the step that tells them. */
const tellers = (jobID: string): string[] =>
  storyOf(jobID).map(({ message, operationId, step }) =>
    [message, operationId ?? step].filter((word) => word !== undefined).join(' '),
  );

let invocations = 0;
const invocation = (): Context =>
  ({ awsRequestId: `invocation-${invocations++}`, getRemainingTimeInMillis: () => 60_000 }) as Context;

/** A service whose workflow does not run by itself: the test takes its steps. */
function stoppedService(): MemoryService & { readonly begin: (inputs?: object) => Promise<string> } {
  const service = memoryService({ runJob: async () => undefined });
  const begin = async (more: object = {}) => {
    const { json, status } = await service.execute(
      'echo',
      { inputs: { message: 'a' }, ...more },
      { Prefer: 'respond-async' },
    );
    assert.equal(status, 201);
    return String(json.jobID);
  };
  return { ...service, begin };
}

/** What the line says that ends a step, or a task of a worker: who asked for what, in which invocation, how long it took. */
function assertWide(line: Line | undefined, more: Line = {}): void {
  assert.ok(line, 'There is no such line');
  const { owner, processID, milliseconds, jobID } = line;
  assert.deepEqual([owner, processID], [hashOwner('anonymous'), 'echo'], JSON.stringify(line));
  assert.ok(Number.isInteger(milliseconds) && jobID);
  for (const [name, value] of Object.entries(more)) assert.deepEqual(line[name], value, name);
}

describe('all lines of a job tell its story', () => {
  const subscriber = {
    successUri: 'https://subscriber.example.org/success',
    failedUri: 'https://subscriber.example.org/failed',
  };

  test('of one that succeeds: its request, its worker, and that its subscriber was told', async () => {
    const service = memoryService();
    const { json } = await service.execute(
      'echo',
      { inputs: { message: 'a' }, subscriber },
      { Prefer: 'respond-async' },
    );
    await service.ports.workflow.settled();
    await notifySubscriberStep(() => service.ports)({ jobID: json.jobID }, invocation());
    const story = storyOf(json.jobID);
    assert.deepEqual(
      story.map(({ message }) => message).filter((message) => message !== 'Process:Log'),
      ['Request:Done', 'Task:Done', 'Callback:Delivered', 'Step:Done'],
    );
    for (const message of ['Request:Done', 'Task:Done'])
      assertWide(story.find((line) => line['message'] === message));
    const told = story.find(({ message }) => message === 'Callback:Delivered');
    assert.deepEqual(
      [told?.['event'], told?.['status'], told?.['owner']],
      ['successUri', 204, hashOwner('anonymous')],
    );
    const step = story.at(-1);
    assert.equal(step?.['step'], 'NotifySubscriber');
    assert.match(String(step['function_request_id']), /^invocation-/);
    assert.equal(typeof step['cold_start'], 'boolean');
  });

  test('of one whose worker crashes: why, by the process and the owner that it is counted by', async () => {
    const { ports, begin } = stoppedService();
    const jobID = await begin({ subscriber });
    const error = { Error: 'Runtime.ExitError', Cause: 'signal: killed' };
    await failJobStep(() => ports)({ jobID, error }, invocation());
    await notifySubscriberStep(() => ports)({ jobID }, invocation());
    assert.deepEqual(tellers(jobID), [
      'Request:Done executeProcess',
      'Job:Failed FailJob',
      'Step:Done FailJob',
      'Callback:Delivered NotifySubscriber',
      'Step:Done NotifySubscriber',
    ]);
    const [, failed, step] = storyOf(jobID);
    assert.deepEqual(
      [failed?.['processID'], failed?.['owner'], failed?.['reason'], failed?.['error'], failed?.['level']],
      ['echo', hashOwner('anonymous'), 'memory', 'Runtime.ExitError', 'ERROR'],
    );
    assert.deepEqual([step?.['failed'], step?.['goesOn']], [true, false]);
    assert.ok(Number.isInteger(step?.['milliseconds']));
  });

  test('of one that an event ends', async () => {
    const { ports, begin } = stoppedService();
    const jobID = await begin();
    const detail = { name: jobID, status: 'ABORTED', cause: 'by hand' };
    await reconcileExecutionStep(() => ports)({ detail }, invocation());
    assert.deepEqual(tellers(jobID).slice(1), [
      'Job:Failed ReconcileExecution',
      'Step:Done ReconcileExecution',
    ]);
    const [, failed, step] = storyOf(jobID);
    assert.deepEqual([failed?.['reason'], failed?.['cause']], ['aborted', 'by hand']);
    assert.deepEqual([step?.['status'], step?.['failed']], ['ABORTED', true]);
  });

  test('of one that waits: that it entered the line, which ticket let it in, and that it was told of it', async () => {
    const { ports, begin } = stoppedService();
    const jobID = await begin();
    const computeClass = computeClasses[0];
    await waitForTurnStep(() => ports)({ jobID, computeClass, token: 'token' }, invocation());
    ports.workflow.tokens.add('token');
    const ticket = JSON.stringify({ computeClass, owner: 'anonymous', jobID });
    const admission = admitJobStep(() => ports)({ Records: [{ body: ticket }] }, invocation());
    // The job begins as soon as it may.
    while (ports.workflow.wentOn.length === 0) await new Promise(setImmediate);
    await ports.jobs.change(jobID, { to: 'running', at: ports.clock.now().toISOString() });
    await admission;
    assert.deepEqual(tellers(jobID).slice(1), [
      'Step:Done WaitForTurn',
      'Line:Admitted AdmitJob',
      'Step:Done AdmitJob',
    ]);
    const [, entered, admitted, step] = storyOf(jobID);
    assertWide(entered, { computeClass });
    assert.deepEqual([admitted?.['ticket'], admitted?.['processID']], [jobID, 'echo']);
    assert.deepEqual([step?.['admission'], step?.['owner']], ['admitted', hashOwner('anonymous')]);
  });

  test('of one that the sweep ends, or looks at and leaves', async () => {
    const { ports, begin } = stoppedService();
    const lost = await begin({ subscriber });
    const running = await begin();
    ports.workflow.states.set(lost, { status: 'FAILED', error: 'States.Runtime' });
    ports.workflow.states.set(running, { status: 'RUNNING' });
    ports.clock.advance(6 * 60);
    await sweepJobsStep(() => ports)({}, invocation());
    assert.deepEqual(tellers(lost).slice(1), [
      'Job:Failed SweepJobs',
      'Callback:Delivered SweepJobs',
      'Sweep:Job SweepJobs',
    ]);
    assert.deepEqual(tellers(running).slice(1), ['Sweep:Job SweepJobs']);
    assert.deepEqual(
      [storyOf(lost).at(-1)?.['found'], storyOf(running).at(-1)?.['found']],
      ['failed', 'goes-on'],
    );
    const [failed] = storyOf(lost).filter(({ message }) => message === 'Job:Failed');
    assert.deepEqual([failed?.['processID'], failed?.['reason']], ['echo', 'crash']);
    const done = lines.at(-1);
    assert.deepEqual(
      [done?.['message'], done?.['due'], done?.['failed'], done?.['errors']],
      ['Step:Done', 2, 1, 0],
    );
  });

  test('of one whose request fails: the operation and the job are in the line of the error', async () => {
    const { ports, begin, get } = stoppedService();
    const jobID = await begin();
    mock.method(ports.jobs, 'get', () => Promise.reject(new Error('the table is away')));
    assert.equal((await get(`/jobs/${jobID}`)).status, 500);
    const error = storyOf(jobID).find(({ message }) => message === 'Request:Error');
    assert.equal(error?.['operationId'], 'getJob');
    assert.match(String(error['error']), /the table is away/);
    assert.ok(error['requestId']);
  });

  test('a step that throws says what it was about', async () => {
    const { ports } = stoppedService();
    mock.method(ports.jobs, 'get', () => Promise.reject(new Error('the table is away')));
    await assert.rejects(notifySubscriberStep(() => ports)({ jobID: 'lost' }, invocation()), /away/);
    const [step] = storyOf('lost');
    assert.deepEqual(
      [step?.['message'], step?.['level'], step?.['step']],
      ['Step:Done', 'ERROR', 'NotifySubscriber'],
    );
    assert.match(String(step?.['error']), /the table is away/);
  });
});

describe('what the operator is told to look for', () => {
  const fail = () => Promise.reject(new Error('is away', { cause: new Error('for a reason') }));

  test('of requests and tasks that fail, a switch that cannot be read and usage that cannot be recorded', async () => {
    const { ports, get, execute } = memoryService({ settings: { quotas: { executionsPerDay: 100 } } });
    mock.method(ports.usage, 'settle', fail);
    mock.method(ports.storage, 'put', fail);
    const { status } = await execute('echo', { inputs: { message: 'a'.repeat(100_000) } });
    assert.equal(status, 500);
    await new SwitchParameter({ send: fail } as never, 'switch').stopped();
    mock.method(ports.jobs, 'get', fail);
    assert.equal((await get('/jobs/6cd5a9a3-8a4c-4a5e-9d2b-1f6a7cfe0b11')).status, 500);
  });

  const pages = ['runbook', 'troubleshooting', 'limits', 'security', 'deploy', 'authorization'];
  const queries = pages.flatMap((page) =>
    findQueries(readFileSync(join(import.meta.dirname, `../../../docs/operate/${page}.md`), 'utf8')),
  );
  const memberOf = (line: Line, path: string): unknown =>
    path.split('.').reduce((value: unknown, name) => (value as Line | undefined)?.[name], line);
  /** What CloudWatch adds to each line. */
  const added = (name: string) => name.startsWith('@');

  test('there are queries to look with', () => assert.ok(queries.length >= 15, `${queries.length}`));

  for (const query of queries)
    test(query, () => {
      const { members, messages } = parseQuery(query);
      const selected = allLines.filter(
        ({ message }) => messages.length === 0 || messages.includes(String(message)),
      );
      for (const message of messages)
        assert.ok(
          allLines.some((line) => line['message'] === message),
          `No line was written with the message ${message}`,
        );
      for (const name of members.filter((one) => !added(one)))
        assert.ok(
          selected.some((line) => memberOf(line, name) !== undefined),
          `No line of ${messages.join(', ') || 'any kind'} has ${name}`,
        );
    });
});

test('every task and event is such a step', () => {
  const root = join(import.meta.dirname, '../../../functions');
  const handlers = globSync(['tasks/*.ts', 'events/*.ts'], { cwd: root })
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .filter((text) => /export const handler\b/.test(text));
  assert.equal(handlers.length, 6);
  for (const text of handlers) assert.match(text, /export const handler = \w+Step\(awsPorts\);/);
});
