import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import { eventOf } from '../../../bench/api/functions.ts';
import { type Operation, operations } from '../../../core/api/operations.ts';
import { Refusal } from '../../../core/shared/errors.ts';
import { createHandler } from '../../../functions/http/handler.ts';

/** A function of an operation that counts how often it is asked. */
function makeFunction({ mock }: TestContext, operation: Operation = operations.getLandingPage) {
  const lines: string[] = [];
  mock.method(console, 'info', (line: string) => lines.push(line));
  const asked = { count: 0, error: undefined as Refusal | undefined };
  const handler = createHandler(
    operation,
    ({ baseUrl, query }) => {
      asked.count++;
      if (asked.error) throw asked.error;
      return { status: 200, resource: { title: 'A', baseUrl, query, text: 'x'.repeat(2000) } };
    },
    () => undefined,
    () => ({ mode: 'none' }),
  );
  const ask = async (headers: Record<string, string> = {}, more: object = {}) => {
    const event = { ...JSON.parse(eventOf({ operation: 'getLandingPage', headers })), ...more };
    return JSON.parse(JSON.stringify(await handler(event, {} as Context))) as APIGatewayProxyResult;
  };
  return { ask, asked, lines };
}

describe('answers that depend on the deployment alone', () => {
  test('are made once for whoever asks for the same in the same way, and each request has its line', async (context) => {
    const { ask, asked, lines } = makeFunction(context);
    const first = await ask();
    assert.deepEqual(await ask({ 'User-Agent': 'other' }), first);
    assert.equal(asked.count, 1);
    const [, line] = lines.map((text) => JSON.parse(text));
    assert.deepEqual(
      [line.message, line.userAgent, line.status, line.characters],
      ['Request:Done', 'other', 200, first.body.length],
    );
  });

  test('are made anew for another representation, encoding, address or method', async (context) => {
    const { ask, asked } = makeFunction(context);
    const variants: readonly (readonly [Record<string, string>, object?])[] = [
      [{}],
      [{ Accept: 'text/html' }],
      [{ 'Accept-Encoding': 'gzip' }],
      [{ 'Accept-Encoding': 'br' }],
      [{}, { multiValueQueryStringParameters: { f: ['json'] } }],
      [{}, { requestContext: { domainName: 'other.example', path: '/', requestId: 'r' } }],
      [{}, { httpMethod: 'HEAD' }],
    ];
    const answers = new Set<string>();
    for (const repetition of [1, 2]) {
      for (const [headers, more] of variants) answers.add(JSON.stringify(await ask(headers, more)));
      assert.equal(asked.count, variants.length, `${repetition}`);
    }
    // HEAD has the fields of GET, and API Gateway leaves out its body.
    assert.equal(answers.size, variants.length - 1);
  });

  test('are compared with what the client has', async (context) => {
    const { ask } = makeFunction(context);
    const { multiValueHeaders } = await ask();
    const [tag] = multiValueHeaders?.['ETag'] ?? [];
    assert.equal((await ask({ 'If-None-Match': String(tag) })).statusCode, 304);
    assert.equal((await ask({ 'If-Match': '"other"' })).statusCode, 412);
    assert.equal((await ask()).statusCode, 200);
  });

  test('are not kept where they are refusals', async (context) => {
    const { ask, asked } = makeFunction(context);
    asked.error = new Refusal(400, 'about:blank', 'No');
    assert.equal((await ask()).statusCode, 400);
    asked.error = undefined;
    assert.equal((await ask()).statusCode, 200);
    assert.equal((await ask({}, { multiValueQueryStringParameters: { f: ['pdf'] } })).statusCode, 400);
    assert.equal((await ask()).statusCode, 200);
  });
});

test('answers that depend on jobs are made for each request', async (context) => {
  const { ask, asked } = makeFunction(context, operations.getJob);
  await ask();
  await ask();
  assert.equal(asked.count, 2);
});
