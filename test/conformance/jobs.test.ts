import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memoryService } from '../support/memory-service.ts';

const service = memoryService();
const { get, execute, call, ports, baseUrl } = service;
const EX = 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0';
const REL = 'http://www.opengis.net/def/rel/ogc/1.0';
const inputs = { message: 'a' };
const listRels = (json: { links: { rel: string }[] }) => json.links.map(({ rel }) => rel);

/** Surroundings in which jobs stay as they are made. */
const still = () => memoryService({ runJob: async () => undefined });
const start = async (from = service, body: object = { inputs }, headers = {}) => {
  const answer = await from.execute('echo', body, { Prefer: 'respond-async', ...headers });
  assert.equal(answer.status, 201, answer.text);
  await from.ports.workflow.settled();
  return answer;
};

describe('modes of execution', () => {
  test('/req/core/process-execute-default-execution-mode: without a preference the client waits', async () => {
    assert.equal((await execute('echo', { inputs })).status, 200);
    assert.equal((await execute('echo', { inputs }, { Prefer: 'return=minimal' })).status, 200);
  });

  for (const prefer of [
    'respond-async',
    'respond-async ',
    'Respond-Async; foo=1',
    'wait=0, respond-async',
    'handling=lenient, RESPOND-ASYNC',
  ]) {
    test(`/req/core/process-execute-auto-execution-mode, /rec/core/process-execute-mode-auto, /rec/core/process-execute-preference-applied: "${prefer}" makes a job and says so`, async () => {
      const answer = await still().execute('echo', { inputs }, { Prefer: prefer });
      assert.equal(answer.status, 201);
      assert.match(answer.headers.get('preference-applied') ?? '', /respond-async/);
    });
  }

  test('/req/core/process-execute-success-async: 201, an absolute Location, the status of the job, whatever Accept says', async () => {
    const { headers, json } = await start(service, { inputs }, { Accept: 'image/png' });
    assert.equal(headers.get('location'), `${baseUrl}/jobs/${json.jobID}`);
    assert.match(headers.get('content-type') ?? '', /^application\/json/);
    assert.equal(json.id, json.jobID);
    assert.equal((await get(headers.get('location')!)).json.jobID, json.jobID);
  });

  test('/rec/core/process-execute-honor-prefer: wait gives the results in time, else the job', async () => {
    const soon = await execute('echo', { inputs, outputs: { message: {} } }, { Prefer: 'wait=5' });
    assert.deepEqual([soon.status, soon.text], [200, '"a"']);
    assert.equal(soon.headers.get('preference-applied'), 'wait=5');
    const late = await still().execute('echo', { inputs }, { Prefer: 'respond-async, wait=1' });
    assert.deepEqual([late.status, late.json.status], [201, 'accepted']);
  });
});

