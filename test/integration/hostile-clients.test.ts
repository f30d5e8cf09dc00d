import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, serviceFromEnvironment } from '../support/service-client.ts';
import { unlessBroken } from './support/emulator-bugs.ts';

/*
 * What clients do to each other and to the service on purpose or by mistake, between the requests that every client sends: the same thing
 * twice, at once, too early, too late or under a false name.
 */
const { get, call, start, execute, remove, waitFor } = serviceFromEnvironment();
const base = new URL(process.env['BASE_URL'] ?? '');

const layer = (name: string) =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: [
      { type: 'Feature', id: 'a', properties: { name }, geometry: { type: 'Point', coordinates: [7, 51] } },
    ],
  });

const mediaType = 'application/geo+json';

/** Announces an upload of some bytes. */
async function announce(bytes: string) {
  const { status, json, text } = await call('/uploads', {
    method: 'POST',
    body: { mediaType, size: Buffer.byteLength(bytes) },
  });
  assert.equal(status, 201, text);
  return json as { href: string; upload: { href: string; headers: Record<string, string> } };
}

async function put(
  href: string,
  body: string,
  headers: Record<string, string> = { 'Content-Type': mediaType },
) {
  const response = await fetch(href, { method: 'PUT', headers, body });
  await response.body?.cancel();
  return response.status;
}

const buffer = (href: string) => ({ inputs: { features: { href }, distance: 10 } });

function assertRefused({ status, text }: Pick<Answer, 'status' | 'text'>, what: string): void {
  assert.ok(status >= 400 && status < 500, `${what}: ${status} ${text.slice(0, 300)}`);
}

/** Sends bytes, and half-closes. @returns what came back until the other side closed, or nothing more came for some seconds */
function sendBytes(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(base.port), base.hostname, () => socket.end(bytes));
    let answered = '';
    socket.setTimeout(5000, () => socket.destroy());
    socket.on('data', (chunk) => {
      answered += chunk.toString();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answered));
  });
}

describe('an upload', { concurrency: true }, () => {
  test('that was announced and not sent is refused as an input, with what to do', async () => {
    const { href } = await announce(layer('a'));
    const { status, text } = await execute('buffer', buffer(href));
    assert.equal(status, 400, text);
    assert.match(text, /PUT|upload/i);
  });

  test('that is sent twice is what was sent last, also while it is read', async () => {
    const { href, upload } = await announce(layer('a'));
    assert.equal(await put(upload.href, layer('a'), upload.headers), 200);
    const running = Array.from({ length: 6 }, () => execute('buffer', buffer(href)));
    const sent = await Promise.all(
      ['b', 'c', 'b'].map((name) => put(upload.href, layer(name), upload.headers)),
    );
    assert.deepEqual(sent, [200, 200, 200]);
    for (const { status, json, text } of await Promise.all(running)) {
      assert.ok(status === 200 || status === 400, `${status} ${text}`);
      if (status === 200) assert.match(json.features[0].properties.name, /^[abc]$/);
    }
    assert.equal(await put(upload.href, layer('z'), upload.headers), 200);
    assert.equal((await execute('buffer', buffer(href))).json.features[0].properties.name, 'z');
  });

  test('of what is not what it was called is refused where it is read', async () => {
    const bytes = `{"type":"FeatureCollection","features":[${' '.repeat(30)}`;
    const { href, upload } = await announce(bytes);
    assert.equal(await put(upload.href, bytes, upload.headers), 200);
    const answer = await execute('buffer', buffer(href));
    assertRefused(answer, 'cut off');
  });

  test('is found by its own address only', async () => {
    const { href, upload } = await announce(layer('a'));
    await put(upload.href, layer('a'), upload.headers);
    for (const other of [
      `${href}/`,
      `${href}/..`,
      `${href}?x=1`,
      `${href}%00`,
      href.toUpperCase(),
      href.replace('/uploads/', '/uploads/../uploads/'),
      href.replace('/uploads/', '//uploads/'),
      href.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
    ]) {
      const answer = await execute('buffer', buffer(other));
      // What a URL makes the same address of is the same address.
      if (answer.status !== 200) assertRefused(answer, other);
      else assert.equal(URL.parse(other)?.pathname, URL.parse(href)?.pathname, other);
    }
  });

  test('is still there for another job when the first one that reads it is dismissed', async () => {
    const { href, upload } = await announce(layer('a'));
    await put(upload.href, layer('a'), upload.headers);
    const jobID = await start('buffer', buffer(href));
    assert.equal((await remove(`/jobs/${jobID}`)).status, 200);
    const { status, text } = await execute('buffer', buffer(href));
    assert.equal(status, 200, text);
  });
});

