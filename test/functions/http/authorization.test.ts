import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Authorization } from '../../../core/api/authorization.ts';
import { type Operation, operationList } from '../../../core/api/operations.ts';
import { issuerKeys } from '../../../functions/authorizer/issuer-keys.ts';
import { bearer, type Credentials, type Headers, tokenCredentials } from '../../support/credentials.ts';
import { makeJob, type TriedService, tryEveryOperation } from '../../support/every-operation.ts';
import {
  type Authorizer,
  keyGateway,
  type Signer,
  signatureGateway,
  tokenGateway,
} from '../../support/memory/memory-authorizer.ts';
import { type MemoryService, memoryService } from '../../support/memory-service.ts';
import { type Claims, tokenIssuer } from '../../support/token-issuer.ts';

/*
 * Every operation in every mode, with every kind of credentials: the gateway as its twin in memory plays it, with the real
 * authorizer, and behind it the real pipeline.
 */

/** A mode, and what plays the gateway in it. */
interface Mode extends Credentials {
  readonly authorizer: Authorizer;
}

const ISSUER = 'https://login.example.org/realms/maps';
const issuer = await tokenIssuer(ISSUER);

const signed = async (claims: Claims): Promise<Headers> => bearer(await issuer.sign(claims));

const tokenMode = async (authorization: Authorization, good: Claims): Promise<Mode> => ({
  ...(await tokenCredentials(issuer, authorization, good)),
  authorizer: tokenGateway(
    authorization,
    issuerKeys(ISSUER, async (href) => issuer.documents[href]),
  ),
});

const keyMode: Mode = {
  mode: 'apiKey',
  authorizer: keyGateway(
    { mode: 'apiKey', admins: ['api-key|key-3'] },
    { 'value-1': 'key-1', 'value-2': 'key-2', 'value-3': 'key-3', 'value-empty': '' },
  ),
  anna: { 'X-Api-Key': 'value-1' },
  bram: { 'X-Api-Key': 'value-2' },
  admin: { 'X-Api-Key': 'value-3' },
  bad: {
    'no key': {},
    'a key that is not known': { 'X-Api-Key': 'value-4' },
    'the id of a key instead of its value': { 'X-Api-Key': 'key-1' },
    'a key that the gateway does not name': { 'X-Api-Key': 'value-empty' },
  },
  challenge: /^ApiKey header="X-Api-Key"$/,
  missing: () => /never/,
};

const ACCOUNT = '123456789012';
const everything = () => true;
const role = (name: string, session: string) => `arn:aws:sts::${ACCOUNT}:assumed-role/${name}/${session}`;
const needs = (scope: Operation['scope']) => (operationId: string) =>
  operationList.some((row) => row.operationId === operationId && row.scope === scope);
const signers: Record<string, Signer> = {
  anna: { userArn: role('analyst', 'anna-monday'), may: everything },
  annaAgain: { userArn: role('analyst', 'anna-tuesday'), may: everything },
  bram: { userArn: `arn:aws:iam::${ACCOUNT}:user/bram`, may: everything },
  admin: { userArn: role('operator', 'x'), may: everything },
  readOnly: { userArn: role('analyst', 'y'), may: needs('read') },
  executeOnly: { userArn: role('analyst', 'z'), may: needs('execute') },
  tampered: { userArn: role('analyst', 'anna'), may: everything, refusal: 'INVALID_SIGNATURE' },
  expired: { userArn: role('analyst', 'anna'), may: everything, refusal: 'EXPIRED_TOKEN' },
  federated: { userArn: `arn:aws:sts::${ACCOUNT}:federated-user/anna`, may: everything },
  unnamed: { userArn: null, may: everything },
  empty: { userArn: '', may: everything },
};
const signedBy = (name: string): Headers => ({ Authorization: name });
const iamMode: Mode = {
  mode: 'iam',
  authorizer: signatureGateway({ mode: 'iam', admins: [`arn:aws:iam::${ACCOUNT}:role/operator`] }, signers),
  anna: signedBy('anna'),
  bram: signedBy('bram'),
  admin: signedBy('admin'),
  readOnly: signedBy('readOnly'),
  executeOnly: signedBy('executeOnly'),
  bad: {
    'no signature': {},
    'a signature that was tampered with': signedBy('tampered'),
    'credentials that have expired': signedBy('expired'),
    'a federated user, whose name somebody chose': signedBy('federated'),
    'a caller without a name': signedBy('unnamed'),
    'a caller with an empty name': signedBy('empty'),
  },
  challenge: /^AWS4-HMAC-SHA256/,
  missing: () => /execute-api:Invoke.*scopes read and execute/,
};