describe('the status of a job', () => {
  test('/req/core/job-op, /req/core/job-success, /rec/core/job-status, /per/core/job-status: has the members of both versions, and nothing that is null', async () => {
    const { json: created } = await start();
    const { status, json, text } = await get(`/jobs/${created.jobID}`);
    assert.equal(status, 200);
    assert.deepEqual(
      [json.id, json.type, json.processingEntityType, json.processID, json.status, json.progress],
      [json.jobID, 'process', 'ogc-api-processes', 'echo', 'successful', 100],
    );
    assert.ok(json.created <= json.started && json.started <= json.finished && json.finished <= json.updated);
    assert.ok(json.message.length > 0);
    assert.ok(!text.includes('null'));
  });

  test('/rec/core/job-links: leads to itself, to where it is followed, and to the results when there are any', async () => {
    const waiting = still();
    const { json } = await start(waiting);
    for (const rel of ['self', 'alternate', 'monitor', 'status', 'up'])
      assert.ok(listRels(json).includes(rel), rel);
    assert.ok(!listRels(json).includes(`${REL}/results`));
    const done = (await get(`/jobs/${(await start()).json.jobID}`)).json;
    assert.ok(listRels(done).includes(`${REL}/results`));
    assert.ok(done.links.every(({ rel, type }: { rel: string; type: string }) => rel && type));
  });

  test('/req/core/job-exception-no-such-job, /req/core/job-results-exception-no-such-job: what is not a job is not found', async () => {
    for (const id of [
      '3f0c6c1a-0000-4000-8000-000000000000',
      'x'.repeat(300),
      '%00',
      '..%2Fx',
      "'%20OR%201=1",
    ]) {
      for (const [method, path] of [
        ['GET', ''],
        ['GET', '/results'],
        ['GET', '/results/message'],
        ['DELETE', ''],
      ] as const) {
        const { status, json } = await call(`/jobs/${id}${path}`, { method });
        assert.deepEqual([status, json.type], [404, `${EX}/no-such-job`], `${method} ${id}${path}`);
      }
    }
  });

  test('/req/core/job-results-exception/results-not-ready: while it is accepted or running', async () => {
    const waiting = still();
    const { json } = await start(waiting);
    const check = async () => {
      for (const path of ['/results', '/results/message']) {
        const answer = await waiting.get(`/jobs/${json.jobID}${path}`);
        assert.deepEqual([answer.status, answer.json.type], [404, `${EX}/result-not-ready`]);
      }
    };
    await check();
    await waiting.ports.jobs.change(json.jobID, { to: 'running', at: new Date().toISOString() });
    await check();
  });

  test('/req/core/job-results-failed: the results of a failed job are why it failed', async () => {
    const { json } = await start(service, { inputs: { message: { href: 'https://data.example/none' } } });
    const job = (await get(`/jobs/${json.jobID}`)).json;
    assert.equal(job.status, 'failed');
    assert.ok(listRels(job).includes(`${REL}/exceptions`) && !listRels(job).includes(`${REL}/results`));
    const results = await get(`/jobs/${json.jobID}/results`);
    assert.equal(results.status, 400);
    assert.deepEqual(results.json.errors, job.exception.errors);
  });

  test('jobs are those of their owner: for anybody else they do not exist', async () => {
    const { json } = await start();
    const stored = ports.jobs.items.get(json.jobID)!;
    ports.jobs.items.set(json.jobID, { ...stored, owner: 'somebody else' } as never);
    assert.equal((await get(`/jobs/${json.jobID}`)).status, 404);
    assert.equal((await call(`/jobs/${json.jobID}`, { method: 'DELETE' })).status, 404);
    assert.equal((await get(`/jobs/${json.jobID}/results`)).status, 404);
  });
});

describe('dismissal', () => {
  const dismiss = (from: typeof service, id: string) => from.call(`/jobs/${id}`, { method: 'DELETE' });

  test('/req/dismiss/job-dismiss-op, /req/dismiss/job-dismiss-success: cancels a job that has not ended; it can still be read', async () => {
    for (const running of [false, true]) {
      const waiting = still();
      const { jobID } = (await start(waiting)).json;
      if (running) await waiting.ports.jobs.change(jobID, { to: 'running', at: new Date().toISOString() });
      const { status, json } = await dismiss(waiting, jobID);
      assert.deepEqual([status, json.status, json.jobID, json.type], [200, 'dismissed', jobID, 'process']);
      assert.equal((await waiting.get(`/jobs/${jobID}`)).json.status, 'dismissed');
      assert.deepEqual(waiting.ports.workflow.stopped, [jobID]);
      assert.match((await waiting.get(`/jobs/${jobID}/results`)).json.type, /result-not-available$/);
    }
  });

  test('a worker that ends later does not bring a dismissed job back', async () => {
    const waiting = still();
    const { jobID } = (await start(waiting)).json;
    await dismiss(waiting, jobID);
    const late = await waiting.ports.jobs.change(jobID, { to: 'successful', at: new Date().toISOString() });
    assert.equal(late, undefined);
    assert.equal((await waiting.get(`/jobs/${jobID}`)).json.status, 'dismissed');
  });

  test('/req/dismiss/job-dismiss-status: removes a job that has ended, with its data; then it is gone', async () => {
    for (const body of [{ inputs }, { inputs: { message: { href: 'https://data.example/none' } } }]) {
      const { jobID } = (await start(service, body)).json;
      assert.equal((await dismiss(service, jobID)).json.status, 'dismissed');
      assert.equal((await get(`/jobs/${jobID}`)).status, 404);
      assert.deepEqual(ports.storage.keys(`jobs/${jobID}/`), []);
      assert.deepEqual(
        [(await dismiss(service, jobID)).status, (await get(`/jobs/${jobID}/results`)).status],
        [410, 404],
      );
    }
  });

  test('a second dismissal removes a dismissed job', async () => {
    const waiting = still();
    const { jobID } = (await start(waiting)).json;
    assert.equal((await dismiss(waiting, jobID)).status, 200);
    assert.equal((await dismiss(waiting, jobID)).status, 200);
    assert.equal((await waiting.get(`/jobs/${jobID}`)).status, 404);
    assert.equal((await dismiss(waiting, jobID)).status, 410);
  });

  test('many at once, and racing with the end of the job, never fail', async () => {
    for (let round = 0; round < 20; round++) {
      const racing = memoryService();
      const answer = await racing.execute('echo', { inputs }, { Prefer: 'respond-async' });
      const { jobID } = answer.json;
      const answers = await Promise.all(Array.from({ length: 4 }, () => dismiss(racing, jobID)));
      for (const { status } of answers) assert.ok([200, 404, 410].includes(status), String(status));
      await racing.ports.workflow.settled();
      const after = await racing.get(`/jobs/${jobID}`);
      assert.ok(after.status === 404 || after.json.status === 'dismissed', after.text);
    }
  });
});

