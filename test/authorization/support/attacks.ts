import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import type { Credentials, Headers } from '../../support/credentials.ts';
import { makeJob } from '../../support/every-operation.ts';
import { fromEnvironment, service } from './deployed.ts';

const base = new URL(fromEnvironment('BASE_URL'));

/** Sends a path exactly as it is written: clients and URLs take dots and slashes out of it. */
function send(method: string, path: string, headers: Headers = {}) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const { hostname, port, pathname } = base;
    const options = { hostname, port, method, path: `${pathname.replace(/\/$/, '')}${path}`, headers };
    const sending = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
      );
    });
    sending.on('error', reject);
    sending.end();
  });
}

/** What proxies and gateways tell the services behind them of a client, and clients may send as well. */
function claims(owner: string): Headers[] {
  const context = JSON.stringify({
    authorizer: { issuer: owner, subject: owner, scopes: 'admin', expires: '9999999999' },
    identity: { userArn: owner, apiKeyId: owner, user: owner },
  });
  return [
    { 'X-Amzn-Request-Context': context },
    { 'X-Amzn-Apigateway-Event': context, 'X-Amzn-Lambda-Context': context },
    { 'X-Amzn-Oidc-Identity': owner, 'X-Amzn-Oidc-Data': owner, 'X-Amzn-Oidc-Accesstoken': owner },
    { 'X-Forwarded-User': owner, 'X-Remote-User': owner, 'Remote-User': owner },
    { 'X-Api-Key': owner, 'X-Amz-Security-Token': owner },
    { 'X-Original-Url': '/', 'X-Rewrite-Url': '/', 'X-Forwarded-Prefix': '/admin' },
    { 'X-Forwarded-For': '127.0.0.1', 'X-Real-Ip': '127.0.0.1', Forwarded: 'for=127.0.0.1' },
  ];
}

/** Other ways to write the path of a job. */
const waysTo = (jobID: string): string[] => [
  `//jobs/${jobID}`,
  `/jobs//${jobID}`,
  `/jobs/./${jobID}`,
  `/processes/../jobs/${jobID}`,
  `/processes/%2e%2e/jobs/${jobID}`,
  `/jobs/%2e/${jobID}`,
  `/jobs/x/..%2f${jobID}`,
  `/JOBS/${jobID}`,
  `/jobs/${jobID.toUpperCase()}`,
  `/jobs/%${jobID.charCodeAt(0).toString(16)}${jobID.slice(1)}`,
  `/jobs/${jobID}/`,
  `/jobs/${jobID}.`,
  `/jobs/${jobID}%20`,
  `/jobs/${jobID}%00`,
  `/jobs/${jobID};owner=a`,
  `/jobs/${jobID}/results/../logs`,
  `/jobs/${jobID}%2Fresults`,
  `/collections/${jobID}.result%2Fitems`,
  `/collections/${jobID}.result/items/%2e%2e`,
];