describe('a job', { concurrency: true }, () => {
  test('that many dismiss at once is dismissed, and nobody gets a fault', async () => {
    const jobID = await start('echo', { inputs: { message: 'x', pause: 3 } });
    const answers = await Promise.all([
      ...Array.from({ length: 8 }, () => remove(`/jobs/${jobID}`)),
      ...['', '/results', '/logs', '/results/message'].map((path) => get(`/jobs/${jobID}${path}`)),
    ]);
    for (const { status, text } of answers) assert.ok(status < 500, `${status} ${text}`);
    await sleep(4000);
    const { status, json } = await get(`/jobs/${jobID}`);
    assert.ok(status === 404 || status === 410 || json.status === 'dismissed', `${status}`);
  });

  test('that is dismissed while its client waits is told to the client', async () => {
    const title = `waited for ${randomUUID()}`;
    const waiting = execute('echo', { title, inputs: { message: 'x', pause: 6 } }, { Prefer: 'wait=15' });
    let jobID: string | undefined;
    for (let attempt = 0; attempt < 50 && jobID === undefined; attempt++) {
      await sleep(100);
      const { json } = await get('/jobs?limit=50');
      jobID = json.jobs.find((job: { title?: string }) => job.title === title)?.jobID;
    }
    assert.ok(jobID);
    await remove(`/jobs/${jobID}`);
    const { status, text } = await waiting;
    assert.ok(status < 500, `${status} ${text}`);
  });

  test('whose client goes away while it waits ends all the same', async () => {
    const title = `left alone ${randomUUID()}`;
    const leaving = new AbortController();
    const asked = fetch(`${base.href.replace(/\/$/, '')}/processes/echo/execution`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Prefer: 'wait=10' },
      body: JSON.stringify({ title, inputs: { message: 'x', pause: 2 } }),
      signal: leaving.signal,
    }).catch(() => undefined);
    await sleep(1000);
    leaving.abort();
    await asked;
    const { json } = await get('/jobs?limit=50');
    const job = json.jobs.find((one: { title?: string }) => one.title === title);
    assert.ok(job);
    await waitFor(job.jobID, ['successful']);
  });

  test('that has not ended is no input, and one that was dismissed neither', async () => {
    const jobID = await start('echo', { inputs: { message: 'x', pause: 3 } });
    const href = `${base.href.replace(/\/$/, '')}/jobs/${jobID}/results/message`;
    assertRefused(await execute('buffer', buffer(href)), 'running');
    await remove(`/jobs/${jobID}`);
    assertRefused(await execute('buffer', buffer(href)), 'dismissed');
  });

  test('is dismissed neither by a header that names another method, nor where it must not be there', async () => {
    const jobID = await start('echo', { inputs: { message: 'mine' } });
    await waitFor(jobID, ['successful']);
    for (const name of ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override', '_method'])
      await get(`/jobs/${jobID}?_method=DELETE`, { [name]: 'DELETE' });
    const conditional = { method: 'DELETE', headers: { 'If-None-Match': '*' } };
    assert.equal((await call(`/jobs/${jobID}`, conditional)).status, 412);
    assert.equal((await get(`/jobs/${jobID}`)).json.status, 'successful');
  });
});

