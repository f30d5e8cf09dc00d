import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Authorization, parseAuthorization } from '../../../core/api/authorization.ts';
import { authorizationFromEnvironment } from '../../../functions/http/authorization-from-environment.ts';
import { readPrincipal } from '../../../functions/http/principal.ts';

const ISSUER = 'https://login.example.org';
const jwt: Authorization = { mode: 'jwt', issuer: ISSUER };
const NOW = 1_800_000_000_000;
const told = { issuer: ISSUER, subject: 'anna', scopes: 'read admin other', expires: String(NOW / 1000 + 1) };
const read = (authorizer: object | undefined, authorization = jwt) =>
  readPrincipal({ authorizer } as never, authorization, NOW);

describe('who is asking', () => {
  test('is whom the authorizer names', () => {
    assert.deepEqual(read(told), { owner: `${ISSUER}|anna`, scopes: ['read', 'admin'] });
  });

  const nobody: Record<string, object | undefined> = {
    'without an authorizer': undefined,
    'with an empty one': {},
    'with nothing but a principal': { principalId: 'anna', claims: { sub: 'anna' } },
    'without a subject': { ...told, subject: '' },
    'with a subject that is no text': { ...told, subject: 5 },
    'of another issuer': { ...told, issuer: 'https://evil.example.org' },
    'without an issuer': { ...told, issuer: undefined },
    'whose token has expired while the gateway remembered it': { ...told, expires: String(NOW / 1000) },
    'whose token does not say when it expires': { ...told, expires: undefined },
    'whose token expires at no time': { ...told, expires: 'never' },
  };
  for (const [name, authorizer] of Object.entries(nobody)) {
    test(`is nobody ${name}`, () => {
      assert.equal(read(authorizer), undefined);
    });
  }

  test('is everybody together only where there is no authorization', () => {
    assert.deepEqual(readPrincipal({}, { mode: 'none' }), {
      owner: 'anonymous',
      scopes: ['read', 'execute'],
    });
    for (const mode of ['iam', 'apiKey', 'jwt', 'cognito'] as const)
      assert.equal(readPrincipal({}, { mode, issuer: ISSUER }), undefined, mode);
  });

  test('is an identity of a pool by its own id, and nobody where the pool lets everybody in', () => {
    const identity = {
      userArn: 'arn:aws:sts::123456789012:assumed-role/pool/CognitoIdentityCredentials',
      cognitoIdentityId: 'eu-west-1:1234',
    };
    const asked = (more: object) =>
      readPrincipal({ identity: { ...identity, ...more } as never }, { mode: 'iam' });
    assert.equal(
      asked({ cognitoAuthenticationType: 'authenticated' })?.owner,
      'cognito-identity|eu-west-1:1234',
    );
    assert.equal(asked({ cognitoAuthenticationType: 'unauthenticated' }), undefined);
    assert.equal(asked({}), undefined);
  });

  test('is not what another mode would read', () => {
    const context = {
      authorizer: told,
      identity: { userArn: 'arn:aws:iam::123456789012:user/a', apiKeyId: 'k' },
    };
    const owner = (authorization: Authorization) =>
      readPrincipal(context as never, authorization, NOW)?.owner;
    assert.deepEqual(
      [owner(jwt), owner({ mode: 'iam' }), owner({ mode: 'apiKey' })],
      [`${ISSUER}|anna`, 'arn:aws:iam::123456789012:user/a', 'api-key|k'],
    );
  });
});

describe('what the deployment decided', () => {
  test('must be there: without it nothing is open', () => {
    delete process.env['AUTHORIZATION'];
    assert.throws(() => authorizationFromEnvironment(), /AUTHORIZATION is not set/);
  });

  for (const text of [
    '',
    'jwt',
    '{}',
    '{"mode":"open"}',
    '{"mode":"jwt"}',
    '{"mode":"cognito","issuer":""}',
    'null',
  ])
    test(`is not taken from ${text || 'nothing'}`, () => {
      assert.throws(() => parseAuthorization(text));
    });
});
