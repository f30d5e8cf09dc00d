import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { awsLimits } from '../support/memory/aws-limits.ts';
import { throughGateway } from '../support/memory/memory-gateway.ts';
import { MemoryWorkers } from '../support/memory/memory-workers.ts';
import { MemoryWorkflow } from '../support/memory/memory-workflow.ts';
import { memoryService } from '../support/memory-service.ts';

const target = '/v1/processes/echo/execution';
const fine: APIGatewayProxyResult = { statusCode: 200, body: 'fine' };

function makeEvent(members: Partial<APIGatewayProxyEvent> = {}): APIGatewayProxyEvent {
  const event = { httpMethod: 'POST', multiValueHeaders: {}, body: null, isBase64Encoded: false };
  return { ...event, ...members } as APIGatewayProxyEvent;
}

/** An event or result of exactly so many bytes of JSON. */
function padded<T extends { body: string | null }>(value: T, bytes: number): T {
  const empty = Buffer.byteLength(JSON.stringify({ ...value, body: '' }));
  return { ...value, body: 'x'.repeat(bytes - empty) };
}

async function answered(event: APIGatewayProxyEvent, result = fine, path = target) {
  let calls = 0;
  const answer = await throughGateway(event, path, async () => {
    calls++;
    return result;
  });
  return { status: answer.statusCode, reached: calls === 1, answer };
}

describe('the twin of API Gateway', () => {
  test('hands on what fits, unchanged', async () => {
    assert.deepEqual(await answered(makeEvent()), { status: 200, reached: true, answer: fine });
  });

  test('refuses more than 10 240 bytes of request line and header values, the names not counted', async () => {
    const line = Buffer.byteLength(`POST ${target} HTTP/1.1`);
    const makeHead = (bytes: number) =>
      makeEvent({ multiValueHeaders: { 'X-Long-Name': ['ü', 'x'.repeat(bytes - line - 2)] } });
    assert.equal((await answered(makeHead(10_240))).status, 200);
    const { status, reached, answer } = await answered(makeHead(10_241));
    assert.deepEqual([status, reached], [431, false]);
    assert.match(answer.body, /10240 bytes/);
    assert.equal((await answered(makeEvent(), fine, `${target}?message=${'x'.repeat(10_240)}`)).status, 431);
  });

  test('refuses a body of more than 10 MB as its gateway response says', async () => {
    const bytes = Buffer.alloc(10 * 1024 * 1024 + 1).toString('base64');
    const { status, reached, answer } = await answered(makeEvent({ body: bytes, isBase64Encoded: true }));
    assert.deepEqual([status, reached], [413, false]);
    assert.match(JSON.parse(answer.body).detail, /POST \/uploads/);
  });

  test('refuses what is too large for the function as an event, base64 included', async () => {
    const largest = padded(makeEvent(), awsLimits.lambdaEvent);
    assert.equal((await answered(largest)).status, 200);
    const larger = padded(makeEvent(), awsLimits.lambdaEvent + 1);
    const { status, reached } = await answered(larger);
    assert.deepEqual([status, reached], [413, false]);
    const body = Buffer.alloc(5 * 1024 * 1024).toString('base64');
    assert.equal((await answered(makeEvent({ body, isBase64Encoded: true }))).status, 413);
  });

  test('answers 500 for a function whose answer has more than 6 MB', async () => {
    assert.equal((await answered(makeEvent(), padded(fine, awsLimits.lambdaAnswer))).status, 200);
    const { status, reached, answer } = await answered(makeEvent(), padded(fine, awsLimits.lambdaAnswer + 1));
    assert.deepEqual([status, reached], [500, true]);
    assert.equal(JSON.parse(answer.body).status, 500);
  });

  test('waits 29 s for a function, and then answers 504', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      let isAnswered = false;
      const waiting = throughGateway(makeEvent(), target, () => new Promise(() => undefined));
      void waiting.then(() => {
        isAnswered = true;
      });
      mock.timers.tick(28_999);
      await new Promise(setImmediate);
      assert.equal(isAnswered, false);
      mock.timers.tick(1);
      const { statusCode, body } = await waiting;
      assert.equal(statusCode, 504);
      assert.match(JSON.parse(body).detail, /respond-async/);
    } finally {
      mock.timers.reset();
    }
  });
});

describe('the twin of Lambda', () => {
  const answering = (answer: unknown) => new MemoryWorkers(async () => answer);
  /** A text of so many bytes of JSON, quotes included. */
  const text = (bytes: number) => 'x'.repeat(bytes - 2);

  test('takes tasks of up to 6 MB', async () => {
    const workers = answering(null);
    await workers.run('light', text(awsLimits.lambdaEvent));
    await assert.rejects(workers.run('light', text(awsLimits.lambdaEvent + 1)), {
      name: 'RequestTooLargeException',
    });
    assert.equal(workers.tasks.length, 1);
  });

  test('gives answers of up to 6 MB', async () => {
    const largest = text(awsLimits.lambdaAnswer);
    assert.equal(await answering(largest).run('light', {}), largest);
    await assert.rejects(answering(`${largest}x`).run('light', {}), {
      name: 'Function.ResponseSizeTooLarge',
    });
  });

  test('counts bytes and not characters', async () => {
    await assert.rejects(answering(null).run('light', 'ü'.repeat(3_200_000)), {
      name: 'RequestTooLargeException',
    });
  });
});

describe('the twin of Step Functions', () => {
  test('takes 256 KB from a worker, and no more', async () => {
    const run = async (bytes: number) => {
      const workflow = new MemoryWorkflow(async () => 'x'.repeat(bytes - 2));
      await workflow.start('a', 'light', false);
      await workflow.settled();
    };
    await run(awsLimits.stateData);
    await assert.rejects(run(awsLimits.stateData + 1), { name: 'States.DataLimitExceeded' });
  });

  test('starts nothing whose input is larger than 256 KB', async () => {
    const workflow = new MemoryWorkflow();
    const computeClass = 'x'.repeat(awsLimits.stateData) as 'light';
    await assert.rejects(workflow.start('a', computeClass, false), { name: 'States.DataLimitExceeded' });
    assert.deepEqual(workflow.started, []);
  });

  test('takes names of 80 characters without special ones', async () => {
    const workflow = new MemoryWorkflow();
    await workflow.start('a'.repeat(80), 'light', false);
    for (const name of ['', 'a'.repeat(81), 'a b', 'a:b', 'a/b', 'a\u0000b'])
      await assert.rejects(workflow.start(name, 'light', false), { name: 'InvalidName' }, name);
  });
});

describe('the service in memory', () => {
  const { execute, get } = memoryService();

  test('is behind them: a long query and a large body do not reach it', async () => {
    const long = await get(`/processes/echo/execution?message=${'x'.repeat(10_240)}`);
    assert.equal(long.status, 431);
    const large = await execute('echo', { inputs: { message: 'x'.repeat(11 * 1024 * 1024) } });
    assert.equal(large.status, 413);
    assert.match(large.json.detail, /POST \/uploads/);
  });
});