describe('an Idempotency-Key', { concurrency: true }, () => {
  const withKey = (key: string) => ({ 'Idempotency-Key': key, Prefer: 'respond-async' });

  test('that comes with several requests at once stands for one of them', async () => {
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        execute('echo', { inputs: { message: `message ${index % 3}` } }, withKey(key)),
      ),
    );
    const made = answers.filter(({ status }) => status === 201).map(({ json }) => json.jobID);
    assert.equal(new Set(made).size, 1);
    for (const { status, text } of answers) assert.ok([201, 409, 422].includes(status), `${status} ${text}`);
  });

  test('of a job that was deleted starts no other one', async () => {
    const key = randomUUID();
    const body = { inputs: { message: 'x' } };
    const first = await execute('echo', body, withKey(key));
    await waitFor(first.json.jobID, ['successful']);
    await remove(`/jobs/${first.json.jobID}`);
    const again = await execute('echo', body, withKey(key));
    assert.equal(again.status, 410, again.text);
  });

  test('of another process or body is refused', async () => {
    const key = randomUUID();
    await execute('echo', { inputs: { message: 'x' } }, withKey(key));
    assert.equal((await execute('echo', { inputs: { message: 'y' } }, withKey(key))).status, 422);
    const other = { inputs: { features: { type: 'Point', coordinates: [7, 51] }, distance: 1 } };
    assert.equal((await execute('buffer', other, withKey(key))).status, 422);
  });
});

