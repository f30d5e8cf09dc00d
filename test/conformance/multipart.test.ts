import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { multipart } from '../../core/execution/multipart.ts';
import { memoryService } from '../support/memory-service.ts';
import { readMultipart } from '../support/multipart.ts';
import type { Answer } from '../support/service-client.ts';

const value = { transmissionMode: 'value' };
const reference = { transmissionMode: 'reference' };
const pixel = Buffer.from([73, 73, 42, 0, 13, 10, 45, 45, 255, 0]);
const inputs = { message: 'größe\r\n--\r\n', numbers: [1, 2], image: pixel.toString('base64') };
const { get, execute, ports } = memoryService();
const read = ({ headers, bytes }: Answer) => readMultipart(headers.get('content-type') ?? '', bytes);

describe('messages of several parts', () => {
  test('/req/core/process-execute-sync-raw-value-multi: a part per output, named by it, with the very bytes', async () => {
    const outputs = { message: value, numbers: value, image: value };
    const { parts, parameters } = read(await execute('echo', { inputs, outputs }));
    assert.deepEqual(
      parts.map(({ headers }) => [headers.get('content-id'), headers.get('content-type')]),
      [
        ['message', 'text/plain; charset=utf-8'],
        ['numbers', 'application/json'],
        ['image', 'image/tiff'],
      ],
    );
    assert.deepEqual(
      parts.map(({ body }) => body),
      [Buffer.from(inputs.message), Buffer.from('[1,2]'), pixel],
    );
    assert.deepEqual([...parameters.keys()], ['boundary', 'type']);
  });

  test('the parameter type is the media type of the root, which is the first part: no other is named', async () => {
    for (const [outputs, type] of [
      [{ message: value, numbers: value }, 'text/plain'],
      [{ image: value, message: value }, 'image/tiff'],
      [{ numbers: value, message: value }, 'application/json'],
    ] as const) {
      const { parameters } = read(await execute('echo', { inputs, outputs }));
      assert.equal(parameters.get('type'), type);
      assert.equal(parameters.get('start'), undefined);
    }
  });

  test('/req/core/process-execute-sync-raw-mixed-multi: a reference is an empty part with its location', async () => {
    const { parts } = read(await execute('echo', { inputs, outputs: { numbers: value, image: reference } }));
    const [numbers, image] = parts;
    assert.equal(numbers!.headers.get('content-location'), undefined);
    assert.equal(image!.body.length, 0);
    assert.match(image!.headers.get('content-location') ?? '', /^https:\/\/\S+$/);
  });

  test('/req/core/job-results-async-raw-value-multi: of a job, byte for byte the same as while its client waits', async () => {
    const request = { inputs, outputs: { message: value, image: value } };
    const waited = await execute('echo', request);
    const { json } = await execute('echo', request, { Prefer: 'respond-async' });
    await ports.workflow.settled();
    const later = await get(`/jobs/${json.jobID}/results`);
    assert.deepEqual([later.bytes, read(later)], [waited.bytes, read(waited)]);
  });

  test('what is too large for the response is an empty part with its location', async () => {
    const small = memoryService({ settings: { inlineResultBytes: 60_000 } });
    const message = 'x'.repeat(100_000);
    const outputs = { message: value, numbers: value };
    const { parts } = read(await small.execute('echo', { inputs: { message, numbers: [1] }, outputs }));
    assert.deepEqual(
      parts.map(({ body, headers }) => [body.length, headers.has('content-location')]),
      [
        [0, true],
        [3, false],
      ],
    );
  });

  test('any parts can be read again, whatever bytes they have', () => {
    const bytes = fc.oneof(
      fc.uint8Array(),
      fc.constantFrom('', '\r\n', '--', '\r\n--', '--results-', '\r\n\r\n').map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(fc.array(bytes, { minLength: 1, maxLength: 5 }), (bodies) => {
        const parts = bodies.map((body, index) => ({ headers: { 'Content-ID': `part-${index}` }, body }));
        const { contentType, body } = multipart(parts);
        const found = readMultipart(contentType, body);
        assert.deepEqual(
          found.parts.map((part) => part.body),
          bodies.map((part) => Buffer.from(part)),
        );
        const boundary = found.parameters.get('boundary')!;
        assert.ok(bodies.every((part) => !Buffer.from(part).includes(boundary)));
      }),
    );
  });
});

describe('the reader that these tests rely on', () => {
  const good = '--b\r\nContent-ID: a\r\n\r\nx\r\n--b--\r\n';
  const type = 'multipart/related; boundary=b; type="text/plain"';

  test('reads what is right', () => {
    assert.equal(readMultipart(type, Buffer.from(good)).parts[0]!.body.toString(), 'x');
  });

  for (const [name, text, contentType = type] of [
    ['bare line feeds', good.replaceAll('\r\n', '\n')],
    ['no end', good.replace('--b--\r\n', '')],
    ['something after the end', `${good}x`],
    ['something before the start', `x\r\n${good}`],
    ['a part without headers', good.replace('Content-ID: a\r\n', '')],
    ['a header twice', good.replace('Content-ID: a', 'Content-ID: a\r\ncontent-id: b')],
    ['another boundary', good, type.replace('boundary=b', 'boundary=c')],
    ['a media type that is not quoted', good, type.replaceAll('"', '')],
  ] as const) {
    test(`refuses ${name}`, () => {
      assert.throws(() => readMultipart(contentType, Buffer.from(text)), assert.AssertionError);
    });
  }
});
