import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { problemFromFailure } from '../../../core/jobs/failures.ts';
import { jobKeys } from '../../../core/jobs/job.ts';
import { InvalidInput } from '../../../core/shared/errors.ts';
import { runJob } from '../../../functions/worker/run-job.ts';
import { memoryPorts } from '../../support/memory/ports.ts';
import {
  type Algorithm,
  accept,
  BASE_URL,
  jobID,
  makeWorker,
  NOW,
  repeated,
  storedJob,
  withAcceptedJob,
} from './support/job-worker.ts';

const AN_HOUR = () => 3_600_000;
const prefix = jobKeys.prefix(jobID);
const endless: Algorithm = (_, { signal }) =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
/** Keeps what is logged away from the report of the tests. */
const muteLog = (test: TestContext, level: 'error' | 'warn') => {
  const log = test.mock.method(console, level, () => undefined);
  return () => log.mock.calls.map(({ arguments: [line] }) => JSON.parse(line));
};

describe('a job that succeeds', () => {
  it('has its results, then the status, with its times (/req/core/job-success)', async () => {
    const ports = await withAcceptedJob();
    const run: Algorithm = async (inputs, context) => {
      assert.equal((await storedJob(ports)).status, 'running');
      assert.deepEqual([context.synchronous, context.signal.aborted], [false, false]);
      ports.clock.advance(5);
      return repeated(inputs, context);
    };
    assert.deepEqual(await runJob(makeWorker(ports, run), jobID, AN_HOUR), { jobID, status: 'successful' });
    const { status, started, finished, updated, progress, exception } = await storedJob(ports);
    const end = '2026-03-01T12:00:05.000Z';
    assert.deepEqual(
      { status, started, finished, updated, progress, exception },
      {
        status: 'successful',
        started: NOW,
        finished: end,
        updated: end,
        progress: 100,
        exception: undefined,
      },
    );
    const { outputs } = ports.storage.json(jobKeys.results(jobID)) as { outputs: { content: unknown }[] };
    assert.deepEqual(
      outputs.map(({ content }) => content),
      ['abab', 4],
    );
  });

  it('keeps a large result as an object of its own below its prefix', async () => {
    const ports = await withAcceptedJob({ body: { inputs: { text: 'x'.repeat(1000), times: 100 } } });
    await runJob(makeWorker(ports), jobID, AN_HOUR);
    assert.deepEqual(ports.storage.keys(), [
      jobKeys.output(jobID, 'text.json'),
      jobKeys.request(jobID),
      jobKeys.results(jobID),
    ]);
  });

  it('costs few writes: two of the worker, however often a short process tells its progress', async (test) => {
    const ports = await withAcceptedJob();
    const changes = test.mock.method(ports.jobs, 'change');
    const reports = test.mock.method(ports.jobs, 'progress');
    const run: Algorithm = async (inputs, context) => {
      for (let done = 0; done < 1000; done++) await context.progress(done, 1000);
      return repeated(inputs, context);
    };
    await runJob(makeWorker(ports, run), jobID, AN_HOUR);
    assert.deepEqual([changes.mock.callCount(), reports.mock.callCount()], [2, 0]);
  });

  it('tells its progress while it runs', async () => {
    const ports = await withAcceptedJob();
    const run: Algorithm = async (inputs, context) => {
      ports.clock.advance(3);
      await context.progress(1, 3, 'A third');
      const { progress, message, updated } = await storedJob(ports);
      assert.deepEqual([progress, message, updated], [33, 'A third', '2026-03-01T12:00:03.000Z']);
      return repeated(inputs, context);
    };
    assert.equal((await runJob(makeWorker(ports, run), jobID, AN_HOUR)).status, 'successful');
  });

  it('tells its subscriber that it runs, and does not mind one that does not listen', async (test) => {
    const inProgressUri = 'https://client.example/running';
    const body = { inputs: { text: 'a' }, subscriber: { inProgressUri } };
    const warnings = muteLog(test, 'warn');
    for (const answer of [204, 500]) {
      const ports = await withAcceptedJob({ body });
      ports.egress.answers.set(inProgressUri, answer);
      assert.equal((await runJob(makeWorker(ports), jobID, AN_HOUR)).status, 'successful');
      const [{ href, body: sent }] = ports.egress.posted as [(typeof ports.egress.posted)[0]];
      const { status, links } = JSON.parse(sent);
      assert.deepEqual(
        [href, status, links[0].href],
        [inProgressUri, 'running', `${BASE_URL}/jobs/${jobID}`],
      );
    }
    assert.deepEqual(
      warnings().map(({ message }) => message),
      ['Callback:Error'],
    );
  });
});

