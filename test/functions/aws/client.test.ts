import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { SignatureV4 } from '@smithy/signature-v4';
import { StandIn } from '../../../bench/stand-in/stand-in.ts';
import { AwsError } from '../../../functions/aws/client/aws-error.ts';
import { AwsService, endpointOf } from '../../../functions/aws/client/aws-service.ts';
import { provideCredentials } from '../../../functions/aws/client/credentials.ts';
import { type Documents, documents, refusedItem } from '../../../functions/aws/client/documents.ts';
import { JsonService } from '../../../functions/aws/client/json-service.ts';
import type { HttpRequest, HttpResponse } from '../../../functions/aws/client/send-once.ts';
import { Objects } from '../../../functions/aws/objects.ts';
import { WorkerFunctions } from '../../../functions/aws/workers.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };
const environment = { ...process.env };
before(() => {
  process.env['AWS_REGION'] = 'eu-west-1';
  delete process.env['AWS_ENDPOINT_URL'];
  provideCredentials(() => credentials);
});
after(() => {
  process.env = environment;
});

/** What answers each request with the next of these, the last one again and again. */
function answering(
  ...answers: (Partial<Omit<HttpResponse, 'body'>> & { readonly body?: string | object })[]
) {
  const sent: HttpRequest[] = [];
  const send = async (request: HttpRequest): Promise<HttpResponse> => {
    const {
      status = 200,
      headers = {},
      body = {},
    } = answers[Math.min(sent.length, answers.length - 1)] ?? {};
    sent.push(request);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return { status, headers, body: Buffer.from(text) };
  };
  return { sent, send };
}

/** SHA-256 as the signer of the SDK wants it. */
class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Uint8Array);
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(data as Uint8Array);
  }
  digest = async () => new Uint8Array(this.#hash.digest());
  reset = () => undefined;
}

/** The signature that the SDK would give a request that was sent. */
async function signedBySdk(service: string, { method, path, headers, body, hostname }: HttpRequest) {
  const { Authorization, ...given } = headers;
  const signed = String(/SignedHeaders=([^,]+)/.exec(String(Authorization))?.[1]).split(';');
  const lower = Object.entries(given).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  const stamp = String(given['X-Amz-Date']);
  const date = stamp.replace(/(....)(..)(..T..)(..)(..Z)/, '$1-$2-$3:$4:$5');
  const isS3 = service === 's3';
  const signer = new SignatureV4({
    service,
    region: 'eu-west-1',
    credentials,
    sha256: Sha256,
    uriEscapePath: !isS3,
    applyChecksum: isS3,
  });
  const request = {
    method,
    protocol: 'https:',
    hostname,
    path,
    headers: Object.fromEntries(lower.filter(([name]) => signed.includes(name))),
    body,
  };
  const unsignableHeaders = new Set(lower.map(([name]) => name).filter((name) => !signed.includes(name)));
  const { headers: theirs } = await signer.sign(request, { signingDate: new Date(date), unsignableHeaders });
  return { theirs: /Signature=(\w+)/.exec(theirs['authorization'] ?? '')?.[1], Authorization };
}

describe('requests to AWS', () => {
  test('are signed as the SDK signs them', async () => {
    const { sent, send } = answering({ body: { ok: true } });
    await new JsonService('dynamodb', { attempts: 1, send }).call('GetItem', { TableName: 'größe' });
    const s3 = new AwsService('s3', {
      attempts: 1,
      send,
      endpoint: 'https://data.s3.eu-west-1.amazonaws.com',
    });
    const objects = new Objects(s3, '', () => assert.fail('The SDK is not needed'));
    await objects.put(`jobs/a/outputs/a b+c'(größe)*!~%2F&=.json`, 'é', 'application/json');
    await objects.get('jobs/a/request.json');
    const lambda = new AwsService('lambda', { attempts: 1, send });
    const names = { light: 'light:live', vector: 'v', raster: 'r' };
    await new WorkerFunctions(lambda, names, 25).run('light', { kind: 'nothing' });
    const services = ['dynamodb', 's3', 's3', 'lambda'];
    for (const [index, service] of services.entries()) {
      const { theirs, Authorization } = await signedBySdk(service, sent[index]!);
      assert.match(String(Authorization), new RegExp(`/eu-west-1/${service}/.*Signature=${theirs}$`));
    }
    assert.deepEqual(
      sent.map(({ headers }) => headers['X-Amz-Security-Token']),
      services.map(() => 'token'),
    );
  });

  test('go to the region, or to what answers in its place', () => {
    assert.equal(endpointOf('states'), 'https://states.eu-west-1.amazonaws.com');
    process.env['AWS_REGION'] = 'cn-north-1';
    assert.equal(endpointOf('s3', 'data.s3'), 'https://data.s3.cn-north-1.amazonaws.com.cn');
    process.env['AWS_ENDPOINT_URL'] = 'http://127.0.0.1:4566';
    assert.equal(endpointOf('s3', 'data.s3'), 'http://127.0.0.1:4566');
    delete process.env['AWS_ENDPOINT_URL'];
    process.env['AWS_REGION'] = 'eu-west-1';
  });

  test('are sent again after what may be gone the next time, and after nothing else', async () => {
    const asked = async (attempts: number, ...answers: Parameters<typeof answering>) => {
      const { sent, send } = answering(...answers);
      const call = new JsonService('states', { attempts, send }).call<{ ok?: boolean }>('StartExecution', {});
      const outcome = await call.catch((error: unknown) => error as AwsError);
      return [sent.length, outcome instanceof AwsError ? outcome.name : outcome.ok];
    };
    const throttled = {
      status: 400,
      body: { __type: 'com.amazonaws.swf#ThrottlingException', message: 'slow' },
    };
    const wrong = { status: 400, headers: { 'x-amzn-errortype': 'InvalidName:http://internal/' } };
    const ok = { body: { ok: true } };
    assert.deepEqual(await asked(2, throttled, ok), [2, true]);
    assert.deepEqual(await asked(2, { status: 503, body: '<html>' }, ok), [2, true]);
    assert.deepEqual(await asked(2, { status: 500, body: '' }), [2, 'Status500']);
    assert.deepEqual(await asked(3, wrong, ok), [1, 'InvalidName']);
    assert.deepEqual(await asked(1, throttled, ok), [1, 'ThrottlingException']);
  });

  test('that break off are sent again, and not those of a client that waits no longer', async () => {
    let sent = 0;
    const send = async () => {
      sent++;
      throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
    };
    await assert.rejects(new JsonService('ssm', { attempts: 2, send }).call('GetParameter', {}), /gone/);
    assert.equal(sent, 2);
    const request = { method: 'POST', path: '/', headers: {}, signal: AbortSignal.abort() };
    await assert.rejects(
      new AwsService('lambda', { attempts: 4, send }).ask(request, () => 1),
      /gone/,
    );
    assert.equal(sent, 3);
  });
});

