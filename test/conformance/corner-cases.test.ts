import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { jobStatuses } from '../../core/jobs/lifecycle.ts';
import { GuardedEgress } from '../../functions/egress/egress.ts';
import { exampleJob } from '../support/jobs.ts';
import { memoryService } from '../support/memory-service.ts';

/** What the standard's tables and prose leave to the reader of both versions, case by case. */
const service = memoryService();
const { get, execute, call, ports, baseUrl } = service;
const EX = 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0';
const value = { transmissionMode: 'value' };
const inputs = { message: 'a', numbers: [1, 2] };
/** What comes back: the pause has a default. */
const echoed = { ...inputs, pause: 0 };
const large = { message: 'y'.repeat(100_000), numbers: [1] };

/** Starts a job, lets it end, and gives its path. */
async function ended(body: object, from = service): Promise<string> {
  const { json, text } = await from.execute('echo', body, { Prefer: 'respond-async' });
  await from.ports.workflow.settled();
  assert.ok(json.jobID, text);
  return `/jobs/${json.jobID}`;
}

describe('preferences that were honoured', () => {
  const still = () => memoryService({ runJob: async () => undefined });

  test('/rec/core/process-execute-preference-applied: a job that did not end while its client waited says that it was waited for', async () => {
    const both = await still().execute('echo', { inputs }, { Prefer: 'respond-async, wait=1' });
    assert.deepEqual([both.status, both.headers.get('preference-applied')], [201, 'respond-async, wait=1']);
    const waited = await still().execute('echo', { inputs }, { Prefer: 'wait=1' });
    assert.deepEqual([waited.status, waited.headers.get('preference-applied')], [201, 'wait=1']);
  });

  test('/rec/core/process-execute-honor-prefer: what ends in time is answered with its results, also where a job is preferred', async () => {
    const { status, headers, json } = await execute('echo', { inputs }, { Prefer: 'respond-async, wait=5' });
    assert.deepEqual([status, headers.get('preference-applied'), json], [200, 'wait=5', echoed]);
  });

  test('nothing is said to be applied that was not', async () => {
    const cases: [prefer: string, expected: string | null][] = [
      ['handling=lenient', null],
      ['return=everything', null],
      ['return=minimal', 'return=minimal'],
      ['return=representation, wait=5', 'wait=5, return=representation'],
    ];
    for (const [prefer, expected] of cases) {
      const { status, headers } = await execute('echo', { inputs }, { Prefer: prefer });
      assert.deepEqual([status, headers.get('preference-applied')], [200, expected], prefer);
    }
    const small = memoryService({ settings: { inlineResultBytes: 60_000 } });
    const linked = await small.execute('echo', { inputs: large }, { Prefer: 'return=representation' });
    assert.ok(linked.json.message.href);
    assert.equal(linked.headers.get('preference-applied'), null);
  });

  test('the members of version 1.0 win over the preference', async () => {
    const body = { inputs: large, outputs: { message: value, numbers: value }, response: 'document' };
    const { json, headers } = await execute('echo', body, { Prefer: 'return=minimal' });
    assert.deepEqual(json, large);
    assert.equal(headers.get('preference-applied'), null);
  });
});

describe('Link', () => {
  test('/req/core/job-results-success-sync: leads to the job where one was made for an answer that was waited for', async () => {
    const requests: [request: object, status: number][] = [
      [{ inputs }, 200],
      [{ inputs, outputs: { message: value } }, 200],
      [{ inputs, outputs: {} }, 204],
    ];
    for (const [request, expected] of requests) {
      const from = memoryService();
      const { status, headers } = await from.execute('echo', request, { Prefer: 'wait=5' });
      assert.equal(status, expected);
      const [, monitor = ''] = /<([^>]+)>; rel="monitor"/.exec(headers.get('link') ?? '') ?? [];
      assert.equal((await from.get(monitor)).json.status, 'successful');
    }
  });

  const without: [name: string, body: object, headers?: Record<string, string>][] = [
    ['one output', { inputs, outputs: { message: {} } }],
    ['no output', { inputs, outputs: {} }],
    ['raw values of version 1.0', { inputs, outputs: { message: value, numbers: value } }],
    ['a document of version 1.0', { inputs, response: 'document' }],
    ['a job', { inputs }, { Prefer: 'respond-async' }],
    ['a package', { inputs }, { Accept: 'multipart/related' }],
    ['an error', { inputs: {} }],
  ];
  for (const [name, body, headers] of without) {
    test(`is not sent with ${name}`, async () => {
      assert.equal((await execute('echo', body, headers)).headers.get('link'), null);
    });
  }

  test('has a relation and a media type wherever it is a member', async () => {
    await ended({ inputs });
    const linksIn = (node: unknown): Record<string, unknown>[] => {
      if (typeof node !== 'object' || node === null) return [];
      return [
        'href' in node ? [node as Record<string, unknown>] : [],
        ...Object.values(node).map(linksIn),
      ].flat();
    };
    for (const path of ['/', '/conformance', '/processes', '/processes/echo', '/jobs', '/collections']) {
      const links = linksIn((await get(path)).json);
      assert.ok(links.length > 0, path);
      for (const link of links) assert.ok(link['rel'] && link['type'], JSON.stringify(link));
    }
  });
});