const modes: readonly Mode[] = [
  await tokenMode(
    { mode: 'jwt', issuer: ISSUER, audience: ['https://processes.example.org'], scopePrefix: 'maps/' },
    {},
  ),
  await tokenMode(
    { mode: 'cognito', issuer: ISSUER, clients: ['pages'], scopePrefix: 'ogcapi/' },
    { aud: undefined, token_use: 'access', client_id: 'pages' },
  ),
  keyMode,
  iamMode,
];

/** In memory, as the tests of every operation want it. */
const tried = (service: MemoryService): TriedService => ({
  ...service,
  settled: () => service.ports.workflow.settled(),
});

for (const { authorizer, ...credentials } of modes) {
  const { mode, anna, bram, admin } = credentials;
  describe(`authorization by ${mode}`, () => {
    tryEveryOperation(tried(memoryService({ authorizer })), credentials);

    test('lists have what is of the client, and everything for an administrator', async () => {
      const quiet = memoryService({ authorizer });
      const ids = { anna: await makeJob(tried(quiet), anna), bram: await makeJob(tried(quiet), bram) };
      const listed = async (headers: Headers) => ({
        jobs: (await quiet.get('/jobs', headers)).json.jobs.map(({ jobID }: { jobID: string }) => jobID),
        collections: (await quiet.get('/collections', headers)).json.collections.map(
          ({ id }: { id: string }) => id.split('.')[0],
        ),
      });
      assert.deepEqual(await listed(anna), { jobs: [ids.anna], collections: [ids.anna] });
      assert.deepEqual(await listed(bram), { jobs: [ids.bram], collections: [ids.bram] });
      const all = await listed(admin);
      for (const each of [all.jobs, all.collections])
        assert.deepEqual([...each].sort(), [ids.anna, ids.bram].sort());
    });

    test('the cursor of a list is of no use to others, nor is that of an administrator', async () => {
      const quiet = memoryService({ authorizer });
      for (let index = 0; index < 3; index++) await makeJob(tried(quiet), anna);
      const next = async (headers: Headers) => {
        const { json } = await quiet.get('/jobs?limit=1', headers);
        const { href } = json.links.find(({ rel }: { rel: string }) => rel === 'next');
        return new URL(href).search;
      };
      for (const cursor of [await next(anna), await next(admin)]) {
        assert.equal((await quiet.get(`/jobs${cursor}`, bram)).status, 400);
      }
      assert.equal((await quiet.get(`/jobs${await next(anna)}`, anna)).status, 200);
      assert.equal((await quiet.get(`/jobs${await next(admin)}`, admin)).status, 200);
    });
  });
}

const point = { type: 'Point', coordinates: [7, 51] };