describe('a subscriber that is silent', () => {
  const inProgressUri = 'https://client.example/silent';
  const body = { inputs: { text: 'a' }, subscriber: { inProgressUri } };

  it('does not delay the work, or keep the worker when the job has ended', async (test) => {
    muteLog(test, 'warn');
    const ports = await withAcceptedJob({ body });
    ports.egress.silent.add(inProgressUri);
    const run: Algorithm = async (inputs, context) => {
      // The work goes on although the subscriber was asked and has not answered.
      while (ports.egress.posted.length === 0) await new Promise(setImmediate);
      return repeated(inputs, context);
    };
    assert.equal((await runJob(makeWorker(ports, run), jobID, AN_HOUR)).status, 'successful');
    const { notifications } = await storedJob(ports);
    assert.deepEqual(notifications?.inProgressUri, {
      at: NOW,
      delivered: false,
      detail: 'The job had ended before the subscriber answered.',
    });
  });

  it('is not told twice by a worker that is started again', async (test) => {
    muteLog(test, 'warn');
    const ports = await withAcceptedJob({ body });
    const crash: Algorithm = async () => {
      throw new Error('out of memory');
    };
    await ports.jobs.change(jobID, { to: 'running', at: NOW });
    await ports.jobs.notified(jobID, 'inProgressUri', { at: NOW, delivered: true, status: 204 });
    muteLog(test, 'error');
    await runJob(makeWorker(ports, crash), jobID, AN_HOUR);
    assert.equal(ports.egress.posted.length, 0);
  });
});

describe('a job that fails', () => {
  it('has the problem document that a synchronous execution would have answered (/req/core/job-results-failed)', async () => {
    const ports = await withAcceptedJob();
    const run: Algorithm = async () => {
      throw new InvalidInput('/inputs/text', 'must rhyme.');
    };
    assert.deepEqual(await runJob(makeWorker(ports, run), jobID, AN_HOUR), { jobID, status: 'failed' });
    const { status, exception, message, finished } = await storedJob(ports);
    assert.deepEqual([status, message, finished], ['failed', '/inputs/text: must rhyme.', NOW]);
    assert.deepEqual(
      { status: exception?.status, errors: exception?.errors, instance: exception?.instance },
      {
        status: 400,
        errors: [{ pointer: '/inputs/text', detail: 'must rhyme.' }],
        instance: `urn:uuid:${jobID}`,
      },
    );
    assert.equal(ports.storage.json(jobKeys.results(jobID)), undefined);
  });

  it('by a fault of the service says so, and the cause is in the log alone', async (test) => {
    const ports = await withAcceptedJob();
    const logged = muteLog(test, 'error');
    const run: Algorithm = async () => {
      throw new TypeError('secret of the kitchen', { cause: new Error('the knife is blunt') });
    };
    await runJob(makeWorker(ports, run), jobID, AN_HOUR);
    const { exception, message } = await storedJob(ports);
    assert.equal(exception?.status, 500);
    assert.doesNotMatch(JSON.stringify([exception, message]), /kitchen/);
    const [entry] = logged();
    assert.equal(entry.jobID, jobID);
    assert.match(entry.error, /kitchen/);
    assert.match(entry.stack, /run-job\.test\.ts/);
    assert.equal(entry.cause.error, 'Error: the knife is blunt');
  });

  it('because its request or process is gone does not stay running', async (test) => {
    muteLog(test, 'error');
    const gone = await withAcceptedJob();
    await gone.storage.removeAll(prefix);
    assert.equal((await runJob(makeWorker(gone), jobID, AN_HOUR)).status, 'failed');
    assert.equal((await storedJob(gone)).exception?.status, 500);

    const ports = await withAcceptedJob();
    const worker = { ...makeWorker(ports), processes: [] };
    assert.equal((await runJob(worker, jobID, AN_HOUR)).status, 'failed');
    assert.equal((await storedJob(ports)).exception?.status, 404);
  });

  it('when its time is over says that, while the worker can still say something', async () => {
    const ports = await withAcceptedJob();
    assert.deepEqual(await runJob(makeWorker(ports, endless), jobID, () => 0), { jobID, status: 'failed' });
    const { exception, message } = await storedJob(ports);
    assert.deepEqual(
      [exception?.detail, message],
      [problemFromFailure('timeout').detail, problemFromFailure('timeout').detail],
    );
    assert.equal(exception?.instance, `urn:uuid:${jobID}`);
  });
});