describe('outputs', () => {
  test('absent, null and empty are different things', async () => {
    for (const outputs of [undefined, null]) {
      assert.deepEqual((await execute('echo', { inputs, outputs })).json, echoed);
    }
    assert.equal((await execute('echo', { inputs, outputs: {} })).status, 204);
    assert.equal((await execute('echo', { inputs, outputs: {}, response: 'raw' })).status, 204);
  });

  const wrong: [outputs: unknown, pointer: string][] = [
    [['message'], '/outputs'],
    ['message', '/outputs'],
    [{ message: 'text' }, '/outputs/message'],
    [{ message: ['value'] }, '/outputs/message'],
    [{ message: { format: 'text/plain' } }, '/outputs/message/format'],
    [{ message: { format: { mediaType: 5 } } }, '/outputs/message/format/mediaType'],
    [{ message: { transmissionMode: 'pigeon' } }, '/outputs/message/transmissionMode'],
  ];
  for (const [outputs, pointer] of wrong) {
    test(`${JSON.stringify(outputs)} is refused with its place`, async () => {
      const { status, json } = await execute('echo', { inputs, outputs });
      assert.deepEqual([status, json.errors[0].pointer], [400, pointer]);
    });
  }

  test('what clients leave out they may also write as null', async () => {
    const message = { format: null, transmissionMode: null };
    const request = { inputs, outputs: { message }, response: null, subscriber: null };
    const { status, json } = await execute('echo', request);
    assert.deepEqual([status, json], [200, 'a']);
  });

  test('a transmission mode of one output makes the request one of version 1.0; the others go by value', async () => {
    const { status, headers, text } = await execute('echo', {
      inputs,
      outputs: { message: { transmissionMode: 'reference' }, numbers: {} },
    });
    assert.equal(status, 200);
    assert.match(headers.get('content-type') ?? '', /^multipart\/related/);
    assert.match(text, /Content-ID: numbers\r\nContent-Type: application\/json\r\n\r\n\[1,2\]\r\n/);
  });

  const point = { type: 'Point', coordinates: [5, 52] };
  const formats: [accept: string | undefined, status: number, type: string][] = [
    [undefined, 200, 'application/geo+json'],
    ['application/json', 200, 'application/json'],
    ['text/csv', 200, 'text/csv; charset=utf-8'],
    ['application/flatgeobuf, application/geo+json;q=0.5', 200, 'application/flatgeobuf'],
    ['video/mp4', 406, 'application/json'],
  ];
  for (const [accept, status, type] of formats) {
    test(`/req/core/process-execute-sync-one: of several formats Accept: ${accept} is ${status} ${type}`, async () => {
      const body = { inputs: { features: point, distance: 1 }, outputs: { result: {} } };
      const answer = await execute('buffer', body, accept === undefined ? {} : { Accept: accept });
      assert.deepEqual([answer.status, answer.headers.get('content-type')], [status, type], answer.text);
    });
  }

  test('Accept chooses the format also where a job is waited for, and is refused before there is one', async () => {
    const from = memoryService();
    const body = { inputs: { features: point, distance: 1 }, outputs: { result: {} } };
    const wait = (accept: string) => from.execute('buffer', body, { Prefer: 'wait=5', Accept: accept });
    assert.equal((await wait('text/csv')).headers.get('content-type'), 'text/csv; charset=utf-8');
    assert.equal((await wait('video/mp4')).status, 406);
    assert.equal((await from.get('/jobs')).json.jobs.length, 1);
  });

  test('/req/core/job-results-param-outputs-response: narrows a document, a package and a bare value', async () => {
    const document = await ended({ inputs, response: 'document' });
    assert.deepEqual((await get(`${document}/results?outputs=numbers`)).json, { numbers: [1, 2] });
    const raw = await ended({ inputs, outputs: { message: value, numbers: value } });
    const { text } = await get(`${raw}/results?outputs=numbers`);
    assert.match(text, /Content-ID: numbers/);
    assert.doesNotMatch(text, /Content-ID: message/);
    const one = await ended({ inputs, outputs: { message: {} } });
    assert.equal((await get(`${one}/results?outputs=message,message`)).text, '"a"');
  });

  test('/req/core/job-results-exception/results-not-available: declared but not asked for, as a parameter', async () => {
    const { status, json } = await get(
      `${await ended({ inputs, outputs: { message: {} } })}/results?outputs=numbers`,
    );
    assert.deepEqual([status, json.type], [404, `${EX}/result-not-available`]);
  });
});

