import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { Authorization } from '../../core/api/authorization.ts';
import { issuerKeys } from '../../functions/authorizer/issuer-keys.ts';
import { tokenGateway } from '../support/memory/memory-authorizer.ts';
import { tokenIssuer } from '../support/token-issuer.ts';
import { type Provider, startPages } from './support/pages-harness.ts';

const ISSUER = 'https://login.example.net/realms/maps';
const issuer = await tokenIssuer(ISSUER);
const authorization: Authorization = {
  mode: 'jwt',
  issuer: ISSUER,
  audience: ['https://processes.example.org'],
  clientId: 'pages',
};
const authorizer = tokenGateway(
  authorization,
  issuerKeys(ISSUER, async (href) => issuer.documents[href]),
);

/** Codes that were given, with the challenge and the nonce that they were asked for with. */
const codes = new Map<string, { readonly challenge: string; readonly nonce: string }>();
const asked: URLSearchParams[] = [];
let signedOut = false;

const json = (value: unknown) => ({
  headers: { 'Access-Control-Allow-Origin': '*' },
  contentType: 'application/json',
  body: JSON.stringify(value),
});

/** An OpenID Connect provider at which Anna is signed in already. */
const provider: Provider = async ({ pathname, searchParams: query }, body) => {
  const below = pathname.slice(new URL(ISSUER).pathname.length);
  if (below === '/.well-known/openid-configuration')
    return json({
      issuer: ISSUER,
      authorization_endpoint: `${ISSUER}/authorize`,
      token_endpoint: `${ISSUER}/token`,
      end_session_endpoint: `${ISSUER}/logout`,
    });
  if (below === '/authorize') {
    asked.push(query);
    const code = `code-${codes.size}`;
    codes.set(code, {
      challenge: query.get('code_challenge') ?? '',
      nonce: query.get('nonce') ?? '',
    });
    const back = new URL(query.get('redirect_uri') ?? '');
    back.searchParams.set('code', code);
    back.searchParams.set('state', query.get('state') ?? '');
    return { status: 302, headers: { Location: back.href } };
  }
  if (below === '/token') {
    const form = new URLSearchParams(body);
    const given = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    // RFC 7636, 4.6: who cannot show what the challenge was made of gets no token.
    if (!given || given.challenge !== challenge) return { ...json({ error: 'invalid_grant' }), status: 400 };
    return json({
      access_token: await issuer.sign({ scope: 'read execute' }),
      id_token: await issuer.sign({ aud: 'pages', nonce: given.nonce, name: 'Anna Fisher' }),
      expires_in: 600,
      token_type: 'Bearer',
    });
  }
  if (below === '/logout') {
    signedOut = true;
    return { status: 302, headers: { Location: query.get('post_logout_redirect_uri') ?? '' } };
  }
  return undefined;
};

// Browsers say on their console that a page was answered 401, which it is meant to be.
const pages = await startPages({ authorizer, provider, isExpected: (text) => /status of 40[01]/.test(text) });
after(() => pages.close());

async function signIn(page: Page): Promise<void> {
  await page.locator('main').getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Anna Fisher').waitFor();
}

describe('where people sign in', () => {
  it('a page that is not for everybody asks for it, comes back to itself, and shows what is theirs', async () => {
    const page = await pages.open('/jobs?f=html&limit=7');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await signIn(page);
    await page.getByText('There are no jobs yet').waitFor();
    assert.match(page.url(), /\/jobs\?f=html&limit=7$/);
    const [query] = asked;
    assert.deepEqual(
      ['response_type', 'client_id', 'redirect_uri', 'scope', 'code_challenge_method'].map((name) =>
        query?.get(name),
      ),
      ['code', 'pages', `${pages.service.baseUrl}/`, 'openid read execute', 'S256'],
    );
    await page.context().close();
  });

  it('runs, sees the result, saves it, follows the jobs, and signs out', async () => {
    const page = await pages.open('/processes/buffer?f=html&example=1');
    await page.locator('form.process-form button.primary').click();
    await page.getByText('Sign in first').waitFor();
    await page.locator('header').getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Anna Fisher').waitFor();
    await page.locator('form.process-form button.primary').click();
    await page.locator('[data-outcome] [data-status=successful]').waitFor();
    await page.locator('[data-outcome] result-map.complete').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('.result a.primary').click(),
    ]);
    assert.equal(download.suggestedFilename(), 'buffer-result.geojson');
    // A form that the page sends as it is. Redirects of scripts are not answered by this twin of the service, refusals are.
    await page.locator('form.convert select').evaluate((select: HTMLSelectElement) => {
      if (select.options[0]) select.options[0].value = 'text/none';
    });
    await page.locator('form.convert button').click();
    await page.getByRole('heading', { level: 1, name: 'Convert features' }).waitFor();
    await page.getByText('Nothing was run').waitFor();
    await page.getByRole('link', { name: 'My jobs' }).click();
    await page.getByRole('link', { name: 'Buffer', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.locator('header').getByRole('button', { name: 'Sign in' }).waitFor();
    assert.ok(signedOut);
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    await page.goto(`${pages.service.baseUrl}/jobs?f=html`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.context().close();
  });

  it('an answer that nobody here has asked for signs nobody in', async () => {
    const page = await pages.open('/jobs?f=html');
    await page.evaluate(() =>
      sessionStorage.setItem(
        'sign-in pending',
        JSON.stringify({ state: 'mine', nonce: '', verifier: 'a', after: location.href }),
      ),
    );
    codes.set('stolen', { challenge: createHash('sha256').update('a').digest('base64url'), nonce: '' });
    await page.goto(`${pages.service.baseUrl}/?code=stolen&state=other`);
    await page.getByText('Signing in failed').waitFor();
    assert.equal(await page.evaluate(() => sessionStorage.getItem('sign-in')), null);
    assert.doesNotMatch(page.url(), /stolen/);
    await page.context().close();
  });

  it('a token that is good no more is forgotten, and the page asks again', async () => {
    const page = await pages.open('/?f=html');
    const token = await issuer.sign({ scope: 'read', exp: 1 });
    await page.evaluate(
      (session) => sessionStorage.setItem('sign-in', session),
      JSON.stringify({ token, expires: Date.now() + 60_000, name: 'Anna Fisher' }),
    );
    await page.goto(`${pages.service.baseUrl}/jobs?f=html`);
    await page.locator('main').getByRole('button', { name: 'Sign in' }).waitFor();
    assert.equal(await page.evaluate(() => sessionStorage.getItem('sign-in')), null);
    await page.context().close();
  });
});
