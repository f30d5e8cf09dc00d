import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { issuerKeys } from '../../functions/authorizer/issuer-keys.ts';
import { verifyToken } from '../../functions/authorizer/verify-token.ts';
import { settingsFor } from '../../infra/config/config.ts';
import { freePort } from '../../scripts/lib/emulator.ts';
import { localAuthorization } from '../../scripts/lib/local-authorization.ts';
import { startIssuer } from '../../scripts/lib/local-issuer.ts';
import { Problem } from '../../scripts/lib/progress.ts';

describe('npm start -- --auth', () => {
  const settingsOf = (args: readonly string[], environment: Record<string, string> = {}) => {
    const { settings, hosts } = localAuthorization(args, environment, 4566);
    return settingsFor('local', { ...environment, ...settings, EGRESS_ALLOW_HOSTS: hosts.join() })
      .authorization;
  };

  for (const mode of ['none', 'jwt', 'cognito', 'iam', 'apiKey'])
    test(`${mode} is a setting that a deployment takes`, () => {
      assert.equal(settingsOf(['--auth', mode]).mode, mode);
    });

  test('without it the environment decides', () => {
    assert.equal(settingsOf([]).mode, 'none');
    assert.equal(settingsOf([], { AUTHORIZATION: 'apiKey', API_KEYS: 'carla' }).mode, 'apiKey');
  });

  test('what the environment says of the mode stays', () => {
    const keys = settingsOf(['--auth=apiKey'], { API_KEYS: 'carla', AUTHORIZATION_ADMINS: 'carla' });
    assert.deepEqual(keys.mode === 'apiKey' && [keys.keys, keys.admins], [['carla'], ['carla']]);
    const issuer = { JWT_ISSUER: 'https://login.example.org', JWT_AUDIENCE: 'maps' };
    const { issuerPort, settings } = localAuthorization(['--auth', 'jwt'], issuer, 4566);
    assert.deepEqual([issuerPort, settings], [undefined, { AUTHORIZATION: 'jwt' }]);
  });

  test('what it does not know is refused', () => {
    for (const args of [['--auth', 'basic'], ['--auth'], ['--authorization', 'jwt'], ['jwt']])
      assert.throws(() => localAuthorization(args, {}, 4566), Problem, args.join(' '));
  });
});

test('the issuer beside the emulator gives tokens that the authorizer takes', async () => {
  const issuer = await startIssuer(await freePort());
  after(() => issuer.stop());
  const token = await (await fetch(`${issuer.issuer}/token?subject=bram&scope=read+admin`)).text();
  const get = async (href: string) => (await fetch(href)).json();
  const authorization = { mode: 'jwt', issuer: issuer.issuer, audience: ['ogc-processes'] } as const;
  const { subject, scopes } = await verifyToken(token, authorization, issuerKeys(issuer.issuer, get));
  assert.deepEqual([subject, scopes], ['bram', ['read', 'admin']]);
});
