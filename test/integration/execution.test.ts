import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { serviceFromEnvironment } from '../support/service-client.ts';

const { get, execute, start, waitFor, baseUrl } = serviceFromEnvironment();
const pixel = Buffer.from('II*\0\x08\0\0\0').toString('base64');
const inputs = {
  message: 'teststring',
  numbers: [1, 2, 3],
  image: { value: pixel, mediaType: 'image/tiff' },
};

describe('synchronous execution', () => {
  test('/req/core/process-execute-default-execution-mode: no Prefer is 200 with the results', async () => {
    const { status, json, headers } = await execute('echo', { inputs: { message: 'a', numbers: [1] } });
    assert.equal(status, 200);
    assert.deepEqual(json, { message: 'a', numbers: [1], pause: 0 });
    assert.match(headers.get('link') ?? '', /ogc-results>; rel="profile"/);
    assert.equal(headers.get('location'), null);
  });

  test('/req/core/process-execute-sync-one: one output, negotiated', async () => {
    const body = { inputs, outputs: { message: {} } };
    assert.equal((await execute('echo', body)).text, '"teststring"');
    assert.equal((await execute('echo', body, { Accept: 'text/plain' })).text, 'teststring');
    assert.equal((await execute('echo', body, { Accept: 'video/mp4' })).status, 406);
  });

  test('/req/core/process-execute-input-inline-binary: bytes come back intact', async () => {
    const { status, headers, bytes } = await execute('echo', { inputs, outputs: { image: {} } });
    assert.equal(status, 200);
    assert.equal(headers.get('content-type'), 'image/tiff');
    assert.equal(Buffer.from(bytes).toString('base64'), pixel);
  });

  test('/req/core/process-execute-success-sync-empty-outputs: 204 without a body', async () => {
    const { status, bytes } = await execute('echo', { inputs, outputs: {} });
    assert.equal(status, 204);
    assert.equal(bytes.length, 0);
  });

  test('/req/core/process-execute-sync-raw-value-multi: multipart in the dialect of 1.0', async () => {
    const value = { transmissionMode: 'value' };
    const answer = await execute('echo', { inputs, outputs: { message: value, image: value } });
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type') ?? '', /^multipart\/related; boundary=/);
    assert.equal(answer.headers.get('link'), null);
    assert.match(answer.text, /Content-ID: message\r\n/);
    assert.ok(Buffer.from(answer.bytes).includes(Buffer.from(pixel, 'base64')));
  });

  test('/req/core/process-execute-sync-raw-ref: 204 with links that lead to the values', async () => {
    const answer = await execute('echo', { inputs, outputs: { message: { transmissionMode: 'reference' } } });
    assert.equal(answer.status, 204);
    const href = /^<([^>]+)>/.exec(answer.headers.get('link') ?? '')![1]!;
    assert.equal((await get(href)).text, '"teststring"');
  });

  test('/req/core/process-execute-sync-document: a map', async () => {
    const answer = await execute('echo', { inputs, outputs: { message: {} }, response: 'document' });
    assert.deepEqual(answer.json, { message: 'teststring' });
  });

  test('the example process of the standard echoes its inputs', async () => {
    const description = (await get('/processes/EchoProcess')).json;
    assert.ok(description.inputs.stringInput);
    const refused = await execute('EchoProcess', { inputs: { stringInput: 'Value9' } });
    assert.equal(refused.status, 400);
    const pointers = refused.json.errors.map(({ pointer }: { pointer: string }) => pointer);
    assert.ok(
      pointers.includes('/inputs/stringInput') && pointers.includes('/inputs/arrayInput'),
      pointers.join(),
    );
  });
});