for (const { authorizer, mode, anna, readOnly, executeOnly, admin, missing } of modes) {
  if (mode !== 'jwt' && mode !== 'cognito') continue;
  describe(`the scope execute by ${mode} does not include read`, () => {
    const ways: [name: string, path: string, headers: Headers][] = [
      ['synchronous', '', {}],
      ['asynchronous', '', { Prefer: 'respond-async' }],
      ['waited for', '', { Prefer: 'wait=5' }],
      ['of a collection', '?response=collection', {}],
      ['dry', '?dryRun=true', {}],
    ];
    for (const [name, query, headers] of ways) {
      test(`an execution that is ${name} is refused results and collections as inputs, at the input`, async () => {
        const service = memoryService({ authorizer });
        const jobID = await makeJob(tried(service), anna);
        const base = service.baseUrl;
        const made = service.ports.workflow.started.length;
        const results = `${base}/jobs/${jobID}/results`;
        for (const features of [
          { href: `${results}/result` },
          { href: results },
          { href: `${results.replace('https://example.org', 'HTTPS://EXAMPLE.org:443')}/result` },
          { collection: `${jobID}.result` },
          { collection: `${base}/collections/${jobID}.result` },
          { collection: `../collections/${jobID}.result/items` },
        ]) {
          const path = `/processes/buffer/execution${query}`;
          const body = { inputs: { features, distance: 10 } };
          const ask = (who: Headers) =>
            service.call(path, { method: 'POST', body, headers: { ...who, ...headers } });
          const refused = await ask(executeOnly ?? {});
          assert.equal(refused.status, 403, `${JSON.stringify(features)} ${refused.text}`);
          assert.deepEqual(
            refused.json.errors.map(({ pointer }: { pointer: string }) => pointer),
            ['/inputs/features'],
          );
          assert.match(refused.json.detail, missing('read'));
          assert.match(refused.json.errors[0].detail, missing('read'));
          assert.match(refused.headers.get('www-authenticate') ?? '', /insufficient_scope/);
          assert.equal(service.ports.workflow.started.length, made);
        }
        const body = { inputs: { features: { href: `${results}/result` }, distance: 10 } };
        const allowed = await service.call(`/processes/buffer/execution${query}`, {
          method: 'POST',
          body,
          headers: { ...anna, ...headers },
        });
        assert.ok(allowed.status < 400, allowed.text);
      });
    }

    test('nor by query', async () => {
      const service = memoryService({ authorizer });
      const jobID = await makeJob(tried(service), anna);
      const href = encodeURIComponent(`${service.baseUrl}/jobs/${jobID}/results/result`);
      const path = `/processes/buffer/execution?features[href]=${href}&distance=10`;
      assert.equal((await service.get(path, executeOnly)).status, 403);
      assert.equal((await service.get(path, anna)).status, 200);
    });

    test('nor by a form', async () => {
      const service = memoryService({ authorizer });
      const jobID = await makeJob(tried(service), anna);
      const form = {
        'Content-Type': 'application/x-www-form-urlencoded',
        'Sec-Fetch-Site': 'same-origin',
        Accept: 'application/json',
      };
      const href = encodeURIComponent(`${service.baseUrl}/jobs/${jobID}/results/result`);
      const ask = (who: Headers = {}) =>
        service.call('/processes/buffer/execution', {
          method: 'POST',
          rawBody: Buffer.from(`features[href]=${href}&distance=10`),
          headers: { ...who, ...form },
        });
      assert.equal((await ask(executeOnly)).status, 403);
      assert.equal((await ask(anna)).status, 303);
    });

    for (const [query, answered] of [
      ['', 200],
      ['?response=collection', 303],
    ] as const) {
      test(`a repetition with its Idempotency-Key is answered with the job, not with its results: POST ${query}`, async () => {
        const service = memoryService({ authorizer });
        const body = { inputs: { features: point, distance: 10 } };
        const ask = (who: Headers = {}) =>
          service.call(`/processes/buffer/execution${query}`, {
            method: 'POST',
            body,
            headers: { ...who, Prefer: 'wait=5', 'Idempotency-Key': 'k' },
          });
        assert.equal((await ask(executeOnly)).status, answered);
        await service.ports.workflow.settled();
        const again = await ask(executeOnly);
        assert.deepEqual([again.status, again.json.status], [201, 'successful'], again.text);
        assert.match(again.headers.get('location') ?? '', /\/jobs\//);
        assert.equal((await ask(anna)).status, answered);
        assert.equal(service.ports.workflow.started.length, 1);
      });
    }

    test('uploads are inputs for whoever sent them', async () => {
      const service = memoryService({ authorizer });
      const mediaType = 'application/geo+json';
      const bytes = Buffer.from(JSON.stringify(point));
      const { json } = await service.call('/uploads', {
        method: 'POST',
        body: { mediaType, size: bytes.length },
        headers: executeOnly ?? {},
      });
      const key = new URL(json.upload.href).pathname.replace(/^.*(?=uploads\/)/, '');
      await service.ports.storage.put(key, bytes, mediaType);
      const body = { inputs: { features: { href: json.href }, distance: 10 } };
      assert.equal((await service.execute('buffer', body, executeOnly)).status, 200);
    });

    test('an administrator reads', async () => {
      const service = memoryService({ authorizer });
      const jobID = await makeJob(tried(service), admin);
      const features = { collection: `${jobID}.result` };
      assert.equal(
        (await service.execute('buffer', { inputs: { features, distance: 10 } }, admin)).status,
        200,
      );
      assert.equal(
        (await service.execute('buffer', { inputs: { features, distance: 10 } }, readOnly)).status,
        403,
      );
    });
  });
}

test('all modes but the open one are tried', () => {
  assert.deepEqual(modes.map(({ mode }) => mode).sort(), ['apiKey', 'cognito', 'iam', 'jwt']);
});

test('a role is one owner, whatever its sessions are called', async () => {
  const service = memoryService({ authorizer: iamMode.authorizer });
  const jobID = await makeJob(tried(service), signedBy('anna'));
  assert.equal((await service.get(`/jobs/${jobID}`, signedBy('annaAgain'))).status, 200);
});

test('the same name at two issuers is two owners', async () => {
  const other = await tokenIssuer('https://login.example.net');
  const at = (from: typeof issuer): Authorizer =>
    tokenGateway(
      { mode: 'jwt', issuer: from.issuer, audience: ['https://processes.example.org'] },
      issuerKeys(from.issuer, async (href) => from.documents[href]),
    );
  const first = memoryService({ authorizer: at(issuer) });
  const jobID = await makeJob(tried(first), await signed({ scope: 'read execute' }));
  const second = memoryService({ authorizer: at(other), jobs: first.ports.jobs });
  const token = await other.sign({ scope: 'read execute' });
  assert.equal((await second.get(`/jobs/${jobID}`, bearer(token))).status, 404);
});

test('the keys of the issuer that cannot be had are a failure of the service, and nobody gets in', async () => {
  const unreachable = tokenGateway(
    { mode: 'jwt', issuer: ISSUER, audience: ['https://processes.example.org'] },
    issuerKeys(ISSUER, () => Promise.reject(new Error('no answer'))),
  );
  const service = memoryService({ authorizer: unreachable });
  const { error } = console;
  const said: string[] = [];
  console.error = (line: string) => said.push(line);
  const { status, json } = await service
    .get('/jobs', await signed({ scope: 'read' }))
    .finally(() => Object.assign(console, { error }));
  assert.match(said.join(), /no answer/);
  assert.deepEqual([status, json.status], [500, 500]);
});

describe('the definition of the API', () => {
  for (const { mode, authorizer } of modes) {
    for (const version of ['oas30', 'oas31']) {
      test(`${version} says for each operation what authorization by ${mode} asks`, async () => {
        const service = memoryService({ authorizer });
        const { json } = await service.get(`/api?f=${version}`);
        const schemes = Object.keys(json.components.securitySchemes);
        assert.equal(schemes.length, 1);
        for (const { path, method, scope } of operationList) {
          const { security, responses } = json.paths[path][method.toLowerCase()];
          if (scope === 'public') {
            assert.equal(security, undefined, path);
            assert.ok(!('401' in responses) && !('403' in responses), path);
            continue;
          }
          const { scopePrefix = '' } = authorizer.authorization;
          const scopes = mode === 'jwt' || mode === 'cognito' ? [scopePrefix + scope] : [];
          assert.deepEqual(security, [{ [schemes[0]!]: scopes }], path);
          assert.ok('401' in responses && '403' in responses, path);
        }
        const { post, get } = json.paths['/processes/echo/execution'];
        assert.deepEqual(post.security, json.paths['/processes/{processID}/execution'].post.security);
        assert.deepEqual(get.security, post.security);
      });
    }
  }

  test('says nothing of credentials where there is no authorization', async () => {
    const { json, text } = await memoryService().get('/api');
    assert.equal(json.components.securitySchemes, undefined);
    assert.doesNotMatch(text, /"security":\[\{/);
  });
});

test('pages say who may come, and whether the request was signed in', async () => {
  for (const { authorizer, anna } of modes) {
    const service = memoryService({ authorizer });
    assert.match((await service.get('/processes?f=html')).text, /Not signed in\./);
    assert.match((await service.get('/jobs?f=html', anna)).text, /Signed in\./);
  }
  assert.match((await memoryService().get('/jobs?f=html')).text, /Open to everyone/);
});
