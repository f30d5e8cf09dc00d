import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { operationList } from '../../../core/api/operations.ts';
import { pageFiles } from '../../../functions/html/page-files.ts';
import { html } from '../../../functions/html/parts/markup.ts';
import { tokenGateway } from '../../support/memory/memory-authorizer.ts';
import { memoryService } from '../../support/memory-service.ts';

const { get, ports, execute } = memoryService();
const base = 'https://example.org/v1';

describe('what a page loads', () => {
  test('the style sheet, and each module that an element names once, under the base path', () => {
    const content = html`<pre data-module="copy">a</pre><pre data-module="copy map">b</pre>`;
    assert.deepEqual(pageFiles(content, base).text.trim().split('\n'), [
      `<link rel="stylesheet" href="${base}/assets/style.css">`,
      `<script type="module" src="${base}/assets/copy.js"></script>`,
      `<script type="module" src="${base}/assets/map.js"></script>`,
    ]);
  });

  test('nothing that a client has written', () => {
    const content = html`<p>${' data-module="evil"'}</p><p title="${' data-module="evil"'}"></p>`;
    assert.doesNotMatch(pageFiles(content, base).text, /evil/);
  });
});

describe('every page', async () => {
  const { json } = await execute('echo', { inputs: { message: 'x' } }, { Prefer: 'respond-async' });
  await ports.workflow.settled();
  const paths = operationList
    .filter(({ method, representations }) => method === 'GET' && representations.includes('html' as never))
    .map(({ path }) =>
      path
        .replace('{processID}', 'buffer')
        .replace('{jobID}', json.jobID)
        .replace(/\{\w+\}/, 'none'),
    );
  for (const path of paths) {
    test(`${path} has nothing inline, and a policy that allows nothing so`, async () => {
      const { text, headers } = await get(`${path}?f=html`, { Accept: 'text/html' });
      assert.match(headers.get('content-type') ?? '', /text\/html/);
      const policy = headers.get('content-security-policy') ?? '';
      assert.match(policy, /^default-src 'none'; script-src 'self' https:\/\/example.org/);
      assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval(?!')|\*/);
      assert.doesNotMatch(text, /<style|<script(?![^>]* src=)| style=| on\w+=/i);
    });
  }
});

describe('signing in', () => {
  const authorization = {
    mode: 'jwt',
    issuer: 'https://login.example.net/realms/maps',
    audience: ['https://processes.example.org'],
    clientId: 'pages',
    signInOrigins: ['https://tokens.example.net'],
  } as const;
  const refuse = async () => {
    throw new Error('No token is good here');
  };
  const html = { Accept: 'text/html' };
  const connects = (headers: Headers) =>
    /connect-src ([^;]+)/.exec(headers.get('content-security-policy') ?? '')?.[1];

  test('is on every page, in front of all scripts, and the policy allows the provider', async () => {
    const service = memoryService({ authorizer: tokenGateway(authorization, refuse) });
    const { text, headers } = await service.get('/', html);
    assert.match(
      text,
      /data-client="pages" data-scopes="openid read execute" data-audience="https:\/\/processes.example.org"/,
    );
    assert.match(text, /<script type="module" src="[^"]*\/sign-in.js"><\/script>\n<script/);
    assert.equal(
      connects(headers),
      "'self' https://example.org https://login.example.net https://tokens.example.net",
    );
  });

  test('a page for which nobody is signed in says so; programs get the problem of the gateway', async () => {
    const service = memoryService({ authorizer: tokenGateway(authorization, refuse) });
    for (const path of ['/jobs', '/jobs/none', '/collections', '/collections/none/items']) {
      const { status, text, headers } = await service.get(path, html);
      assert.equal(status, 401, path);
      assert.match(text, /data-sign-in/);
      assert.match(headers.get('content-type') ?? '', /text\/html/);
    }
    const program = await service.get('/jobs', { Accept: 'application/json' });
    assert.deepEqual([program.status, program.json.status], [401, 401]);
    const results = await service.get('/jobs/none/results', html);
    assert.equal(results.status, 401);
  });

  test('without a client to sign in with, and where everybody may do everything, there is no trace of it', async () => {
    const { clientId: _, ...others } = authorization;
    for (const service of [memoryService({ authorizer: tokenGateway(others, refuse) }), memoryService()]) {
      const { text, headers } = await service.get('/', html);
      assert.doesNotMatch(text, /sign-in|My jobs/);
      assert.equal(connects(headers), "'self' https://example.org");
    }
    const refused = await memoryService({ authorizer: tokenGateway(others, refuse) }).get('/jobs', html);
    assert.equal(refused.status, 401);
    assert.doesNotMatch(refused.text, /data-sign-in/);
  });
});