describe('what is refused', () => {
  const cases: [string, unknown, number, Record<string, string>?][] = [
    ['a body that is not JSON', '{', 400],
    ['an empty body', '', 400],
    ['a missing input', {}, 400],
    ['what certification sends', { 'invalid-execute-request': 'true)' }, 400],
    ['an unknown output', { inputs, outputs: { nope: {} } }, 400],
    ['a body of another media type', JSON.stringify({ inputs }), 415, { 'Content-Type': 'text/plain' }],
    ['more than is taken inline', { inputs: { message: 'x'.repeat(5 * 1024 * 1024) } }, 413],
  ];
  for (const [name, body, expected, headers] of cases) {
    test(`${name}: ${expected}`, async () => {
      const { status, json, headers: answered } = await execute('echo', body, headers);
      assert.equal(status, expected);
      assert.match(answered.get('content-type') ?? '', /^application\/json/);
      assert.equal(json.status, expected);
      assert.equal(typeof json.type, 'string');
      assert.match(json.detail, /\w/);
    });
  }

  test('/req/core/process-exception/no-such-process', async () => {
    const { status, json } = await execute('nope', { inputs });
    assert.equal(status, 404);
    assert.equal(json.type, 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/no-such-process');
  });

  test('half of a surrogate pair, wherever it stands: never a fault of the service', async () => {
    for (const headers of [{}, { Prefer: 'respond-async' }] as Record<string, string>[]) {
      const { status, json } = await execute('echo', '{"inputs":{"message":"a\\ud800"}}', headers);
      assert.deepEqual([status, json.errors[0].pointer], [400, '/inputs/message']);
    }
    // As bytes it is no UTF-8 either.
    const half = '%ED%A0%80';
    for (const path of [
      `/processes/echo/execution?message=${half}`,
      `/processes/echo/execution?${half}=a`,
      `/processes/${half}`,
      `/processes?q=${half}`,
      `/jobs/${half}`,
      `/jobs?cursor=${half}`,
      `/jobs?processID=${half}`,
      `/collections/${half}`,
    ]) {
      const { status } = await get(path);
      assert.ok(status < 500, `${status} of ${path}`);
    }
  });

  test('a bad input makes no job', async () => {
    const before = (await get('/jobs?limit=1')).json.jobs[0]?.jobID;
    const refused = await execute('echo', { inputs: { message: 1 } }, { Prefer: 'respond-async' });
    assert.equal(refused.status, 400);
    assert.equal((await get('/jobs?limit=1')).json.jobs[0]?.jobID, before);
  });
});

describe('asynchronous execution', () => {
  test('/req/core/process-execute-success-async: 201, Location, statusInfo; then the results', async () => {
    const answer = await execute('echo', { inputs }, { Prefer: 'respond-async ', Accept: 'image/png' });
    assert.equal(answer.status, 201, answer.text);
    assert.equal(answer.headers.get('preference-applied'), 'respond-async');
    const { jobID, id, type, status } = answer.json;
    assert.deepEqual([id, type], [jobID, 'process']);
    assert.match(status, /^(accepted|running)$/);
    assert.equal(answer.headers.get('location'), `${baseUrl}/jobs/${jobID}`);
    const job = await waitFor(jobID, ['successful', 'failed']);
    assert.equal(job.status, 'successful', JSON.stringify(job));
    assert.equal(job.progress, 100);
    const link = job.links.find(({ rel }: { rel: string }) => rel.endsWith('/rel/ogc/1.0/results'));
    const results = (await get(link.href)).json;
    assert.equal(results.message, 'teststring');
    assert.deepEqual(results.image, { value: pixel, encoding: 'base64', mediaType: 'image/tiff' });
    const image = await get(`/jobs/${jobID}/results/image`);
    assert.equal(Buffer.from(image.bytes).toString('base64'), pixel);
    assert.equal((await get(`/jobs/${jobID}/results/nope`)).status, 400);
    assert.deepEqual((await get(`/jobs/${jobID}/results?outputs=message,numbers`)).json, {
      message: 'teststring',
      numbers: [1, 2, 3],
    });
    assert.equal((await get(`/jobs/${jobID}/results?outputs=nope`)).status, 400);
  });

  test('/req/core/job-results-exception/results-not-ready: while it runs', async () => {
    const jobID = await start('echo', { inputs: { message: 'a', pause: 4 } });
    const early = await get(`/jobs/${jobID}/results`);
    assert.equal(early.status, 404);
    assert.equal(
      early.json.type,
      'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/result-not-ready',
    );
    await waitFor(jobID, ['running']);
    const job = await waitFor(jobID, ['successful']);
    assert.ok(job.started >= job.created && job.finished >= job.started);
  });

  test('/req/core/process-execute-success-async-outputs-empty: nothing to fetch', async () => {
    const jobID = await start('echo', { inputs: { message: 'a' }, outputs: {} });
    await waitFor(jobID, ['successful']);
    const { status, json } = await get(`/jobs/${jobID}/results`);
    assert.equal(status, 404);
    assert.match(json.type, /result-not-available$/);
  });

  test('/req/core/job-results-async-raw-value-multi: the job remembers its dialect', async () => {
    const value = { transmissionMode: 'value' };
    const jobID = await start('echo', { inputs, outputs: { message: value, numbers: value } });
    await waitFor(jobID, ['successful']);
    const answer = await get(`/jobs/${jobID}/results`);
    assert.match(answer.headers.get('content-type') ?? '', /^multipart\/related/);
    assert.match(answer.text, /teststring/);
  });

  test('/req/core/job-results-failed: a refused reference fails the job by its cause', async () => {
    const jobID = await start('echo', {
      inputs: { message: { href: 'http://169.254.169.254/latest/meta-data' } },
    });
    const job = await waitFor(jobID, ['failed', 'successful']);
    assert.equal(job.status, 'failed');
    assert.equal(job.exception.status, 400);
    const { status, json } = await get(`/jobs/${jobID}/results`);
    assert.equal(status, 400);
    assert.equal(json.errors[0].pointer, '/inputs/message');
  });

  test('/rec/core/process-execute-honor-prefer: wait answers with results in time, else with 201', async () => {
    const soon = await execute(
      'echo',
      { inputs: { message: 'a' }, outputs: { message: {} } },
      { Prefer: 'wait=20' },
    );
    assert.equal(soon.status, 200, soon.text);
    assert.equal(soon.text, '"a"');
    assert.match(soon.headers.get('preference-applied') ?? '', /wait=20/);
    const late = await execute(
      'echo',
      { inputs: { message: 'a', pause: 8 } },
      { Prefer: 'respond-async, wait=1' },
    );
    assert.equal(late.status, 201);
    await waitFor(late.json.jobID, ['successful']);
  });
});

describe('large results', () => {
  const message = 'x'.repeat(3_500_000);

  test('an object of its own comes back whole', async () => {
    const answer = await execute('echo', { inputs: { message }, outputs: { message: {} } });
    assert.equal(answer.status, 200, answer.text.slice(0, 300));
    assert.equal(answer.json.length, message.length);
  });

  test('/rec/core/process-execute-sync-many-json-prefer-minimal: by link', async () => {
    const answer = await execute('echo', { inputs: { message, numbers: [1] } }, { Prefer: 'return=minimal' });
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.json.numbers, [1]);
    const linked = await get(answer.json.message.href);
    assert.equal(linked.json.length, message.length);
  });
});
