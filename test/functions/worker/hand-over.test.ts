import assert from 'node:assert/strict';
import { after, before, describe, it, mock } from 'node:test';
import { OutOfMemory } from '../../../core/jobs/failures.ts';
import { largeClass } from '../../../core/processes/large-class.ts';
import { ClassLimitExceeded, LimitExceeded } from '../../../core/shared/errors.ts';
import { runLarge } from '../../../functions/worker/run-large.ts';
import { work } from '../../../functions/worker/worker.ts';
import { decodeError, encodeError } from '../../../geo/parallel/errors.ts';
import { type MemoryPorts, memoryPorts } from '../../support/memory/ports.ts';
import { type Algorithm, accept, jobID, makeWorker, NOW, repeat, storedJob } from './support/job-worker.ts';

// What workers say in the log of the operator.
before(() => {
  for (const level of ['info', 'warn', 'error'] as const) mock.method(console, level, () => undefined);
});
after(() => mock.restoreAll());

const AN_HOUR = () => 3_600_000;
const tooLarge: Algorithm = () =>
  Promise.reject(new ClassLimitExceeded('/inputs/text', 'It has 9 bytes; the process accepts up to 8.'));

/** Surroundings with an accepted job, where jobs may be handed over unless it is said otherwise. */
async function withJob({ large = true, quotas = {} } = {}): Promise<MemoryPorts> {
  const ports = memoryPorts({ now: NOW, settings: { quotas, ...(large ? { large: largeClass } : {}) } });
  await accept(ports);
  return ports;
}

const run = (ports: MemoryPorts, algorithm: Algorithm, remaining = AN_HOUR) =>
  work(makeWorker(ports, algorithm), { kind: 'job', jobID }, remaining);

const handedOver = { name: 'WorkToHandOver' };

