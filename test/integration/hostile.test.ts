import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import { allowedMethods, operationList } from '../../core/api/operations.ts';
import { serviceFromEnvironment } from '../support/service-client.ts';
import { unlessBroken } from './support/emulator-bugs.ts';

/*
 * Requests that no client sends by itself, as they come through a gateway: none is answered with a fault of the service, and none gets
 * what is not meant.
 */
const { get, call, start, execute, remove, waitFor } = serviceFromEnvironment();
const base = new URL(process.env['BASE_URL'] ?? '');

/** Sends a path and header lines exactly as they are written. */
function send(method: string, path: string, lines: readonly string[] = [], body = '') {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sending = request(
      {
        host: base.hostname,
        port: base.port,
        method,
        path: `${base.pathname}${path}`,
        headers: lines as never,
        setHost: true,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
        );
      },
    );
    sending.on('error', reject);
    sending.end(body);
  });
}

/** Sends bytes as they are. @returns what came back until nothing more did */
function sendBytes(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(base.port), base.hostname, () => socket.write(bytes));
    let answered = '';
    socket.setTimeout(3000, () => socket.destroy());
    socket.on('data', (chunk) => {
      answered += chunk.toString();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answered));
  });
}

const paths = [...new Set(operationList.map(({ path }) => path))].map((path) => ({
  path,
  there: path
    .replace('{processID}', 'echo')
    .replace('{jobID}', randomUUID())
    .replace('{collectionID}', 'none.result')
    .replaceAll(/\{\w+\}/g, 'none'),
}));

describe('each path', () => {
  test('says by OPTIONS what it takes, and answers every method without a fault', async () => {
    for (const { path, there } of paths) {
      const { status, headers } = await call(there, { method: 'OPTIONS' });
      assert.ok(status === 200 || status === 204, `OPTIONS ${path}: ${status}`);
      const allowed = (headers.get('access-control-allow-methods') ?? '').split(/,\s*/).sort();
      assert.deepEqual(allowed, [...allowedMethods(path)].sort(), path);
      for (const method of ['HEAD', 'PUT', 'PATCH', 'DELETE']) {
        const answer = await call(there, { method });
        assert.ok(answer.status < 500, `${method} ${path}: ${answer.status} ${answer.text}`);
        if (method === 'HEAD') assert.equal(answer.text, '');
        if (method === 'PATCH') assert.equal(answer.status, 405, path);
      }
    }
  });

  test('takes no other one by dots, slashes and signs in another code', async () => {
    const jobID = await start('echo', { inputs: { message: 'mine' } });
    await waitFor(jobID, ['successful']);
    for (const path of [
      '/jobs/..',
      '/jobs/%2e%2e/processes',
      '/jobs/..%2fprocesses',
      '/jobs/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
      `/jobs/x%2f..%2f${jobID}`,
      `/jobs/${jobID}%2fresults`,
      `/jobs/${jobID}%00`,
      `/jobs/${jobID}%20`,
      `/jobs/${jobID.toUpperCase()}x`,
      `/jobs/${jobID}/results/..%2f..%2f${jobID}%2frequest.json`,
      `/jobs/${jobID}/results/%2e%2e`,
      `/jobs/${jobID}/results/message%00.html`,
      '/assets/..%2f..%2fpackage.json',
      '/assets/%2e%2e/%2e%2e/etc/passwd',
      '/assets/..;/x',
      '/processes/echo%2f..%2fbuffer',
      '/processes/__proto__',
      '/processes/constructor',
      '/collections/..%2f..',
      `/collections/${jobID}.%2e%2e/items`,
      '/processes/%ff%fe',
      '/processes/%e2%80%aeohce',
      `/jobs/${'a'.repeat(5000)}`,
    ]) {
      const { status, text } = await send('GET', path);
      assert.ok(status >= 300 && status < 500, `${path}: ${status} ${text.slice(0, 200)}`);
      assert.doesNotMatch(text, /root:|"mine"|"devDependencies"/, path);
    }
  });
});

