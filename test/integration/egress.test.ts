import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { OpenOptions } from '../../core/ports.ts';
import { InvalidInput, LimitExceeded, RemoteServerFailed } from '../../core/shared/errors.ts';
import { GuardedEgress } from '../../functions/egress/egress.ts';

const file = Uint8Array.from({ length: 400_000 }, (_, index) => (index * 31) % 251);
const pointer = '/inputs/features';
const requests: { url: string; range: string | undefined; encoding: string | undefined }[] = [];
let server: Server;
let host: string;
let egress: GuardedEgress;

const answers: Record<string, (request: IncomingMessage, response: ServerResponse) => unknown> = {
  '/ranges': (request, response) => sendRange(file, request, response),
  '/small': (request, response) => sendRange(file.subarray(0, 100), request, response),
  '/empty': (_, response) => response.writeHead(416, { 'Content-Range': 'bytes */0' }).end(),
  '/plain': (_, response) =>
    response.writeHead(200, { 'Content-Type': 'application/geo+json' }).end('{"a":1}'),
  '/large': (_, response) => response.writeHead(200, { 'Content-Length': file.length }).end(file),
  '/unsized': (_, response) => {
    response.writeHead(200);
    for (let part = 0; part < 8; part++) response.write(file.subarray(part * 50_000, (part + 1) * 50_000));
    response.end();
  },
  '/changing': (request, response) =>
    sendRange(file, request, response, `"${requests.filter(({ url }) => url === '/changing').length}"`),
  '/compressed': (_, response) =>
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('what was compressed')),
  '/brotli': (_, response) =>
    response.writeHead(200, { 'Content-Encoding': 'BR' }).end(brotliCompressSync('what was compressed')),
  '/deflate': (_, response) =>
    response.writeHead(200, { 'Content-Encoding': 'deflate' }).end(deflateSync('what was compressed')),
  '/bomb': (_, response) =>
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1_000_000))),
  '/damaged': (_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('x'),
  '/unknown-encoding': (_, response) =>
    response.writeHead(200, { 'Content-Encoding': 'constructor' }).end('x'),
  '/missing': (_, response) => response.writeHead(404).end(),
  '/busy': (_, response) => response.writeHead(503).end(),
  '/resting': (_, response) => response.writeHead(503, { 'Retry-After': '3600' }).end(),
  // Gives its beginning, and then no more.
  '/dying': (request, response) =>
    request.headers.range?.startsWith('bytes=0-')
      ? sendRange(file, request, response)
      : response.writeHead(503).end(),
  '/expiring': (request, response) =>
    request.headers.range?.startsWith('bytes=0-')
      ? sendRange(file, request, response)
      : response.writeHead(403).end(),
  // Fails each range once.
  ...Object.fromEntries(
    ['503', '429', '500', 'reset', 'short'].map((how) => [
      `/flaky?${how}`,
      (request: IncomingMessage, response: ServerResponse) => {
        const { url, headers } = request;
        const asked = requests.filter((past) => past.url === url && past.range === headers.range).length;
        if (asked > 1) sendRange(file, request, response);
        else if (how === 'reset') response.destroy();
        else if (how === 'short') sendRange(file, request, response, '"1"', 1);
        else response.writeHead(Number(how)).end();
      },
    ]),
  ),
  '/nothing': () => undefined,
  '/broken': (_, response) =>
    response.writeHead(200, { 'Content-Length': 1000 }).write('x', () => response.destroy()),
  '/moved': (_, response) => response.writeHead(302, { Location: '/ranges' }).end(),
  '/loop': (_, response) => response.writeHead(302, { Location: '/loop' }).end(),
  '/to-metadata': (_, response) =>
    response.writeHead(302, { Location: 'http://169.254.169.254/latest/meta-data' }).end(),
  '/to-file': (_, response) => response.writeHead(302, { Location: 'file:///etc/passwd' }).end(),
  '/callback': async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const isRight = body === '{"a":1}' && request.headers['signature'] === 's';
    response.writeHead(isRight ? 202 : 400).end('thank you');
  },
};

function sendRange(
  bytes: Uint8Array,
  request: IncomingMessage,
  response: ServerResponse,
  etag = '"1"',
  missing = 0,
) {
  const [, first = '0', last = ''] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [];
  const end = Math.min(Number(last || bytes.length - 1), bytes.length - 1);
  response.writeHead(206, {
    'Content-Range': `bytes ${first}-${end}/${bytes.length}`,
    'Content-Type': 'image/tiff',
    ETag: etag,
  });
  response.end(bytes.subarray(Number(first), end + 1 - missing));
}

