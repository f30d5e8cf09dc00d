import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasHead, type Operation, operationList } from '../../core/api/operations.ts';
import type { Credentials, Headers } from './credentials.ts';
import type { Answer, ServiceClient } from './service-client.ts';

/** A service, in memory or deployed. */
export interface TriedService extends Pick<ServiceClient, 'call' | 'get' | 'execute'> {
  readonly baseUrl: string;
  /** Resolves when a job has ended. */
  settled(jobID: string, headers: Headers): Promise<void>;
}

const layer = {
  type: 'FeatureCollection',
  features: [{ type: 'Feature', id: 'a', properties: {}, geometry: { type: 'Point', coordinates: [7, 51] } }],
};

/** A job of an owner, at its end, whose result is a collection. */
export async function makeJob(service: TriedService, headers: Headers): Promise<string> {
  const { status, text, json } = await service.execute(
    'buffer',
    { inputs: { features: layer, distance: 10 } },
    { ...headers, Prefer: 'respond-async' },
  );
  assert.equal(status, 201, text);
  await service.settled(json.jobID, headers);
  return json.jobID;
}

/** Operations on something that belongs to somebody. */
const isOwned = ({ path }: Operation): boolean => /^\/(jobs|collections)\/\{/.test(path);

async function askFor(
  { operationId, path, method }: Operation,
  service: TriedService,
  jobID: string,
  headers: Headers,
  asHead = false,
): Promise<Answer> {
  const filled = path
    .replace('{processID}', 'echo')
    .replace('{jobID}', jobID)
    .replace('{collectionID}', `${jobID}.result`)
    .replace('{featureID}', 'a')
    .replace('{file}', 'none.js')
    .replace('{outputID}', 'result');
  const bodies: Record<string, unknown> = {
    executeProcess: { inputs: { message: 'hello' } },
    createUpload: { mediaType: 'application/geo+json', size: 10 },
    dismissJobByForm: 'sure=yes',
  };
  const own =
    operationId === 'dismissJobByForm'
      ? { 'Content-Type': 'application/x-www-form-urlencoded', 'Sec-Fetch-Site': 'same-origin' }
      : {};
  const query = operationId === 'executeProcessByQuery' ? '?message=hello' : '';
  const body = bodies[operationId];
  return service.call(filled + query, {
    method: asHead ? 'HEAD' : method,
    headers: { ...headers, ...own },
    ...(body === undefined ? {} : { body }),
  });
}

function assertProblem(answer: Answer, status: number, name: string): void {
  assert.equal(answer.status, status, `${name}: ${answer.status} ${answer.text}`);
  assert.equal(answer.json.status, status);
  assert.deepEqual([typeof answer.json.title, typeof answer.json.type], ['string', 'string']);
  assert.ok(answer.json.detail.length > 20, answer.text);
  assert.equal(answer.headers.get('access-control-allow-origin'), '*');
}

/** Tests of every operation with all kinds of credentials of a mode. */
export function tryEveryOperation(
  service: TriedService,
  { anna, bram, admin, bad, readOnly, executeOnly, challenge, missing }: Credentials,
): void {
  for (const operation of operationList) {
    const { operationId, scope } = operation;
    const needsNobody = scope === 'public';

    test(`${operationId}: ${needsNobody ? 'everybody' : 'nobody without good credentials'}`, async () => {
      const jobID = await makeJob(service, anna);
      for (const [name, headers] of Object.entries(bad)) {
        const answer = await askFor(operation, service, jobID, headers);
        if (needsNobody) {
          assert.equal(answer.status, operationId === 'getAsset' ? 404 : 200, name);
          continue;
        }
        assertProblem(answer, 401, name);
        assert.match(answer.headers.get('www-authenticate') ?? '', challenge, name);
        if (!hasHead(operation)) continue;
        assert.equal((await askFor(operation, service, jobID, headers, true)).status, 401, name);
      }
      assert.equal((await service.get(`/jobs/${jobID}`, anna)).json.status, 'successful');
    });

    if (needsNobody) continue;

    if (readOnly && executeOnly) {
      test(`${operationId}: 403 without the scope ${scope}, which it names`, async () => {
        const jobID = await makeJob(service, anna);
        const wrong = scope === 'read' ? executeOnly : readOnly;
        const answer = await askFor(operation, service, jobID, wrong);
        assertProblem(answer, 403, operationId);
        assert.match(answer.json.detail, missing(scope));
        const right = scope === 'read' ? readOnly : executeOnly;
        assert.ok((await askFor(operation, service, jobID, right)).status < 400);
      });
    }

    test(`${operationId}: the owner, and an administrator; for others there is nothing`, async () => {
      const jobID = await makeJob(service, anna);
      const answer = await askFor(operation, service, jobID, bram);
      if (isOwned(operation)) assertProblem(answer, 404, operationId);
      else assert.ok(answer.status < 400, answer.text);
      assert.ok(!answer.text.includes(jobID) || answer.status === 404);
      for (const headers of operationId.startsWith('dismissJob') ? [admin] : [admin, anna]) {
        const { status, text } = await askFor(operation, service, jobID, headers);
        assert.ok(status < 400, `${status} ${text}`);
      }
    });
  }

  test('results, collections and uploads of others are no inputs, not even for an administrator', async () => {
    const jobID = await makeJob(service, anna);
    const base = service.baseUrl;
    const uploaded = await service.call('/uploads', {
      method: 'POST',
      headers: anna,
      body: { mediaType: 'application/geo+json', size: 10 },
    });
    const inputs = [
      { href: `${base}/jobs/${jobID}/results/result` },
      { collection: `${base}/collections/${jobID}.result` },
      { href: uploaded.json.href },
    ];
    const buffer = (features: unknown, headers: Headers) =>
      service.execute('buffer', { inputs: { features, distance: 10 } }, headers);
    for (const features of inputs) {
      for (const headers of [bram, admin]) {
        const { status, json } = await buffer(features, headers);
        assert.equal(status, 400, JSON.stringify(json));
      }
    }
    const { status, text } = await buffer(inputs[0], anna);
    assert.equal(status, 200, text);
  });

  test('a method that a path does not offer is told to everybody', async () => {
    assert.equal((await service.call('/jobs', { method: 'PATCH' })).status, 405);
  });
}
