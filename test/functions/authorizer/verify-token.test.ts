import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { base64url, SignJWT, UnsecuredJWT } from 'jose';
import type { Authorization } from '../../../core/api/authorization.ts';
import { issuerKeys } from '../../../functions/authorizer/issuer-keys.ts';
import { InvalidToken, verifyToken } from '../../../functions/authorizer/verify-token.ts';
import { type Claims, type TokenIssuer, tokenIssuer } from '../../support/token-issuer.ts';

const ISSUER = 'https://login.example.org/realms/maps';
const AUDIENCE = 'https://processes.example.org';
const issuer = await tokenIssuer(ISSUER);
const jwt: Authorization = { mode: 'jwt', issuer: ISSUER, audience: [AUDIENCE], scopePrefix: 'maps/' };
const pool: Authorization = { mode: 'cognito', issuer: ISSUER, clients: ['pages'], scopePrefix: 'ogcapi/' };

function keysOf(from: TokenIssuer) {
  const asked: string[] = [];
  const keys = issuerKeys(from.issuer, async (href) => {
    asked.push(href);
    if (!(href in from.documents)) throw new Error(`${href} answered 404`);
    return from.documents[href];
  });
  return { keys, asked };
}
const { keys } = keysOf(issuer);
const now = () => Math.floor(Date.now() / 1000);

describe('a token', () => {
  test('tells whose it is, what it allows, and until when', async () => {
    const exp = now() + 600;
    const token = await issuer.sign({ scope: 'openid maps/read maps/execute execute maps/other', exp });
    assert.deepEqual(await verifyToken(token, jwt, keys), {
      issuer: ISSUER,
      subject: 'anna',
      scopes: ['read', 'execute'],
      expires: exp + 30,
    });
  });

  test('may have its scopes in scp, as a text or a list', async () => {
    for (const scp of ['maps/admin maps/read', ['maps/read', 'maps/admin', 5]]) {
      const { scopes } = await verifyToken(await issuer.sign({ scp }), jwt, keys);
      assert.deepEqual(scopes, ['read', 'admin']);
    }
  });

  test('may come from a clock that is 20 s off', async () => {
    for (const claims of [{ exp: now() - 20 }, { nbf: now() + 20 }])
      assert.equal((await verifyToken(await issuer.sign(claims), jwt, keys)).subject, 'anna');
  });

  const wrong: Record<string, Claims> = {
    'has expired': { exp: now() - 40 },
    'is not good yet': { nbf: now() + 60 },
    'never expires': { exp: undefined },
    'is for another audience': { aud: 'https://other.example.org' },
    'is for no audience': { aud: undefined },
    'is of another issuer': { iss: 'https://evil.example.org' },
    'is of an issuer whose name is longer': { iss: `${ISSUER}/` },
    'is of no issuer': { iss: undefined },
    'is of nobody': { sub: undefined },
    'is of somebody without a name': { sub: '' },
    'is of somebody whose name is too long': { sub: 'x'.repeat(256) },
    'is of a number': { sub: 5 },
  };
  for (const [name, claims] of Object.entries(wrong)) {
    test(`that ${name} is refused`, async () => {
      await assert.rejects(verifyToken(await issuer.sign(claims), jwt, keys), InvalidToken);
    });
  }

  test('whose signature, payload or header was changed is refused', async () => {
    const [header = '', payload = '', signature = ''] = (await issuer.sign({ scope: 'maps/read' })).split(
      '.',
    );
    const admin = base64url.encode(
      JSON.stringify({
        ...JSON.parse(new TextDecoder().decode(base64url.decode(payload))),
        scope: 'maps/admin',
      }),
    );
    const bytes = base64url.decode(signature);
    bytes[3]! ^= 1;
    const forged = [
      `${header}.${admin}.${signature}`,
      `${header}.${payload}.${base64url.encode(bytes)}`,
      `${header}.${payload}.`,
      `${base64url.encode('{"alg":"none"}')}.${payload}.`,
      `${base64url.encode('{"alg":"none"}')}.${payload}.${signature}`,
    ];
    for (const token of forged) await assert.rejects(verifyToken(token, jwt, keys), InvalidToken, token);
  });

  test('of another key is refused, and so is one that brings its own key', async () => {
    const other = await tokenIssuer(ISSUER);
    await assert.rejects(verifyToken(await other.sign(), jwt, keys), InvalidToken);
    await assert.rejects(verifyToken(await other.sign({}, { kid: 'key-2' }), jwt, keys), InvalidToken);
  });

  test('that is signed with a secret is refused, were it even the public key; and so is one without a signature', async () => {
    const [jwk] = (issuer.documents[`${ISSUER}/keys`] as { keys: object[] }).keys;
    const claims = { iss: ISSUER, aud: AUDIENCE, sub: 'anna', exp: now() + 600 };
    for (const alg of ['HS256', 'HS384', 'HS512']) {
      const secret = new TextEncoder().encode(JSON.stringify(jwk).padEnd(64));
      const token = await new SignJWT(claims).setProtectedHeader({ alg, kid: 'key-1' }).sign(secret);
      await assert.rejects(verifyToken(token, jwt, keys), InvalidToken);
    }
    await assert.rejects(verifyToken(new UnsecuredJWT(claims).encode(), jwt, keys), InvalidToken);
  });

  test('that is none is refused', async () => {
    for (const token of ['', '.', '..', 'a.b.c', 'x'.repeat(20_000), '{}', '\u0000.\u0000.\u0000'])
      await assert.rejects(verifyToken(token, jwt, keys), InvalidToken);
  });
});