describe('what each status answers', () => {
  const notReady = [404, `${EX}/result-not-ready`];
  const notAvailable = [404, `${EX}/result-not-available`];
  const exception = { type: 'InvalidParameterValue', title: 'An input is not valid', status: 400 };
  const rows: Readonly<Record<(typeof jobStatuses)[number], readonly unknown[]>> = {
    accepted: notReady,
    running: notReady,
    successful: [200, undefined],
    failed: [400, exception.type],
    dismissed: notAvailable,
  };

  for (const status of jobStatuses) {
    test(`/req/core/job-results-op, /req/dismiss/job-dismiss-status: a job that is ${status}`, async () => {
      const from = memoryService({ runJob: async () => undefined });
      const jobID = `job-${status}`;
      const details = { ...(status === 'failed' ? { exception } : {}), progress: 5 };
      await from.ports.jobs.create(exampleJob({ jobID, owner: 'anonymous', status, ...details }));
      const manifest = {
        processID: 'echo',
        outputs: [{ id: 'message', mediaType: 'application/json', size: 3, encoding: 'json', content: 'a' }],
      };
      await from.ports.storage.put(
        `jobs/${jobID}/results.json`,
        JSON.stringify(manifest),
        'application/json',
      );

      const job = await from.get(`/jobs/${jobID}`);
      assert.deepEqual([job.status, job.json.status], [200, status]);
      for (const path of ['results', 'results/message', 'results?outputs=message']) {
        const answer = await from.get(`/jobs/${jobID}/${path}`);
        assert.deepEqual([answer.status, answer.json.type], rows[status], path);
      }
      const unknown = await from.get(`/jobs/${jobID}/results/nope`);
      assert.deepEqual([unknown.status, unknown.json.type], [400, `${EX}/no-such-output`]);

      const dismissed = await from.call(`/jobs/${jobID}`, { method: 'DELETE' });
      assert.deepEqual([dismissed.status, dismissed.json.status], [200, 'dismissed']);
      const stays = status === 'accepted' || status === 'running';
      assert.equal((await from.get(`/jobs/${jobID}`)).status, stays ? 200 : 404);
      assert.deepEqual(from.ports.workflow.stopped, stays ? [jobID] : []);
      if (stays) return;
      for (const path of ['', '/results', '/results/message']) {
        const gone = await from.get(`/jobs/${jobID}${path}`);
        assert.deepEqual([gone.status, gone.json.type], [404, `${EX}/no-such-job`], path);
      }
    });
  }
});