describe('the log of a job', () => {
  it('is written with the progress while it runs, and at its end, where something was said', async (test) => {
    test.mock.method(console, 'info', () => undefined);
    const ports = await withAcceptedJob();
    const put = test.mock.method(ports.storage, 'put');
    const writes = () => put.mock.calls.filter(({ arguments: [key] }) => key === jobKeys.log(jobID)).length;
    const said = () =>
      (ports.storage.json(jobKeys.log(jobID)) as { logs: { message: string }[] }).logs.map(
        ({ message }) => message,
      );
    const run: Algorithm = async (inputs, context) => {
      context.warn('Two rings were closed.');
      ports.clock.advance(3);
      await context.progress(1, 3, 'Cutting');
      assert.deepEqual(said(), ['Two rings were closed.', 'Cutting']);
      for (let time = 0; time < 5; time++) {
        ports.clock.advance(3);
        await context.progress(2, 3, 'Cutting');
      }
      assert.equal(writes(), 1);
      context.log('Done');
      return repeated(inputs, context);
    };
    assert.equal((await runJob(makeWorker(ports, run), jobID, AN_HOUR)).status, 'successful');
    assert.equal(writes(), 2);
    assert.deepEqual(said(), ['Two rings were closed.', 'Cutting', 'Done']);
    const { warnings, message } = await storedJob(ports);
    assert.deepEqual([warnings, message], [1, 'Finished, with 1 warning']);
  });

  it('is best effort: what cannot be written now is written later, and never fails the job', async (test) => {
    test.mock.method(console, 'info', () => undefined);
    const noted = muteLog(test, 'warn');
    const ports = await withAcceptedJob();
    const put = ports.storage.put.bind(ports.storage);
    let failures = 0;
    test.mock.method(ports.storage, 'put', async (...call: Parameters<typeof put>) => {
      if (call[0] === jobKeys.log(jobID) && failures++ === 0) throw new Error('SlowDown');
      return put(...call);
    });
    const run: Algorithm = async (inputs, context) => {
      context.log('One');
      ports.clock.advance(3);
      await context.progress(1, 2);
      return repeated(inputs, context);
    };
    assert.equal((await runJob(makeWorker(ports, run), jobID, AN_HOUR)).status, 'successful');
    assert.deepEqual(
      noted().map(({ message }) => message),
      ['Job:LogNotWritten'],
    );
    assert.notEqual(ports.storage.json(jobKeys.log(jobID)), undefined);
  });

  it('of a job that fails is kept; of one that was dismissed nothing is', async (test) => {
    test.mock.method(console, 'info', () => undefined);
    for (const status of ['failed', 'dismissed'] as const) {
      const ports = await withAcceptedJob();
      const run: Algorithm = async (_, context) => {
        context.warn('A ring was closed.');
        if (status === 'dismissed') await ports.jobs.change(jobID, { to: 'dismissed', at: NOW });
        throw new InvalidInput('/inputs/text', 'must rhyme.');
      };
      assert.equal((await runJob(makeWorker(ports, run), jobID, AN_HOUR)).status, status);
      assert.deepEqual(
        ports.storage.keys(),
        status === 'failed' ? [jobKeys.log(jobID), jobKeys.request(jobID)] : [],
      );
      assert.equal((await storedJob(ports)).warnings, status === 'failed' ? 1 : undefined);
    }
  });
});