describe('a token of a user pool', () => {
  const claims = { aud: undefined, token_use: 'access', client_id: 'pages', scope: 'openid ogcapi/read' };
  const scopesOf = async (more: Claims) =>
    (await verifyToken(await issuer.sign({ ...claims, ...more }), pool, keys)).scopes;

  test('names the client instead of an audience', async () => {
    assert.deepEqual(await scopesOf({}), ['read']);
    await assert.rejects(scopesOf({ client_id: 'other' }), InvalidToken);
    await assert.rejects(scopesOf({ client_id: undefined }), InvalidToken);
  });

  test('is an access token: an ID token says who somebody is, not what they may', async () => {
    await assert.rejects(scopesOf({ token_use: 'id', aud: 'pages' }), InvalidToken);
    await assert.rejects(scopesOf({ token_use: undefined }), InvalidToken);
  });

  test('of a member of the group of administrators has the scope admin', async () => {
    assert.deepEqual(await scopesOf({ 'cognito:groups': ['maps', 'admin'] }), ['read', 'admin']);
    assert.deepEqual(await scopesOf({ 'cognito:groups': 'admin' }), ['read']);
    assert.deepEqual(await scopesOf({ 'cognito:groups': ['administrators'] }), ['read']);
  });
});

describe('the keys of an issuer', () => {
  test('may be rotated twice: tokens of a key that is published are good, and others are refused as such', async () => {
    const issuers = await Promise.all(['one', 'two', 'three'].map(() => tokenIssuer(ISSUER)));
    const published = (index: number) => ({
      keys: issuers.slice(Math.max(0, index - 1), index + 1).flatMap(({ documents }, nth) => {
        const { keys: own } = documents[`${ISSUER}/keys`] as { keys: object[] };
        return own.map((key) => ({ ...key, kid: `key-${Math.max(0, index - 1) + nth}` }));
      }),
    });
    for (const [index, expected] of [
      [0, [true, false, false]],
      [1, [true, true, false]],
      [2, [false, true, true]],
    ] as const) {
      const documents: Record<string, unknown> = {
        ...issuers[0]!.documents,
        [`${ISSUER}/keys`]: published(index),
      };
      const keys = issuerKeys(ISSUER, async (href) => documents[href]);
      for (const [signer, isGood] of expected.entries()) {
        const token = await issuers[signer]!.sign({}, { kid: `key-${signer}` });
        const verified = verifyToken(token, jwt, keys);
        if (isGood) assert.equal((await verified).subject, 'anna');
        else await assert.rejects(verified, InvalidToken);
      }
    }
  });

  test('are asked for once, and again only after a pause when a token names an unknown one', async () => {
    const { keys: counted, asked } = keysOf(issuer);
    for (let index = 0; index < 5; index++) await verifyToken(await issuer.sign(), jwt, counted);
    for (let index = 0; index < 5; index++)
      await assert.rejects(verifyToken(await issuer.sign({}, { kid: `made-up-${index}` }), jwt, counted));
    assert.deepEqual(asked, [`${ISSUER}/.well-known/openid-configuration`, `${ISSUER}/keys`]);
  });

  test('are found elsewhere where the operator says so, of the same issuer', async () => {
    const at = 'http://127.0.0.1:4566/pool';
    const documentsOf = (named: string): Record<string, unknown> => ({
      [`${at}/.well-known/openid-configuration`]: { issuer: named, jwks_uri: `${at}/keys` },
      [`${at}/keys`]: issuer.documents[`${ISSUER}/keys`],
    });
    const keysAt = (documents: Record<string, unknown>) =>
      issuerKeys(ISSUER, async (href) => documents[href], at);
    assert.equal((await verifyToken(await issuer.sign(), jwt, keysAt(documentsOf(ISSUER)))).subject, 'anna');
    const other = keysAt(documentsOf('https://evil.example.org'));
    await assert.rejects(verifyToken(await issuer.sign(), jwt, other), /is of another issuer/);
  });

  test('that cannot be had are no fault of the token, and are asked for again', async () => {
    let fails = true;
    const flaky = issuerKeys(ISSUER, async (href) => {
      if (fails) throw new Error('no answer');
      return issuer.documents[href];
    });
    const token = await issuer.sign();
    const failure = await verifyToken(token, jwt, flaky).catch((error) => error);
    assert.ok(!(failure instanceof InvalidToken));
    assert.match(String(failure), /no answer/);
    fails = false;
    assert.equal((await verifyToken(token, jwt, flaky)).subject, 'anna');
  });

  const discoveries: Record<string, unknown> = {
    'of another issuer': { issuer: 'https://evil.example.org', jwks_uri: `${ISSUER}/keys` },
    'without keys': { issuer: ISSUER },
    'whose keys do not come over TLS': { issuer: ISSUER, jwks_uri: 'http://login.example.org/keys' },
    'that is null': null,
  };
  for (const [name, document] of Object.entries(discoveries)) {
    test(`are not taken from a discovery document ${name}`, async () => {
      const wrong = issuerKeys(ISSUER, async (href) =>
        href.endsWith('openid-configuration') ? document : issuer.documents[href],
      );
      const failure = await verifyToken(await issuer.sign(), jwt, wrong).catch((error) => error);
      assert.ok(failure instanceof Error && !(failure instanceof InvalidToken));
    });
  }
});
