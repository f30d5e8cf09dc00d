import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { operations } from '../../../core/api/operations.ts';
import { ANSWER_BYTES, BODY_BYTES } from '../../../core/shared/answer-size.ts';
import { Env } from '../../../core/shared/env.ts';
import type { ApiResponse } from '../../../core/shared/response.ts';
import { createHandler } from '../../../functions/http/handler.ts';
import { gatewayResult } from '../../../functions/http/to-gateway.ts';

const LAMBDA_BYTES = 6_291_556;
const scope = { scope: 'read' } as const;
const event = (members: object = {}) =>
  ({
    httpMethod: 'GET',
    path: '/jobs/a/results',
    resource: '/jobs/{jobID}/results',
    pathParameters: { jobID: 'a' },
    multiValueHeaders: { Accept: ['*/*'] },
    multiValueQueryStringParameters: null,
    body: null,
    isBase64Encoded: false,
    requestContext: { requestId: 'r', path: '/v1/jobs/a/results', domainName: 'api.example' },
    ...members,
  }) as unknown as APIGatewayProxyEvent;

async function answered(response: ApiResponse, context: Partial<Context> = {}, members = {}) {
  const { info, error } = console;
  console.info = () => undefined;
  console.error = () => undefined;
  try {
    const handler = createHandler(
      operations.getJobResults,
      () => response,
      () => undefined,
      () => ({ mode: 'none' }),
    );
    return await handler(event(members), context as Context);
  } finally {
    Object.assign(console, { info, error });
  }
}

describe('what is handed to API Gateway', () => {
  test('is text as it is, or bytes in base64', () => {
    assert.equal(gatewayResult({ status: 200, body: 'é' }, scope).body, 'é');
    assert.equal(gatewayResult({ status: 200, body: Buffer.from('é') }, scope).body, 'é');
    const bytes = gatewayResult({ status: 200, body: new Uint8Array([0xff, 0xfe]) }, scope);
    assert.deepEqual([bytes.body, bytes.isBase64Encoded], ['//4=', true]);
  });

  test('is long text in base64, which is handed over faster, where the gateway decodes', () => {
    const text = '"é"'.repeat(20_000);
    const result = gatewayResult({ status: 200, body: text }, scope, true);
    assert.equal(result.isBase64Encoded, true);
    assert.equal(Buffer.from(result.body, 'base64').toString(), text);
    process.env[Env.Compression] = 'off';
    try {
      assert.equal(gatewayResult({ status: 200, body: text }, scope, true).body, text);
    } finally {
      delete process.env[Env.Compression];
    }
  });

  test('is long text as it is for clients without Accept, for whom gateways need not decode', async () => {
    const text = '"é"'.repeat(20_000);
    const named = await answered({ status: 200, body: text });
    assert.equal(named.isBase64Encoded, true);
    const unnamed = await answered({ status: 200, body: text }, {}, { multiValueHeaders: {} });
    assert.deepEqual([unnamed.body, unnamed.isBase64Encoded], [text, undefined]);
  });

  test('is text in base64 where JSON would double its quotes beyond 6 MB', async () => {
    // 4 MB of quotes are 8 MB as a string in JSON.
    const quotes = '"'.repeat(BODY_BYTES);
    const result = await answered({ status: 200, headers: { 'Content-Type': 'text/csv' }, body: quotes });
    assert.equal(result.isBase64Encoded, true);
    assert.equal(Buffer.from(result.body, 'base64').toString(), quotes);
    assert.ok(Buffer.byteLength(JSON.stringify(result)) <= LAMBDA_BYTES);
    // What needs no escaping stays as it is.
    const plain = await answered({ status: 200, body: 'x'.repeat(BODY_BYTES) });
    assert.equal(plain.isBase64Encoded, undefined);
    assert.ok(Buffer.byteLength(JSON.stringify(plain)) <= LAMBDA_BYTES);
  });

  test('fits whatever it is, up to the bytes that operations fill', async () => {
    for (const body of [
      Buffer.alloc(BODY_BYTES, 0xff),
      '\u0001'.repeat(BODY_BYTES),
      'é'.repeat(BODY_BYTES / 2),
    ]) {
      const result = await answered({ status: 200, body });
      assert.equal(result.statusCode, 200);
      assert.ok(Buffer.byteLength(JSON.stringify(result)) <= ANSWER_BYTES);
    }
  });

  test('is an error that says what to do where it is too large all the same', async () => {
    for (const body of [Buffer.alloc(5_000_000, 0xff), 'x'.repeat(7_000_000), '\n'.repeat(5_000_000)]) {
      const result = await answered({ status: 200, headers: { 'Content-Type': 'text/plain' }, body });
      const problem = JSON.parse(result.body);
      assert.deepEqual([result.statusCode, problem.status], [413, 413]);
      assert.match(problem.detail, /the limit is .*"limit".*respond-async/);
    }
  });

  test('is told of HEAD with its body: API Gateway counts it and leaves it out', async () => {
    const result = await answered({ status: 200, body: 'abc' }, {}, { httpMethod: 'HEAD' });
    assert.equal(result.body, 'abc');
  });

  test('comes before API Gateway gives up: an operation that takes too long is an error that says what to do', async () => {
    const { info } = console;
    console.info = () => undefined;
    const { error } = console;
    console.error = () => undefined;
    let timer: NodeJS.Timeout | undefined;
    const slow = () =>
      new Promise<ApiResponse>((resolve) => {
        timer = setTimeout(resolve, 60_000, { status: 204 });
      });
    const handler = createHandler(
      operations.getJobResults,
      slow,
      () => undefined,
      () => ({ mode: 'none' }),
    );
    const context = { getRemainingTimeInMillis: () => 1510 } as Context;
    const result = await handler(event(), context).finally(() => Object.assign(console, { info, error }));
    clearTimeout(timer);
    assert.equal(result.statusCode, 504);
    assert.match(JSON.parse(result.body).detail, /respond-async/);
  });
});