before(async () => {
  server = createServer((request, response) => {
    const { url = '', headers } = request;
    requests.push({ url, range: headers.range, encoding: headers['accept-encoding'] as string | undefined });
    (answers[url] ?? answers['/missing']!)(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  egress = new GuardedEgress([host]);
});

after(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const open = (path: string, options: Partial<OpenOptions> = {}) =>
  egress.open(`http://${host}${path}`, { pointer, ...options });

const refusedWith = (pattern: RegExp) => (error: unknown) => {
  assert.ok(error instanceof InvalidInput, String(error));
  assert.deepEqual([error.status, error.faults[0]?.pointer], [400, pointer]);
  assert.match(error.detail ?? '', pattern);
  return true;
};

describe('a server with ranges', () => {
  test('is asked for what is read only, after one request for the beginning', async () => {
    requests.length = 0;
    const source = await open('/ranges');
    assert.equal(await source.size(), file.length);
    assert.equal(source.mediaType, 'image/tiff');
    assert.deepEqual(Uint8Array.from(await source.read(10, 20)), file.slice(10, 30));
    assert.deepEqual(Uint8Array.from(await source.read(300_000, 1000)), file.slice(300_000, 301_000));
    assert.deepEqual(
      requests.map(({ range }) => range),
      ['bytes=0-131071', 'bytes=300000-300999'],
    );
    assert.deepEqual(new Set(requests.map(({ encoding }) => encoding)), new Set(['identity']));
  });

  test('ends where the file ends', async () => {
    const source = await open('/ranges');
    assert.deepEqual(Uint8Array.from(await source.read(file.length - 5, 100)), file.slice(-5));
    assert.equal((await source.read(file.length, 10)).length, 0);
    assert.equal((await source.read(file.length + 10, 10)).length, 0);
    const small = await open('/small');
    assert.deepEqual(Uint8Array.from(await small.read(90, 100)), file.slice(90, 100));
    assert.equal((await small.bytes()).length, 100);
  });

  test('gives everything', async () => {
    const source = await open('/ranges');
    assert.deepEqual(Uint8Array.from(await source.bytes()), file);
    const empty = await open('/empty');
    assert.deepEqual([await empty.size(), (await empty.bytes()).length], [0, 0]);
  });

  test('may have a large file of which little is read, but not all', async () => {
    const source = await open('/ranges', { maximumBytes: 200_000 });
    assert.equal((await source.read(200_000, 1000)).length, 1000);
    await assert.rejects(source.bytes(), (error) => {
      assert.ok(error instanceof LimitExceeded);
      assert.match(error.detail ?? '', /400000 bytes.*200000/);
      return true;
    });
  });

  test('must not change the file meanwhile', async () => {
    const source = await open('/changing');
    await assert.rejects(source.read(300_000, 10), refusedWith(/changed while it was read/));
  });
});

describe('a server without ranges', () => {
  test('is read as a whole, once', async () => {
    requests.length = 0;
    const source = await open('/plain');
    assert.deepEqual([source.mediaType, await source.size()], ['application/geo+json', 7]);
    assert.equal(new TextDecoder().decode(await source.bytes()), '{"a":1}');
    assert.equal(new TextDecoder().decode(await source.read(1, 3)), '"a"');
    assert.equal(requests.length, 1);
  });

  test('what the client says of the media type and layer counts', async () => {
    const source = await open('/plain', { mediaType: 'application/json', layer: 'roads' });
    assert.deepEqual([source.mediaType, source.layer], ['application/json', 'roads']);
  });

  for (const path of ['/large', '/unsized']) {
    test(`${path} is given up as soon as it is more than may be read`, async () => {
      await assert.rejects(open(path, { maximumBytes: 100_000 }), LimitExceeded);
      const whole = await open(path);
      assert.deepEqual(Uint8Array.from(await whole.bytes()), file);
    });
  }
});

describe('a server that compresses although nobody asked for it', () => {
  for (const path of ['/compressed', '/brotli', '/deflate']) {
    test(`${path}: the file is what was compressed`, async () => {
      const source = await open(path);
      assert.equal(await source.size(), 19);
      assert.equal(Buffer.from(await source.bytes()).toString(), 'what was compressed');
      assert.equal(Buffer.from(await source.read(5, 3)).toString(), 'was');
    });
  }

  test('cannot make it larger than may be read', async () => {
    await assert.rejects(open('/bomb', { maximumBytes: 100_000 }), LimitExceeded);
  });
});

describe('what cannot be read is the fault of the input', () => {
  const cases: [string, RegExp][] = [
    ['/missing', /status 404/],
    ['/damaged', /content encoding "gzip", which cannot be decoded/],
    [
      '/unknown-encoding',
      /content encoding "constructor", which is not supported; use one of gzip, deflate and br/,
    ],
    ['/loop', /more than 5 times/],
    ['/to-metadata', /redirected to "http:\/\/169\.254\.169\.254.*not on the public internet/],
    ['/to-file', /redirected to "file:.*scheme "file"/],
  ];
  for (const [path, pattern] of cases) {
    test(path, async () => {
      await assert.rejects(open(path), refusedWith(pattern));
    });
  }

  test('a port at which nobody listens', async () => {
    const nobody = createServer();
    await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve));
    const free = `127.0.0.1:${(nobody.address() as AddressInfo).port}`;
    await new Promise((resolve) => nobody.close(resolve));
    const opening = new GuardedEgress([free]).open(`http://${free}/`, { pointer });
    await assert.rejects(opening, refusedWith(/refuses the connection/));
  });

  test('a redirect within the server is followed', async () => {
    const source = await open('/moved');
    assert.deepEqual(Uint8Array.from(await source.read(300_000, 4)), file.slice(300_000, 300_004));
  });
});

describe('a server that fails for a while', () => {
  const failed = (pattern: RegExp) => (error: unknown) => {
    assert.ok(error instanceof RemoteServerFailed, String(error));
    assert.deepEqual([error.status, error.faults[0]?.pointer], [502, pointer]);
    assert.match(error.detail ?? '', pattern);
    assert.ok(error.detail?.includes(host));
    return true;
  };

  for (const path of ['/flaky?503', '/flaky?429', '/flaky?500', '/flaky?reset']) {
    test(`${path}: is asked again, at the beginning and in the middle of a file`, async () => {
      requests.length = 0;
      const source = await open(path);
      assert.deepEqual(Uint8Array.from(await source.read(300_000, 1000)), file.slice(300_000, 301_000));
      assert.deepEqual(Uint8Array.from(await source.bytes()), file);
      assert.deepEqual(
        requests.map(({ range }) => range),
        ['bytes=0-131071', 'bytes=300000-300999', 'bytes=131072-399999'].flatMap((range) => [range, range]),
      );
    });
  }

  test('that sends fewer bytes than it says is asked again', async () => {
    const source = await open('/flaky?short');
    assert.deepEqual(Uint8Array.from(await source.read(300_000, 1000)), file.slice(300_000, 301_000));
    assert.deepEqual(Uint8Array.from(await source.bytes()), file);
  });

  test('and fails still is the reason that is told, whatever the input is', async () => {
    await assert.rejects(open('/busy', { retrySeconds: 1 }), failed(/responded with status 503/));
    await assert.rejects(open('/broken', { retrySeconds: 1 }), failed(/closed the connection early/));
  });

  test('in the middle of a file is never taken for a file that has changed', async () => {
    const source = await open('/dying', { retrySeconds: 1 });
    await assert.rejects(source.read(300_000, 10), failed(/responded with status 503/));
  });

  test('that answers otherwise in the middle of a file says how', async () => {
    const source = await open('/expiring');
    await assert.rejects(source.read(300_000, 10), refusedWith(/responded with status 403 in the middle/));
  });

  test('that asks for more time than there is gets no second request', async () => {
    requests.length = 0;
    await assert.rejects(open('/resting'), failed(/asked to wait for 3600 s\. It was tried once/));
    assert.equal(requests.length, 1);
  });

  test('is not waited for when the run has ended', async () => {
    const run = new AbortController();
    const opening = open('/busy', { signal: run.signal });
    await sleep(50);
    run.abort(new Error('dismissed'));
    await assert.rejects(opening, /dismissed/);
  });
});

describe('the guard', () => {
  test('lets nothing through that no setting allows', async () => {
    requests.length = 0;
    const guarded = new GuardedEgress([]);
    const { port } = server.address() as AddressInfo;
    for (const name of [
      '127.0.0.1',
      'localhost',
      '[::1]',
      '2130706433',
      '0x7f.1',
      '[::ffff:7f00:1]',
      '0.0.0.0',
    ]) {
      await assert.rejects(
        guarded.open(`http://${name}:${port}/plain`, { pointer }),
        refusedWith(/public internet/),
      );
      await assert.rejects(guarded.post(`http://${name}:${port}/callback`, '{}', {}), InvalidInput);
    }
    assert.deepEqual(requests, []);
  });

  test('allows a host with its port only', async () => {
    const other = new GuardedEgress(['127.0.0.1:1']);
    await assert.rejects(other.open(`http://${host}/plain`, { pointer }), refusedWith(/public internet/));
  });
});

describe('the end of the run', () => {
  test('ends waiting for a server, for the reason of the run', async () => {
    const run = new AbortController();
    const opening = open('/nothing', { signal: run.signal });
    await sleep(50);
    run.abort(new Error('dismissed'));
    await assert.rejects(opening, /dismissed/);
  });
});

describe('callbacks', () => {
  test('are sent with their headers; the status is the answer, and redirects are not followed', async () => {
    const headers = { 'Content-Type': 'application/json', Signature: 's' };
    assert.equal(await egress.post(`http://${host}/callback`, '{"a":1}', headers), 202);
    assert.equal(await egress.post(`http://${host}/busy`, '{}', headers), 503);
    assert.equal(await egress.post(`http://${host}/moved`, '{}', headers), 302);
  });
});