describe('a store that is throttled', () => {
  const throttled = async () => {
    throw new Error('ThrottlingException');
  };

  it('never fails a job by a progress that could not be written', async (test) => {
    const warnings = muteLog(test, 'warn');
    const ports = await withAcceptedJob();
    test.mock.method(ports.jobs, 'progress', throttled);
    const run: Algorithm = async (inputs, context) => {
      for (let done = 0; done < 10; done++) {
        ports.clock.advance(3);
        await context.progress(done, 10);
      }
      return repeated(inputs, context);
    };
    assert.equal((await runJob(makeWorker(ports, run), jobID, AN_HOUR)).status, 'successful');
    assert.equal((await storedJob(ports)).status, 'successful');
    const [first] = warnings();
    assert.deepEqual(
      [first.message, first.jobID, first.error],
      ['Job:ProgressNotWritten', jobID, 'Error: ThrottlingException'],
    );
  });

  it('for a while only makes the start and the end of a job later', async (test) => {
    const warnings = muteLog(test, 'warn');
    const ports = await withAcceptedJob();
    const change = ports.jobs.change.bind(ports.jobs);
    const put = ports.storage.put.bind(ports.storage);
    let calls = 0;
    test.mock.method(ports.jobs, 'change', (...call: Parameters<typeof change>) =>
      calls++ % 2 === 0 ? throttled() : change(...call),
    );
    test.mock.method(ports.storage, 'put', (...call: Parameters<typeof put>) =>
      calls++ % 2 === 0 ? throttled() : put(...call),
    );
    assert.equal((await runJob(makeWorker(ports), jobID, AN_HOUR)).status, 'successful');
    assert.deepEqual(
      warnings().map(({ message }) => message),
      ['Job:WriteFailed', 'Job:WriteFailed', 'Job:WriteFailed'],
    );
  });

  it('for long leaves the end of the job to the workflow', async (test) => {
    muteLog(test, 'warn');
    muteLog(test, 'error');
    const ports = await withAcceptedJob();
    test.mock.method(ports.jobs, 'change', throttled);
    await assert.rejects(runJob(makeWorker(ports), jobID, AN_HOUR), /ThrottlingException/);
  });
});

describe('a subscriber that does not answer', () => {
  it('does not hold up the work', async (test) => {
    const inProgressUri = 'https://client.example/running';
    const ports = await withAcceptedJob({ body: { inputs: { text: 'a' }, subscriber: { inProgressUri } } });
    let answer = (_: number) => {};
    test.mock.method(ports.egress, 'post', () => new Promise<number>((resolve) => (answer = resolve)));
    let ran = false;
    const run: Algorithm = async (inputs, context) => {
      ran = true;
      return repeated(inputs, context);
    };
    const running = runJob(makeWorker(ports, run), jobID, AN_HOUR);
    while ((await storedJob(ports)).status !== 'successful') await new Promise(setImmediate);
    assert.ok(ran);
    answer(204);
    assert.equal((await running).status, 'successful');
  });
});