describe('addresses that are not visited', () => {
  const guarded = () => memoryService({ egress: new GuardedEgress([]) as never });
  const addresses = [
    'http://169.254.169.254/latest/meta-data',
    'http://localhost/',
    'http://127.0.0.1:8080/x',
    'http://[::1]/',
    'https://10.0.0.1/x',
  ];

  for (const href of addresses) {
    test(`${href} as an input is 400, and fails a job with the same`, async () => {
      const from = guarded();
      const request = { inputs: { message: { href } } };
      const waited = await from.execute('echo', request);
      assert.deepEqual([waited.status, waited.json.errors[0].pointer], [400, '/inputs/message']);
      const job = (await from.get(await ended(request, from))).json;
      assert.deepEqual([job.status, job.exception.status], ['failed', 400]);
      assert.equal(job.exception.detail, waited.json.detail);
    });

    test(`/req/callback/job-callback: ${href} as a subscriber is 400, in the words of an input, and makes no job`, async () => {
      const from = guarded();
      const subscriber = {
        successUri: href,
        failedUri: 'https://subscriber.example/failed',
        inProgressUri: href,
      };
      const words = (await from.execute('echo', { inputs: { message: { href } } })).json.errors[0].detail;
      const body = { inputs, subscriber };
      const dry = { method: 'POST', body } as const;
      for (const answer of [
        await from.execute('echo', body),
        await from.execute('echo', body, { Prefer: 'respond-async' }),
        await from.call('/processes/echo/execution?dryRun=true', dry),
      ]) {
        assert.equal(answer.status, 400, answer.text);
        const { errors } = answer.json;
        assert.deepEqual(errors.map(({ pointer }: { pointer: string }) => pointer).sort(), [
          '/subscriber/inProgressUri',
          '/subscriber/successUri',
        ]);
        for (const { detail } of errors) assert.ok(words.startsWith(detail), `${detail} ${words}`);
      }
      assert.equal(from.ports.jobs.items.size, 0);
    });

    test(`/req/callback/job-callback: a subscriber at ${href} is refused when it is called, which the job says and does not fail for`, async () => {
      // As a name would be that only leads to such an address.
      const from = memoryService({
        egress: Object.assign(new GuardedEgress([]), { check: async () => undefined }) as never,
      });
      const subscriber = { successUri: href, inProgressUri: href, failedUri: href };
      const job = (await from.get(await ended({ inputs, subscriber }, from))).json;
      assert.equal(job.status, 'successful');
      assert.deepEqual(Object.keys(job.notifications).sort(), ['inProgressUri', 'successUri']);
      for (const { delivered, detail, status } of Object.values(job.notifications) as Record<
        string,
        unknown
      >[]) {
        assert.deepEqual([delivered, status], [false, undefined]);
        assert.match(detail as string, /not on the public internet/);
      }
    });
  }

  test('a subscriber is called at an address that the operator allows', async () => {
    const from = memoryService({ egress: new GuardedEgress(['127.0.0.1:8080']) as never });
    const ask = (successUri: string) =>
      from.call('/processes/echo/execution?dryRun=true', {
        method: 'POST',
        body: { inputs, subscriber: { successUri } },
      });
    assert.equal((await ask('http://127.0.0.1:8080/x')).status, 200);
    assert.equal((await ask('http://127.0.0.1:8081/x')).status, 400);
  });

  test('a subscriber is told nothing of an execution that makes no job', async () => {
    const subscriber = { successUri: 'https://subscriber.example/done' };
    assert.equal((await execute('echo', { inputs, subscriber })).status, 200);
    assert.deepEqual(ports.egress.posted, []);
  });

  test('a subscriber is told of a job that its client waited for', async () => {
    const from = memoryService();
    const subscriber = { successUri: 'https://subscriber.example/done' };
    await from.execute('echo', { inputs, subscriber }, { Prefer: 'wait=5' });
    await from.ports.workflow.settled();
    assert.equal(from.ports.egress.posted.length, 1);
  });
});

test('an execution that takes longer than a client can wait says what to do', async () => {
  const impatient = memoryService({ settings: { syncSeconds: 0.3 } });
  const { status, json } = await impatient.execute('echo', { inputs: { message: 'a', pause: 5 } });
  assert.equal(status, 504);
  assert.match(json.detail, /respond-async/);
});

test('/req/core/http: every path answers every method that it does not offer with 405 and Allow', async () => {
  const paths = [
    '/',
    '/conformance',
    '/api',
    '/processes',
    '/processes/echo',
    '/processes/echo/execution',
    '/uploads',
    '/jobs',
    '/jobs/a',
    '/jobs/a/results',
    '/jobs/a/results/message',
  ];
  for (const path of paths) {
    for (const method of ['PUT', 'PATCH']) {
      const { status, headers, json } = await call(path, { method, body: {} });
      assert.equal(status, 405, `${method} ${path}`);
      assert.match(headers.get('allow') ?? '', /(GET|POST).*OPTIONS$/);
      assert.ok(json.detail.startsWith(method));
    }
  }
});

test('a trailing slash makes no difference to what is answered, nor to its links', async () => {
  for (const path of ['/processes', '/processes/echo', '/jobs', '/conformance']) {
    const [plain, slashed] = [await get(path), await get(`${path}/`)];
    assert.deepEqual([slashed.status, slashed.json], [plain.status, plain.json]);
    const page = (await get(`${path}/?f=html`)).text;
    assert.ok(page.includes(`href="${baseUrl}${path}?f=json"`), path);
  }
});

test('identifiers may be percent-encoded, and are otherwise compared as they are', async () => {
  assert.equal((await get('/processes/ech%6F')).json.id, 'echo');
  const path = await ended({ inputs });
  assert.equal((await get(`${path}/results/mess%61ge`)).text, '"a"');
  for (const id of ['ECHO', 'echo%20', '__proto__', 'constructor', '%E0%A4%A']) {
    const { status, json } = await get(`/processes/${id}`);
    assert.deepEqual([status, json.type], [404, `${EX}/no-such-process`], id);
  }
});