describe('a body', { concurrency: true }, () => {
  const bodies: readonly (readonly [name: string, body: string])[] = [
    ['that gives its inputs twice', '{"inputs":{"message":"a"},"inputs":{"message":"b"}}'],
    ['that gives an input twice', '{"inputs":{"message":"a","message":"b"}}'],
    ['that gives an input twice, once in another code', '{"inputs":{"message":"a","\\u006dessage":"b"}}'],
    ['that nests 200 000 arrays', `{"inputs":{"message":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`],
    ['that nests 100 000 objects', `${'{"inputs":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['of two documents', '{"inputs":{"message":"a"}}{"inputs":{"message":"b"}}'],
    ['in UTF-16', Buffer.from('{"inputs":{"message":"a"}}', 'utf16le').toString('latin1')],
    ['with a number without end', `{"inputs":{"message":"a","pause":${'9'.repeat(100_000)}}}`],
    ['with an exponent without end', '{"inputs":{"message":"a","pause":1e999999999}}'],
    ['that names outputs of every object', '{"inputs":{"message":"a"},"outputs":{"constructor":{}}}'],
    [
      'that names 20 000 outputs',
      JSON.stringify({
        outputs: Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`o${index}`, {}])),
      }),
    ],
  ];
  const sendBody = async (
    name: string,
    body: string,
    headers: Record<string, string> = {},
  ): Promise<void> => {
    const { status, text } = await call('/processes/echo/execution', {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json', ...headers },
    });
    assertRefused({ status, text }, name);
    assert.ok(text.length < 50_000, `${text.length} characters`);
  };
  for (const [name, body] of bodies) test(`${name} is refused`, () => sendBody(name, body));

  test('that is not compressed, as it says, is refused', unlessBroken('bodiesThatAreNotGzip'), () =>
    sendBody('not compressed', '{"inputs":{}}', { 'Content-Encoding': 'gzip' }),
  );

  test('whose length is not what it says holds up nobody', async () => {
    const head = (length: number) =>
      `POST ${base.pathname}/processes/echo/execution HTTP/1.1\r\nHost: ${base.host}\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n`;
    const body = '{"inputs":{"message":"a"}}';
    for (const length of [body.length + 1000, body.length - 5, 0]) {
      const answered = await sendBytes(head(length) + body);
      assert.doesNotMatch(answered, /^HTTP\/1\.1 5/m, String(length));
      assert.ok((answered.match(/^HTTP\/1\.1 /gm) ?? []).length <= 1, answered);
      assert.doesNotMatch(answered, /^HTTP\/1\.1 2/m, String(length));
    }
    assert.equal((await get('/')).status, 200);
  });
});

describe('filters that never end', { concurrency: true }, () => {
  const features = JSON.parse(layer('a'.repeat(5000)));
  for (const [name, filter] of [
    ['of patterns within patterns', `name LIKE '${'%a'.repeat(200)}%b'`],
    ['of brackets', `${'('.repeat(20_000)}name = 'a'${')'.repeat(20_000)}`],
    ['of negations', `${'NOT '.repeat(20_000)}name = 'a'`],
    ['of alternatives', Array.from({ length: 20_000 }, () => "name = 'b'").join(' OR ')],
    ['of numbers beyond the range', 'name = 1e999'],
    ['of powers of powers', 'name = 9 ^ 9 ^ 9 ^ 9 ^ 9'],
  ] as const)
    test(`${name} are answered at once, or refused`, async () => {
      const { status, text } = await execute('filter', { inputs: { features, filter } });
      assert.ok(status < 500, `${status} ${text.slice(0, 300)}`);
    });
});

describe('what is sent back', { concurrency: true }, () => {
  test('has no header that a client has put into it', async () => {
    const injected = '%0d%0aSet-Cookie:%20a=b%0d%0aX-Injected:%20yes';
    for (const path of [
      `/jobs?limit=1&x=${injected}`,
      `/processes?limit=1&${injected}=1`,
      `/processes/echo${injected}`,
      `/jobs/${injected}`,
      `/collections/${injected}/items`,
      `/processes/echo/execution?message=${injected}`,
      `/processes/echo/execution?message=a&f=${injected}`,
    ]) {
      const { status, headers, text } = await get(path);
      assert.ok(status < 500, `${path}: ${status} ${text}`);
      assert.deepEqual([headers.get('set-cookie'), headers.get('x-injected')], [null, null], path);
    }
    const jobID = await start('echo', { title: 'a title', inputs: { message: 'a\r\nSet-Cookie: a=b' } });
    await waitFor(jobID, ['successful']);
    assert.equal((await get(`/jobs/${jobID}/results/message`)).headers.get('set-cookie'), null);
  });

  test('lets pages of other origins read, and never with credentials', async () => {
    for (const Origin of ['https://evil.example', 'null', base.origin]) {
      const { headers } = await get('/jobs?limit=1', { Origin });
      assert.equal(headers.get('access-control-allow-origin'), '*');
      assert.equal(headers.get('access-control-allow-credentials'), null);
    }
  });

  test('to methods that nobody knows is no fault', async () => {
    for (const method of ['TRACE', 'PROPFIND', 'get', 'CONNECT', 'PURGE']) {
      const answered = await sendBytes(
        `${method} ${base.pathname}/processes HTTP/1.1\r\nHost: ${base.host}\r\nConnection: close\r\n\r\n`,
      );
      assert.doesNotMatch(answered, /^HTTP\/1\.1 5(?!01)/m, method);
    }
    assert.equal((await get('/')).status, 200);
  });
});

test('a job that tells the service itself of its end makes no other one', async () => {
  const here = base.href.replace(/\/$/, '');
  const title = `to itself ${randomUUID()}`;
  for (const successUri of [`${here}/processes/echo/execution`, `${here}/jobs`, `${here}/uploads`]) {
    const { status, json, text } = await execute(
      'echo',
      { title, inputs: { message: 'x' }, subscriber: { successUri } },
      { Prefer: 'respond-async' },
    );
    // The addresses of an emulator are private ones, which are refused at once.
    if (status !== 201) assertRefused({ status, text }, successUri);
    else await waitFor(json.jobID, ['successful', 'failed']);
  }
  await sleep(1000);
  const { json } = await get('/jobs?limit=100');
  assert.ok(json.jobs.filter((job: { title?: string }) => job.title === title).length <= 3);
});