/** Tests that nobody gets what belongs to somebody else by writing a request otherwise. */
export function tryAttacks({ anna, bram }: Pick<Credentials, 'anna' | 'bram'>): void {
  test('nobody becomes somebody else by what they say of themselves', async () => {
    const jobID = await makeJob(service, anna);
    const owner = (await service.get('/jobs', anna)).text;
    for (const claim of [
      ...claims(jobID),
      ...claims(owner.slice(0, 100)),
      ...Object.values(anna).flatMap(claims),
    ]) {
      // In the header of the mode it is no claim: whoever has the key of somebody is them.
      if (Object.entries(claim).some(([name, value]) => anna[name] === value)) continue;
      const told = JSON.stringify(Object.keys(claim));
      for (const path of [`/jobs/${jobID}`, `/jobs/${jobID}/results`, `/collections/${jobID}.result/items`]) {
        assert.equal((await service.get(path, { ...claim, ...bram })).status, 404, told);
        assert.ok([401, 403].includes((await service.get(path, claim)).status), told);
      }
    }
  });

  test('other ways to write a path lead to nothing that belongs to somebody else', async () => {
    const jobID = await makeJob(service, anna);
    for (const path of waysTo(jobID))
      for (const method of ['GET', 'HEAD', 'DELETE', 'OPTIONS'])
        for (const [who, headers] of [
          ['nobody', {}],
          ['another', bram],
        ] as const) {
          const { status, text } = await send(method, path, headers);
          const told = `${method} ${path} by ${who}: ${status} ${text}`;
          assert.ok(status < 500, told);
          assert.ok(status >= 300 || method === 'OPTIONS', told);
          assert.ok(!/"status":"successful"|"features"/.test(text), told);
        }
    assert.equal((await service.get(`/jobs/${jobID}`, anna)).json.status, 'successful');
  });

  test('a method is what it is, whatever a header or a parameter says', async () => {
    const jobID = await makeJob(service, anna);
    for (const name of ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'])
      await service.get(`/jobs/${jobID}?_method=DELETE&method=DELETE`, { ...anna, [name]: 'DELETE' });
    const { status, json } = await service.get(`/jobs/${jobID}`, anna);
    assert.deepEqual([status, json.status], [200, 'successful']);
  });

  test('credentials belong into their header: those in the query are none', async () => {
    const jobID = await makeJob(service, anna);
    for (const value of Object.values(anna))
      for (const name of [
        'access_token',
        'token',
        'authorization',
        'api_key',
        'x-api-key',
        'apikey',
        'key',
      ]) {
        const query = `${name}=${encodeURIComponent(value.replace(/^Bearer /, ''))}`;
        const { status } = await service.get(`/jobs/${jobID}?${query}`);
        assert.ok([401, 403].includes(status), `${name}: ${status}`);
      }
  });

  test('the cursor of a list is worth nothing to somebody else', async () => {
    for (let job = 0; job < 2; job++) await makeJob(service, anna);
    const { json } = await service.get('/jobs?limit=1', anna);
    const next = json.links.find(({ rel }: { rel: string }) => rel === 'next').href as string;
    assert.equal((await service.get(next, anna)).status, 200);
    assert.equal((await service.get(next, bram)).status, 400);
    assert.ok([401, 403].includes((await service.get(next)).status));
  });

  test("the address of somebody else's results is no input, however it is written", async () => {
    const jobID = await makeJob(service, anna);
    const { protocol, hostname, port, pathname } = base;
    const root = pathname.replace(/\/$/, '');
    const result = `/jobs/${jobID}/results/result`;
    for (const href of [
      `${protocol}//${hostname.toUpperCase()}:${port}${root}${result}`,
      `${protocol}//${hostname}.:${port}${root}${result}`,
      `${protocol}//user:secret@${hostname}:${port}${root}${result}`,
      `${protocol}//${hostname}:${port}${root}/./jobs/../${result}`,
      `${protocol}//${hostname}:${port}${root}/%6Aobs/${jobID}/results/result`,
      `${protocol}//${hostname}:${port}//${root}${result}`,
      `${protocol}//${hostname}:${port}${root}${result}?x=1`,
      `${protocol}//${hostname}:${port}${root}${result}#fragment`,
      `${protocol}//${hostname}:${port}${root}/collections/${jobID}.result/items`,
    ]) {
      const { status, text } = await service.execute(
        'buffer',
        { inputs: { features: { href }, distance: 10 } },
        bram,
      );
      assert.equal(status, 400, `${href}: ${text}`);
    }
  });

  test('a result that was dismissed is not there any more, not by the link that was given before either', async () => {
    const jobID = await makeJob(service, anna);
    const { status, headers } = await service.get(`/jobs/${jobID}/results/result`, anna);
    const link = headers.get('location');
    const dismissed = await service.call(`/jobs/${jobID}`, { method: 'DELETE', headers: anna });
    assert.equal(dismissed.status, 200, dismissed.text);
    assert.equal((await service.get(`/jobs/${jobID}/results/result`, anna)).status >= 400, true);
    if (status >= 300 && status < 400 && link) assert.ok((await service.get(link)).status >= 400, link);
  });
}
