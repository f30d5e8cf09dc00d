import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { RemoteSource } from '../../../functions/egress/remote-source.ts';

/** Larger than what the first request asks for. */
const content = Buffer.from(
  Uint32Array.from({ length: 100_000 }, (_, index) => index * 2_654_435_761).buffer,
);
const packed = gzipSync(content);

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const rangeOf = ({ headers }: IncomingMessage): [number, number] | undefined => {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? [];
  return from === undefined ? undefined : [Number(from), Number(to) + 1];
};

/** Answers ranges of some bytes, which it calls packed, and the whole packed. */
const answering =
  (
    of: Buffer,
    encodingOfRange: (from: number) => string | undefined,
    pack = (part: Buffer) => part,
  ): Answer =>
  (request, response) => {
    const range = rangeOf(request);
    if (!range) {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(packed);
      return;
    }
    const [from, to] = [range[0], Math.min(range[1], of.length)];
    const encoding = encodingOfRange(from);
    response
      .writeHead(206, {
        'Content-Range': `bytes ${from}-${to - 1}/${of.length}`,
        ...(encoding && { 'Content-Encoding': encoding }),
      })
      .end(pack(of.subarray(from, to)));
  };

async function withServer(
  answer: Answer,
  work: (href: string, host: string) => Promise<void>,
): Promise<void> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    await work(`http://127.0.0.1:${port}/file.tif`, `127.0.0.1:${port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const options = { pointer: '/inputs/raster', retrySeconds: 0 };

describe('a server that answers ranges of what it sends packed', () => {
  const servers: Readonly<Record<string, Answer>> = {
    'of the packed bytes': answering(packed, () => 'gzip'),
    'of the file, each packed': answering(
      content,
      () => 'gzip',
      (part) => gzipSync(part),
    ),
    'of the file as it is, and calls them packed': answering(content, () => 'gzip'),
  };
  for (const [name, answer] of Object.entries(servers))
    test(`is asked for the whole file where its ranges are ${name}`, () =>
      withServer(answer, async (href, host) => {
        const source = await RemoteSource.open(href, options, [host]);
        assert.equal(await source.size(), content.length);
        assert.deepEqual(Buffer.from(await source.read(200_000, 40)), content.subarray(200_000, 200_040));
        assert.deepEqual(Buffer.from(await source.bytes()), content);
      }));

  test('is refused where it begins to pack in the middle', () =>
    withServer(
      answering(content, (from) => (from === 0 ? undefined : 'gzip')),
      async (href, host) => {
        const source = await RemoteSource.open(href, options, [host]);
        await assert.rejects(source.read(200_000, 40), /changed while it was read/);
      },
    ));

  test('is refused where what it sends cannot be unpacked', () =>
    withServer(
      answering(
        packed,
        () => 'zstd',
        () => Buffer.from('x'),
      ),
      async (href, host) => {
        const other = await RemoteSource.open(href, options, [host]);
        assert.deepEqual(Buffer.from(await other.bytes()), content);
        await withServer(
          (_, response) =>
            response.writeHead(206, { 'Content-Range': 'bytes 0-0/9', 'Content-Encoding': 'zstd' }).end('x'),
          async (broken, at) => {
            await assert.rejects(
              RemoteSource.open(broken, options, [at]),
              /status 206; a document with status 200/,
            );
          },
        );
      },
    ));

  test('is told that the file is wanted as it is', () =>
    withServer(
      (request, response) => response.end(request.headers['accept-encoding']),
      async (href, host) => {
        const source = await RemoteSource.open(href, options, [host]);
        assert.equal(Buffer.from(await source.bytes()).toString(), 'identity');
      },
    ));
});