describe('a worker hands a job over', () => {
  it('that exceeds a limit of its class: the job runs on, from nothing on', async () => {
    const ports = await withJob();
    await assert.rejects(
      run(ports, async (inputs, context) => {
        ports.clock.advance(10);
        await context.progress(1, 2);
        assert.equal((await storedJob(ports)).progress, 50);
        ports.clock.advance(1);
        return tooLarge(inputs, context);
      }),
      handedOver,
    );
    const { status, progress, message } = await storedJob(ports);
    assert.deepEqual([status, progress], ['running', 0]);
    assert.match(message ?? '', /waiting for a larger one/);
  });

  it('whose process has no more memory', async () => {
    const ports = await withJob();
    await assert.rejects(
      run(ports, () => Promise.reject(new OutOfMemory(undefined))),
      handedOver,
    );
    assert.equal((await storedJob(ports)).status, 'running');
  });

  it('that does not end within its time', async () => {
    const ports = await withJob();
    const endless: Algorithm = (_, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    await assert.rejects(
      run(ports, endless, () => 3010),
      handedOver,
    );
    assert.equal((await storedJob(ports)).status, 'running');
  });

  it('also where the error comes from the thread of the process', () => {
    const sent = encodeError(new ClassLimitExceeded('/inputs/text', 'too long'));
    const error = decodeError(structuredClone(sent));
    assert.ok(error instanceof ClassLimitExceeded);
    assert.equal(error.status, 413);
  });
});

describe('a worker ends a job itself', () => {
  it('where there is no large class: clients read the limit as ever', async () => {
    const ports = await withJob({ large: false });
    assert.deepEqual(await run(ports, tooLarge), { jobID, status: 'failed', fanOut: [] });
    const { exception } = await storedJob(ports);
    assert.equal(exception?.status, 413);
    assert.match(exception?.type ?? '', /limit-exceeded/);
  });

  it('where more memory and time would not help', async () => {
    for (const error of [new LimitExceeded('/inputs/text', 'no format holds it'), new Error('a fault')]) {
      const ports = await withJob();
      assert.deepEqual(await run(ports, () => Promise.reject(error)), {
        jobID,
        status: 'failed',
        fanOut: [],
      });
    }
  });

  it('that was dismissed meanwhile, and leaves nothing', async () => {
    const ports = await withJob();
    const dismissed: Algorithm = async (inputs, context) => {
      await ports.jobs.change(jobID, { to: 'dismissed', at: NOW });
      return tooLarge(inputs, context);
    };
    assert.deepEqual(await run(ports, dismissed), { jobID, status: 'dismissed', fanOut: [] });
  });
});

describe('a task of the large class', () => {
  /** A job that its worker has handed over. */
  async function withHandedOver(options = {}): Promise<MemoryPorts> {
    const ports = await withJob(options);
    await assert.rejects(run(ports, tooLarge), handedOver);
    return ports;
  }

  it('runs the job to its end, with the limits of its class times ten', async () => {
    const ports = await withHandedOver();
    const vertices: (number | undefined)[] = [];
    const code = await runLarge(
      makeWorker(ports, async ({ text }, { limits }) => {
        vertices.push(limits.vertices, limits.inlineBytes);
        return { text, length: text.length };
      }),
      jobID,
    );
    assert.equal(code, 0);
    assert.equal((await storedJob(ports)).status, 'successful');
    assert.deepEqual(vertices, [10 * (repeat.limits.vertices ?? 0), repeat.limits.inlineBytes]);
  });

  it('fails the job where it exceeds the limits there too: nothing is handed over twice', async () => {
    const ports = await withHandedOver();
    assert.equal(await runLarge(makeWorker(ports, tooLarge), jobID), 0);
    const { status, exception } = await storedJob(ports);
    assert.deepEqual([status, exception?.status], ['failed', 413]);
  });

  it('fails the job with the reason where its machine is taken away', async () => {
    const ports = await withHandedOver();
    const interrupting = new AbortController();
    const interruptedRun: Algorithm = async (_, { signal }) => {
      interrupting.abort();
      signal.throwIfAborted();
      return {};
    };
    const worker = { ...makeWorker(ports, interruptedRun), interrupted: interrupting.signal };
    assert.equal(await runLarge(worker, jobID), 0);
    const { status, exception } = await storedJob(ports);
    assert.equal(status, 'failed');
    assert.match(exception?.detail ?? '', /stopped by the operator/);
  });

  it('finds nothing to do where the job was dismissed while it waited', async () => {
    const ports = await withHandedOver();
    await ports.jobs.change(jobID, { to: 'dismissed', at: NOW });
    const ran: string[] = [];
    const code = await runLarge(
      makeWorker(ports, async () => {
        ran.push('ran');
        return {};
      }),
      jobID,
    );
    assert.deepEqual([code, ran], [0, []]);
    assert.equal((await storedJob(ports)).status, 'dismissed');
  });

  it('ends with a fault where nobody has recorded the end', async () => {
    const ports = await withHandedOver();
    const failing = mock.method(ports.jobs, 'change', () => Promise.reject(new Error('Slow Down')));
    assert.equal(await runLarge(makeWorker(ports), jobID), 1);
    failing.mock.restore();
    assert.equal((await storedJob(ports)).status, 'running');
  });
});

describe('what is counted of a job that is handed over', () => {
  const quotas = { gbSecondsPerDay: 1_000_000 };
  const record = (ports: MemoryPorts) =>
    ports.usage.record({
      id: jobID,
      owner: 'public',
      kind: 'job',
      created: NOW,
      memory: 512,
      gbSeconds: 60,
      bytes: 0,
      expires: 0,
    });

  it('is the most that it may come to, until it has ended', async () => {
    const ports = await withJob({ quotas });
    await record(ports);
    await assert.rejects(run(ports, tooLarge), handedOver);
    const open = ports.usage.entries.get(jobID);
    assert.equal(open?.settled, undefined);
    // Four hours of a quarter of a dollar, at the price of Lambda.
    assert.ok((open?.gbSeconds ?? 0) > 70_000, String(open?.gbSeconds));
    assert.equal(await runLarge(makeWorker(ports), jobID), 0);
    const settled = ports.usage.entries.get(jobID);
    assert.equal(settled?.settled, true);
    assert.ok((settled?.gbSeconds ?? Infinity) < 1000, String(settled?.gbSeconds));
  });

  it('is that from the start of the task on where the worker died without a word', async () => {
    const ports = await withJob({ quotas });
    await record(ports);
    await ports.jobs.change(jobID, { to: 'running', at: NOW });
    let meanwhile: number | undefined;
    const look = async () => {
      meanwhile = ports.usage.entries.get(jobID)?.gbSeconds;
      return { text: 'x', length: 1 };
    };
    assert.equal(await runLarge(makeWorker(ports, look), jobID), 0);
    assert.ok((meanwhile ?? 0) > 70_000, String(meanwhile));
    const settled = ports.usage.entries.get(jobID);
    assert.ok(settled?.settled && settled.gbSeconds < 1000, String(settled?.gbSeconds));
  });
});