describe('callbacks', () => {
  const subscriber = {
    successUri: 'https://subscriber.example/success',
    inProgressUri: 'https://subscriber.example/progress',
    failedUri: 'https://subscriber.example/failed',
  };

  test('/req/callback/job-callback: the results go to successUri, the status to inProgressUri, each once', async () => {
    const called = memoryService();
    const { json } = await start(called, { inputs: { message: 'a', numbers: [1] }, subscriber });
    const { posted } = called.ports.egress;
    assert.deepEqual(
      posted.map(({ href }) => href),
      [subscriber.inProgressUri, subscriber.successUri],
    );
    assert.equal(JSON.parse(posted[0]!.body).status, 'running');
    assert.deepEqual(JSON.parse(posted[1]!.body), { message: 'a', numbers: [1], pause: 0 });
    for (const { headers } of posted) {
      assert.equal(headers['Content-Type'], 'application/json');
      assert.match(headers['Signature'] ?? '', /^t=\d+,v1=[0-9a-f]{64}$/);
    }
    const { notifications } = (await called.get(`/jobs/${json.jobID}`)).json;
    assert.deepEqual([notifications.successUri.delivered, notifications.successUri.status], [true, 204]);
    assert.equal(notifications.inProgressUri.delivered, true);
  });

  test('a failed job tells failedUri why', async () => {
    const called = memoryService();
    await start(called, {
      inputs: { message: { href: 'https://data.example/none' } },
      subscriber: { failedUri: subscriber.failedUri },
    });
    const [posted] = called.ports.egress.posted;
    const body = JSON.parse(posted!.body);
    assert.deepEqual(
      [posted!.href, body.status, body.exception.status],
      [subscriber.failedUri, 'failed', 400],
    );
  });

  test('the spelling of the schema of 1.0 is taken too', async () => {
    const called = memoryService();
    await start(called, { inputs, subscriber: { successUrl: subscriber.successUri } });
    assert.deepEqual(
      called.ports.egress.posted.map(({ href }) => href),
      [subscriber.successUri],
    );
  });

  test('a subscriber that does not answer as it should changes nothing about the job, and the job says what happened', async () => {
    const called = memoryService();
    called.ports.egress.answers.set(subscriber.successUri, 503);
    const { json } = await called.execute('echo', { inputs, subscriber }, { Prefer: 'respond-async' });
    await assert.rejects(called.ports.workflow.settled(), /answered 503/);
    const job = (await called.get(`/jobs/${json.jobID}`)).json;
    assert.equal(job.status, 'successful');
    assert.deepEqual(
      [job.notifications.successUri.delivered, job.notifications.successUri.status],
      [false, 503],
    );
  });

  test('an address that is none is refused before the job exists', async () => {
    const { status, json } = await execute('echo', {
      inputs,
      subscriber: { successUri: 'file:///x', failedUri: 'nowhere' },
    });
    assert.equal(status, 400);
    assert.deepEqual(
      json.errors.map(({ pointer }: { pointer: string }) => pointer),
      ['/subscriber/successUri', '/subscriber/failedUri'],
    );
  });
});
