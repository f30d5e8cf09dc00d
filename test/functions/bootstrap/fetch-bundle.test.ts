import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it, mock } from 'node:test';
import { fetchObject, taskCredentials } from '../../../functions/bootstrap/fetch-bundle.ts';

/** What the server does with each request that comes: a status, or it hangs up. */
let answers: (number | 'hangs up')[] = [];
let seen: (string | undefined)[] = [];
let server: Server;
let host = '';

before(async () => {
  mock.method(console, 'warn', () => undefined);
  server = createServer((request, response) => {
    seen.push(request.headers.authorization);
    const answer = answers.shift() ?? 200;
    if (answer === 'hangs up') return void request.socket.destroy();
    response
      .writeHead(answer)
      .end(answer === 200 ? '{"AccessKeyId":"a","SecretAccessKey":"b","Token":"c"}' : 'no');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  seen = [];
});
after(async () => {
  mock.restoreAll();
  await new Promise((resolve) => server.close(resolve));
});

const keys = { accessKeyId: 'a', secretAccessKey: 'b' };
const pauses = [1, 1, 1];
const fetchBundle = () => fetchObject(new URL(`${host}/bucket/key.zip`), 'eu-west-1', keys, pauses);

describe('what a task of the large class begins with', () => {
  it('is fetched again where the server or the connection fails, signed anew', async () => {
    answers = [503, 'hangs up', 429];
    assert.match(new TextDecoder().decode(await fetchBundle()), /AccessKeyId/);
    assert.equal(seen.length, 4);
    assert.ok(seen.every((header) => header?.startsWith('AWS4-HMAC-SHA256 ')));
  });

  it('is given up after some attempts, with what the last one met', async () => {
    answers = [500, 500, 500, 502, 200];
    await assert.rejects(fetchBundle(), /answers 502: no/);
    assert.equal(seen.length, 4);
  });

  it('is not asked for again where it is refused', async () => {
    answers = [403];
    await assert.rejects(fetchBundle(), /answers 403: no/);
    assert.equal(seen.length, 1);
  });

  it('has its keys in the same way', async () => {
    answers = ['hangs up', 500];
    const env = { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/credentials/1' };
    assert.deepEqual(await taskCredentials(env, { host, pauses }), { ...keys, sessionToken: 'c' });
    answers = [404];
    await assert.rejects(taskCredentials(env, { host, pauses }), /answers 404/);
    assert.deepEqual(await taskCredentials({ AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' }), keys);
  });
});