describe('header lines', () => {
  const bombs: readonly (readonly [string, readonly string[]])[] = [
    ['a field of blanks', ['Accept', `x${' '.repeat(9000)}x`]],
    ['thousands of media types', ['Accept', 'text/html;q=0.1,'.repeat(500)]],
    ['hundreds of ranges', ['Range', `bytes=${'0-1,'.repeat(1500)}2-3`]],
    ['a long field that nobody knows', ['X-Anything', 'x'.repeat(9000)]],
    ['a scheme that is none', ['X-Forwarded-Proto', 'javascript']],
    ['a host that is none', ['X-Forwarded-Host', 'evil.example']],
    ['a field twice, in other letters', ['Accept', 'application/json', 'ACCEPT', 'text/html;q=0.1']],
    ['languages without end', ['Accept-Language', 'a,'.repeat(4000)]],
    ['tags without end', ['If-None-Match', 'W/"a",'.repeat(1000)]],
  ];
  for (const [name, lines] of bombs)
    test(`${name}: an answer, and no fault`, async () => {
      for (const path of ['/processes', '/processes/echo', '/jobs?limit=1']) {
        const { status, text } = await send('GET', path, lines);
        assert.ok(status > 0 && status < 500, `${path}: ${status} ${text.slice(0, 300)}`);
        assert.doesNotMatch(text, /javascript:|evil\.example/);
        assert.ok(text.length < 500_000, `${text.length} characters`);
      }
    });

  test('with two keys for one request make no job', async () => {
    const lines = [
      'Content-Type',
      'application/json',
      'Prefer',
      'respond-async',
      'Idempotency-Key',
      '"a"',
      'idempotency-key',
      '"b"',
    ];
    const { status } = await send('POST', '/processes/echo/execution', lines, '{"inputs":{"message":"a"}}');
    assert.equal(status, 400);
  });

  test('with two lengths, or a length and chunks, smuggle no second request', async () => {
    const inner = `DELETE ${base.pathname}/jobs/${randomUUID()} HTTP/1.1\r\nHost: ${base.host}\r\n\r\n`;
    const head = `POST ${base.pathname}/processes/echo/execution HTTP/1.1\r\nHost: ${base.host}\r\nContent-Type: application/json\r\nConnection: close\r\n`;
    for (const framing of [
      `Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
      `Content-Length: 0\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`,
      `Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${inner}`,
    ]) {
      const answered = await sendBytes(head + framing);
      const statuses = [...answered.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
      assert.ok(statuses.length <= 1, `${framing.slice(0, 60)}: ${statuses}`);
      assert.ok(
        statuses.every((status) => (status >= 400 && status < 500) || status === 501),
        `${statuses}`,
      );
    }
  });
});

describe('links to results', () => {
  test('are good for nothing once the job is gone', async () => {
    const { json } = await execute(
      'echo',
      { inputs: { message: 'x'.repeat(50_000) } },
      { Prefer: 'respond-async' },
    );
    await waitFor(json.jobID, ['successful']);
    const answer = await call(`/jobs/${json.jobID}/results/message`, {
      headers: { Prefer: 'return=minimal' },
    });
    const manifest = await get(`/jobs/${json.jobID}/results`);
    assert.ok(answer.status < 400 && manifest.status < 400);
    const signed = answer.headers.get('location');
    await remove(`/jobs/${json.jobID}`);
    assert.ok([404, 410].includes((await get(`/jobs/${json.jobID}/results/message`)).status));
    if (!signed) return;
    const after = await fetch(signed);
    await after.body?.cancel();
    assert.ok([403, 404].includes(after.status), `${after.status}`);
  });

  test('are refused with another query', unlessBroken('presignedSignatures'), async () => {
    const { json } = await call('/uploads', { method: 'POST', body: { mediaType: 'text/csv', size: 5 } });
    for (const [name, value] of [
      ['X-Amz-Expires', '604800'],
      ['response-content-type', 'text/html'],
      ['X-Amz-SignedHeaders', 'host'],
    ] as const) {
      const url = new URL(json.upload.href);
      url.searchParams.set(name, value);
      const put = await fetch(url, {
        method: 'PUT',
        headers: { 'Content-Type': 'text/csv' },
        body: 'a,b\n1',
      });
      await put.body?.cancel();
      assert.equal(put.status, 403, name);
    }
  });
});

test('cursors that somebody made up, cut or took from another list are refused', async () => {
  for (let count = 0; count < 3; count++) await start('echo', { inputs: { message: 'a' } });
  const { json } = await get('/jobs?limit=1');
  const next = json.links.find(({ rel }: { rel: string }) => rel === 'next');
  const cursor = new URL(next.href).searchParams.get('cursor') ?? '';
  const flipped = cursor.slice(0, -2) + (cursor.at(-2) === 'A' ? 'B' : 'A') + cursor.slice(-1);
  for (const forged of [
    flipped,
    cursor.slice(0, -4),
    `${cursor}AAAA`,
    `${cursor}=`,
    'x',
    '%00',
    'A'.repeat(2000),
  ])
    assert.equal((await get(`/jobs?limit=1&cursor=${encodeURIComponent(forged)}`)).status, 400, forged);
  assert.equal((await get(`/jobs?limit=1&status=failed&cursor=${encodeURIComponent(cursor)}`)).status, 400);
  assert.equal((await get(`/jobs?limit=1&cursor=${encodeURIComponent(cursor)}`)).status, 200);
});
