import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import type { Authorization } from '../../../core/api/authorization.ts';
import { operations } from '../../../core/api/operations.ts';
import { InvalidInput, Refusal } from '../../../core/shared/errors.ts';
import { resolveBaseUrl } from '../../../functions/http/base-url.ts';
import { requestFrom } from '../../../functions/http/from-gateway.ts';
import { createHandler } from '../../../functions/http/handler.ts';

const open = (): Authorization => ({ mode: 'none' });

const event = (members: object = {}): APIGatewayProxyEvent =>
  ({
    httpMethod: 'GET',
    path: '/jobs/a',
    resource: '/jobs/{jobID}',
    pathParameters: { jobID: 'a' },
    multiValueHeaders: { Host: ['api.example'], Accept: ['application/json'] },
    multiValueQueryStringParameters: null,
    body: null,
    isBase64Encoded: false,
    requestContext: { requestId: 'r-1', path: '/v1/jobs/a', stage: 'v1', domainName: 'api.example' },
    ...members,
  }) as unknown as APIGatewayProxyEvent;

const answered = async (operate: () => never | Promise<never>, members: object = {}) => {
  const errors: string[] = [];
  const original = { error: console.error, info: console.info };
  console.error = (line: string) => errors.push(line);
  console.info = () => undefined;
  try {
    const handler = createHandler(operations.getJob, operate, () => undefined, open);
    const { statusCode, body, multiValueHeaders } = await handler(event(members), {} as Context);
    return { statusCode, problem: JSON.parse(body), headers: multiValueHeaders!, errors };
  } finally {
    Object.assign(console, original);
  }
};

describe('the pipeline', () => {
  test('answers what is unknown with a plain 500; the truth goes to the log', async () => {
    const { statusCode, problem, errors } = await answered(() => {
      throw new TypeError('secret detail', { cause: new Error('deeper') });
    });
    assert.equal(statusCode, 500);
    assert.ok(!JSON.stringify(problem).includes('secret'));
    assert.equal(problem.instance, 'urn:uuid:r-1');
    assert.match(errors.join(), /secret detail[\s\S]*deeper/);
  });

  test('answers refusals as they are, with their headers, and does not log those of clients', async () => {
    const { statusCode, problem, headers, errors } = await answered(async () => {
      throw new Refusal(405, 'about:blank', 'No', { headers: { Allow: 'GET' } });
    });
    assert.deepEqual([statusCode, problem.title, headers['Allow'], errors], [405, 'No', ['GET'], []]);
    const invalid = await answered(() => {
      throw new InvalidInput('/inputs/x', 'is wrong.');
    });
    assert.deepEqual(invalid.problem.errors, [{ pointer: '/inputs/x', detail: 'is wrong.' }]);
  });

  test('answers whatever is thrown, even what is no error', async () => {
    const thrown = [undefined, null, 'text', 5, {}];
    for (const value of thrown) {
      const { statusCode } = await answered(() => {
        throw value;
      });
      assert.equal(statusCode, 500);
    }
  });

  test('answers an event that is not as it should be', async () => {
    const handler = createHandler(
      operations.getJob,
      () => ({ status: 204 }),
      () => undefined,
      open,
    );
    const { error, info } = console;
    console.error = () => undefined;
    console.info = () => undefined;
    const { statusCode } = await handler(
      { httpMethod: 'GET' } as APIGatewayProxyEvent,
      {} as Context,
    ).finally(() => Object.assign(console, { error, info }));
    assert.equal(statusCode, 500);
  });
});

describe('the request', () => {
  test('has headers in lower case, several lines of one joined, and every value of a parameter', () => {
    const { headers, query, body, owner } = requestFrom(
      event({
        multiValueHeaders: { Prefer: ['wait=5', 'respond-async'], ACCEPT: ['*/*'] },
        multiValueQueryStringParameters: { status: ['a', 'b'] },
        body: Buffer.from('größe').toString('base64'),
        isBase64Encoded: true,
      }),
      operations.getJob,
      open(),
    );
    assert.deepEqual(headers, { prefer: 'wait=5, respond-async', accept: '*/*' });
    assert.deepEqual(query, { status: ['a', 'b'] });
    assert.equal(Buffer.from(body!).toString(), 'größe');
    assert.equal(owner, 'anonymous');
  });

  test('has one field of several that differ in case: none hides another', () => {
    const { headers } = requestFrom(
      event({
        multiValueHeaders: {
          'Sec-Fetch-Site': ['same-origin'],
          'sec-fetch-site': ['cross-site'],
          'Idempotency-Key': ['a'],
          'idempotency-KEY': ['b'],
        },
      }),
      operations.getJob,
      open(),
    );
    assert.deepEqual(headers, { 'sec-fetch-site': 'same-origin, cross-site', 'idempotency-key': 'a, b' });
  });
});

describe('the base URL', () => {
  const base = (members: object, headers = {}, configured?: string) =>
    resolveBaseUrl(event(members), headers, configured);

  test('is the configured one without its trailing slash', () => {
    assert.equal(base({}, {}, 'https://public.example/ogc/'), 'https://public.example/ogc');
  });

  test('is that of the request: with its stage, or with the base path of a custom domain', () => {
    assert.equal(base({}), 'https://api.example/v1');
    const root = { resource: '/', path: '/', requestContext: { domainName: 'api.example', path: '/v1/' } };
    assert.equal(base(root), 'https://api.example/v1');
    const custom = { requestContext: { domainName: 'maps.example', path: '/processes-api/jobs/a' } };
    assert.equal(base(custom), 'https://maps.example/processes-api');
    const none = { requestContext: { domainName: 'maps.example', path: '/jobs/a' } };
    assert.equal(base(none), 'https://maps.example');
    assert.equal(
      base({ requestContext: {} }, { host: 'h.example', 'x-forwarded-proto': 'http' }),
      'http://h.example',
    );
  });

  test('is that of paths that nothing is at too, however long they are', () => {
    for (const proxy of ['no', 'no/such/path', 'no//such/'])
      assert.equal(
        base({
          resource: '/{proxy+}',
          pathParameters: { proxy },
          requestContext: { domainName: 'api.example', path: `/v1/${proxy}` },
        }),
        'https://api.example/v1',
      );
  });

  test('has one of two schemes, whatever a client says it has used', () => {
    for (const scheme of ['javascript', 'x'.repeat(9000), 'https, http', '', 'http://evil.example#'])
      assert.equal(base({}, { 'x-forwarded-proto': scheme }), 'https://api.example/v1');
    assert.equal(base({}, { 'x-forwarded-proto': 'http, https' }), 'http://api.example/v1');
  });
});
