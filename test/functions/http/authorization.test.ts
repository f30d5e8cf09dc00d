import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { base64url, UnsecuredJWT } from 'jose';
import type { Authorization, AuthorizationMode } from '../../../core/api/authorization.ts';
import { hasHead, type Operation, operationList } from '../../../core/api/operations.ts';
import { issuerKeys } from '../../../functions/authorizer/issuer-keys.ts';
import {
  type Authorizer,
  keyGateway,
  type Signer,
  signatureGateway,
  tokenGateway,
} from '../../support/memory/memory-authorizer.ts';
import { type MemoryService, memoryService } from '../../support/memory-service.ts';
import type { Answer } from '../../support/service-client.ts';
import { type Claims, tokenIssuer } from '../../support/token-issuer.ts';

/*
 * Every operation in every mode, with every kind of credentials: the gateway as its twin in memory plays it, with the real
 * authorizer, and behind it the real pipeline.
 */

type Headers = Record<string, string>;

/** Credentials of a mode, by what is right or wrong about them. */
interface Mode {
  readonly mode: AuthorizationMode;
  readonly authorizer: Authorizer;
  readonly anna: Headers;
  readonly bram: Headers;
  readonly admin: Headers;
  readonly readOnly?: Headers;
  readonly executeOnly?: Headers;
  /** Each is answered 401. */
  readonly bad: Readonly<Record<string, Headers>>;
  readonly challenge: RegExp;
  /** What a 403 says is missing. */
  readonly missing: (scope: string) => RegExp;
}

const ISSUER = 'https://login.example.org/realms/maps';
const issuer = await tokenIssuer(ISSUER);
const stranger = await tokenIssuer(ISSUER);
const now = Math.floor(Date.now() / 1000);

const bearer = (token: string): Headers => ({ Authorization: `Bearer ${token}` });
const signed = async (claims: Claims): Promise<Headers> => bearer(await issuer.sign(claims));

function withPayload(token: string, changes: object): string {
  const [header, payload = '', signature] = token.split('.');
  const claims = JSON.parse(new TextDecoder().decode(base64url.decode(payload)));
  return [header, base64url.encode(JSON.stringify({ ...claims, ...changes })), signature].join('.');
}

async function tokenMode(authorization: Authorization, good: Claims): Promise<Mode> {
  const { scopePrefix = '' } = authorization;
  const scoped = (...names: string[]): Claims => ({
    ...good,
    scope: names.map((name) => scopePrefix + name).join(' '),
  });
  const both = scoped('read', 'execute');
  const token = await issuer.sign(both);
  const isPool = authorization.mode === 'cognito';
  return {
    mode: authorization.mode,
    authorizer: tokenGateway(
      authorization,
      issuerKeys(ISSUER, async (href) => issuer.documents[href]),
    ),
    anna: bearer(token),
    bram: await signed({ ...both, sub: 'bram' }),
    admin: await signed({ ...scoped('admin'), sub: 'operator' }),
    readOnly: await signed(scoped('read')),
    executeOnly: await signed(scoped('execute')),
    challenge: /^Bearer realm=/,
    missing: (scope) => new RegExp(`"${scopePrefix}${scope}"`),
    bad: {
      'no token': {},
      'an empty header': { Authorization: '' },
      'another scheme': { Authorization: `Basic ${btoa('anna:secret')}` },
      'a token without its scheme': { Authorization: token },
      'no token after the scheme': { Authorization: 'Bearer ' },
      'text that is no token': bearer('a.b.c'),
      'a token that has expired': await signed({ ...both, exp: now - 120 }),
      'a token of the future': await signed({ ...both, nbf: now + 600 }),
      'a token that never expires': await signed({ ...both, exp: undefined }),
      'a token of another issuer': await signed({ ...both, iss: 'https://evil.example.org' }),
      'a token signed by somebody else': bearer(await stranger.sign(both)),
      'a token for somebody else': await signed(
        isPool ? { ...both, client_id: 'other' } : { ...both, aud: 'https://other.example.org' },
      ),
      'a token of nobody': await signed({ ...both, sub: '' }),
      'a token without a subject': await signed({ ...both, sub: undefined }),
      'a token made that of an administrator': bearer(
        withPayload(token, { scope: `${scopePrefix}admin`, 'cognito:groups': ['admin'] }),
      ),
      'a token made that of somebody else': bearer(withPayload(token, { sub: 'bram' })),
      'a token whose signature is cut off': bearer(`${token.split('.').slice(0, 2).join('.')}.`),
      'a token without a signature': bearer(
        new UnsecuredJWT({ iss: ISSUER, sub: 'anna', exp: now + 600, ...both }).encode(),
      ),
    },
  };
}

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

const layer = {
  type: 'FeatureCollection',
  features: [{ type: 'Feature', id: 'a', properties: {}, geometry: { type: 'Point', coordinates: [7, 51] } }],
};

/** A job of an owner, at its end, whose result is a collection. */
async function makeJob(service: MemoryService, headers: Headers): Promise<string> {
  const { status, text, json } = await service.execute(
    'buffer',
    { inputs: { features: layer, distance: 10 } },
    { ...headers, Prefer: 'respond-async' },
  );
  assert.equal(status, 201, text);
  await service.ports.workflow.settled();
  return json.jobID;
}

/** Operations on something that belongs to somebody. */
const isOwned = ({ path }: Operation): boolean => /^\/(jobs|collections)\/\{/.test(path);

async function askFor(
  { operationId, path, method }: Operation,
  service: MemoryService,
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

for (const { mode, authorizer, anna, bram, admin, bad, readOnly, executeOnly, challenge, missing } of modes) {
  describe(`authorization by ${mode}`, () => {
    const service = memoryService({ authorizer });

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

    test('lists have what is of the client, and everything for an administrator', async () => {
      const quiet = memoryService({ authorizer });
      const ids = { anna: await makeJob(quiet, anna), bram: await makeJob(quiet, bram) };
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
      for (let index = 0; index < 3; index++) await makeJob(quiet, anna);
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
      for (const features of inputs) {
        for (const headers of [bram, admin]) {
          const { status, json } = await service.execute(
            'buffer',
            { inputs: { features, distance: 10 } },
            headers,
          );
          assert.equal(status, 400, JSON.stringify(json));
        }
      }
      const [own] = inputs;
      const { status, text } = await service.execute(
        'buffer',
        { inputs: { features: own, distance: 10 } },
        anna,
      );
      assert.equal(status, 200, text);
    });

    test('a method that a path does not offer is told to everybody', async () => {
      assert.equal((await service.call('/jobs', { method: 'PATCH' })).status, 405);
    });
  });
}

test('all modes but the open one are tried', () => {
  assert.deepEqual(modes.map(({ mode }) => mode).sort(), ['apiKey', 'cognito', 'iam', 'jwt']);
});

test('a role is one owner, whatever its sessions are called', async () => {
  const service = memoryService({ authorizer: iamMode.authorizer });
  const jobID = await makeJob(service, signedBy('anna'));
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
  const jobID = await makeJob(first, await signed({ scope: 'read execute' }));
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
  assert.match((await memoryService().get('/jobs?f=html')).text, /Open to everybody/);
});