describe('documents', () => {
  const standIn = new StandIn();
  let table: Documents;
  before(async () => {
    table = documents({ attempts: 1, endpoint: await standIn.start() });
  });
  after(() => standIn.stop());

  test('come back as they were put, without what is undefined, and a refused write says what is there', async () => {
    const Item = { jobID: 'a', list: [1, 'b', null, { c: true }], none: undefined };
    await table.put({ TableName: 'jobs', Item });
    assert.deepEqual(await table.get({ TableName: 'jobs', Key: { jobID: 'a' } }), {
      jobID: 'a',
      list: [1, 'b', null, { c: true }],
    });
    assert.equal(await table.get({ TableName: 'jobs', Key: { jobID: 'b' } }), undefined);
    const again = table.put({
      TableName: 'jobs',
      Item,
      ConditionExpression: 'attribute_not_exists(jobID)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    const refused = refusedItem(await again.catch((error: unknown) => error));
    assert.equal(refused?.item?.['jobID'], 'a');
    assert.equal(refusedItem(new Error('else')), undefined);
  });
});

describe('objects', () => {
  const objectsOf = (...answers: Parameters<typeof answering>) => {
    const { sent, send } = answering(...answers);
    const loaded: string[] = [];
    const whole = { put: async (key: string) => void loaded.push(key) } as never;
    const service = new AwsService('s3', { attempts: 1, send });
    return { sent, loaded, objects: new Objects(service, '/data', async () => whole) };
  };

  test('that are not there are none; what S3 says else is an error', async () => {
    const missing = { status: 404, body: '<Error><Code>NoSuchKey</Code><Message>None</Message></Error>' };
    assert.equal(await objectsOf(missing).objects.get('a'), undefined);
    assert.equal(await objectsOf({ status: 404, body: '' }).objects.describe('a'), undefined);
    const denied = { status: 403, body: '<Error><Code>AccessDenied</Code><Message>No</Message></Error>' };
    await assert.rejects(objectsOf(denied).objects.get('a'), { name: 'AccessDenied', message: 'No' });
    const gone = { status: 404, body: '<Error><Code>NoSuchBucket</Code></Error>' };
    await assert.rejects(objectsOf(gone).objects.get('a'), { name: 'NoSuchBucket' });
  });

  test('that are large go by way of the SDK', async () => {
    const { sent, loaded, objects } = objectsOf({});
    await objects.put('small', 'x', 'text/plain');
    await objects.put('large', new Uint8Array(2 ** 20 + 1), 'image/tiff');
    assert.deepEqual([sent.map(({ path }) => path), loaded], [['/data/small'], ['large']]);
  });
});

test('a worker that is not free is told by the name of the error, one that ended by its header', async () => {
  const names = { light: 'l', vector: 'v', raster: 'r' };
  const workersThat = (...answers: Parameters<typeof answering>) =>
    new WorkerFunctions(
      new AwsService('lambda', { attempts: 1, send: answering(...answers).send }),
      names,
      25,
    );
  const busy = { status: 429, headers: { 'x-amzn-errortype': 'TooManyRequestsException' } };
  assert.equal(await workersThat(busy).isFree('light'), false);
  assert.equal(await workersThat({}).isFree('light'), true);
  await assert.rejects(workersThat(busy).run('light', {}), { status: 503 });
  const crashed = { headers: { 'x-amz-function-error': 'Unhandled' }, body: { errorType: 'Runtime.Exit' } };
  await assert.rejects(workersThat(crashed).run('light', {}), /Runtime\.Exit/);
});