describe('a job that is dismissed while it runs', () => {
  const at = NOW;
  const outputs = { text: 'x'.repeat(100_000), length: 1 };

  it('stops at its next progress and leaves nothing (/req/dismiss/job-dismiss-success)', async () => {
    const ports = await withAcceptedJob();
    const run: Algorithm = async (_, context) => {
      await ports.storage.put(jobKeys.output(jobID, 'text.json'), 'unfinished', 'application/json');
      await ports.jobs.change(jobID, { to: 'dismissed', at });
      ports.clock.advance(3);
      await context.progress(1, 2);
      assert.fail('went on');
    };
    assert.deepEqual(await runJob(makeWorker(ports, run), jobID, AN_HOUR), { jobID, status: 'dismissed' });
    assert.deepEqual(ports.storage.keys(), []);
    const { status, exception, progress } = await storedJob(ports);
    assert.deepEqual([status, exception, progress], ['dismissed', undefined, undefined]);
  });

  it('stays dismissed when the process ends without noticing, well or badly', async (test) => {
    muteLog(test, 'error');
    for (const ending of [async () => outputs, () => Promise.reject(new Error('late'))]) {
      const ports = await withAcceptedJob();
      const run: Algorithm = async () => {
        await ports.jobs.change(jobID, { to: 'dismissed', at });
        return ending();
      };
      assert.deepEqual(await runJob(makeWorker(ports, run), jobID, AN_HOUR), { jobID, status: 'dismissed' });
      assert.deepEqual(ports.storage.keys(), []);
      assert.equal((await storedJob(ports)).status, 'dismissed');
    }
  });

  it('and removed is not brought back', async () => {
    const ports = await withAcceptedJob();
    const run: Algorithm = async () => {
      await ports.jobs.change(jobID, { to: 'dismissed', at });
      await ports.jobs.remove(jobID, '2026-01-31T12:20:00.000Z');
      return outputs;
    };
    assert.deepEqual(await runJob(makeWorker(ports, run), jobID, AN_HOUR), { jobID, status: 'removed' });
    assert.deepEqual(ports.storage.keys(), []);
    assert.equal(await ports.jobs.get(jobID), 'removed');
  });

  it('leaves other jobs alone', async () => {
    const ports = await withAcceptedJob();
    await accept(ports, { members: { jobID: `${jobID}0` } });
    await runJob(
      makeWorker(ports, async () => {
        await ports.jobs.change(jobID, { to: 'dismissed', at });
        return outputs;
      }),
      jobID,
      AN_HOUR,
    );
    assert.deepEqual(ports.storage.keys(), [jobKeys.request(`${jobID}0`)]);
  });
});

describe('a task that is delivered again', () => {
  it('after the job has ended runs nothing and changes nothing', async () => {
    const ports = await withAcceptedJob();
    await runJob(makeWorker(ports), jobID, AN_HOUR);
    const before = [await storedJob(ports), ports.storage.keys()];
    ports.clock.advance(60);
    const never: Algorithm = async () => assert.fail('ran again');
    assert.deepEqual(await runJob(makeWorker(ports, never), jobID, AN_HOUR), { jobID, status: 'successful' });
    assert.deepEqual([await storedJob(ports), ports.storage.keys()], before);
  });

  it('of a job that was dismissed before it started, was removed or never was, runs nothing', async () => {
    const never: Algorithm = async () => assert.fail('ran');
    const ports = await withAcceptedJob();
    await ports.jobs.change(jobID, { to: 'dismissed', at: NOW });
    assert.equal((await runJob(makeWorker(ports, never), jobID, AN_HOUR)).status, 'dismissed');
    await ports.jobs.remove(jobID, '2026-01-31T12:20:00.000Z');
    assert.equal((await runJob(makeWorker(ports, never), jobID, AN_HOUR)).status, 'removed');
    const none = memoryPorts({ now: NOW });
    assert.equal((await runJob(makeWorker(none, never), jobID, AN_HOUR)).status, 'removed');
    assert.equal(await none.jobs.get(jobID), undefined);
  });

  for (const [ending, late] of [
    ['ends well', repeated],
    ['fails', () => Promise.reject(new InvalidInput('/inputs/text', 'is not there any more.'))],
  ] as const) {
    test(`while another worker finishes the job, and then ${ending}, takes nothing away`, late);
  }

  /** The first worker is slow; a second one, started by a retry, ends the job before it. */
  function test(name: string, late: Algorithm): void {
    it(name, async () => {
      const ports = await withAcceptedJob({ body: { inputs: { text: 'x'.repeat(1000), times: 100 } } });
      const slow: Algorithm = async (inputs, context) => {
        assert.equal((await runJob(makeWorker(ports), jobID, AN_HOUR)).status, 'successful');
        ports.clock.advance(1);
        return late(inputs, context);
      };
      const first = await runJob(makeWorker(ports, slow), jobID, AN_HOUR);
      assert.deepEqual(first, { jobID, status: 'successful' });
      assert.equal((await storedJob(ports)).status, 'successful');
      assert.deepEqual(ports.storage.keys(), [
        jobKeys.output(jobID, 'text.json'),
        jobKeys.request(jobID),
        jobKeys.results(jobID),
      ]);
    });
  }
});
