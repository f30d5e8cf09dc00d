import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { decodeJwt } from 'jose';
import { bearer, type Credentials, withPayload } from '../support/credentials.ts';
import { makeJob, tryEveryOperation } from '../support/every-operation.ts';
import { tokenIssuer } from '../support/token-issuer.ts';
import { tryAttacks } from './support/attacks.ts';
import { fromEnvironment, service, tryLists } from './support/deployed.ts';
import { UserPools } from './support/user-pool.ts';

/*
 * Users of the pool that was deployed with the service sign in on its pages, with a code and PKCE; the gateway asks the deployed
 * authorizer, which fetches the keys of the pool. A token that has expired is tried on the authorizer alone: pools give none of
 * less than five minutes.
 */
const redirectUri = fromEnvironment('REDIRECT_URI');
const pools = new UserPools(fromEnvironment('AWS_ENDPOINT_URL'));
const pages = await pools.ofService();
const password = `Aa1!${randomUUID()}`;
const both = 'openid ogcapi/read ogcapi/execute';

async function user(name: string, group?: string) {
  const email = `${name}@example.org`;
  await pools.addUser(pages.poolId, email, password, group);
  return { email, password };
}

const anna = await user('anna');
const tokens = await pools.signIn(pages, anna, redirectUri, both);
const signedIn = async (who: typeof anna, scope = both) =>
  bearer((await pools.signIn(pages, who, redirectUri, scope)).access_token);

/** Another client of the same pool, with the same scopes: it is not one of this service. */
const { UserPoolClient } = await pools.call<{ UserPoolClient: { ClientId: string } }>(
  'CreateUserPoolClient',
  {
    UserPoolId: pages.poolId,
    ClientName: 'another',
    AllowedOAuthFlows: ['code'],
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthScopes: both.split(' '),
    CallbackURLs: [redirectUri],
    SupportedIdentityProviders: ['COGNITO'],
  },
);
const elsewhere = await pools.signIn(
  { ...pages, clientId: UserPoolClient.ClientId },
  anna,
  redirectUri,
  both,
);

const claims = decodeJwt(tokens.access_token);
const stranger = await tokenIssuer(String(claims.iss));
const forged = (changes: object) => bearer(withPayload(tokens.access_token, changes));

const credentials: Credentials = {
  mode: 'cognito',
  anna: bearer(tokens.access_token),
  bram: await signedIn(await user('bram')),
  admin: await signedIn(await user('operator', 'admin')),
  readOnly: await signedIn(anna, 'openid ogcapi/read'),
  executeOnly: await signedIn(anna, 'openid ogcapi/execute'),
  bad: {
    'no token': {},
    'an empty header': { Authorization: '' },
    'a name and a password': { Authorization: `Basic ${btoa(`${anna.email}:${password}`)}` },
    'a token without its scheme': { Authorization: tokens.access_token },
    'the ID token of the same sign-in': bearer(tokens.id_token ?? ''),
    'the refresh token of the same sign-in': bearer(tokens.refresh_token),
    'a token for another client of the pool': bearer(elsewhere.access_token),
    'a token signed by somebody else': bearer(await stranger.sign({ ...claims })),
    'a token made that of an administrator': forged({ 'cognito:groups': ['admin'] }),
    'a token made that of somebody else': forged({ sub: randomUUID() }),
    'a token made to last': forged({ exp: Number(claims.exp) + 86_400 }),
    'a token whose signature is cut off': bearer(`${tokens.access_token.split('.').slice(0, 2).join('.')}.`),
  },
  challenge: /^Bearer realm=/,
  missing: (scope) => new RegExp(`"ogcapi/${scope}"`),
};

describe('authorization by cognito, deployed', { concurrency: 1 }, () => {
  tryEveryOperation(service, credentials);
  tryLists(credentials);
  tryAttacks(credentials);

  test('a user of another pool is nobody here, were its name the same', async () => {
    const { UserPool } = await pools.call<{ UserPool: { Id: string } }>('CreateUserPool', {
      PoolName: 'of somebody else',
    });
    const other = await pools.call<{ UserPoolClient: { ClientId: string } }>('CreateUserPoolClient', {
      UserPoolId: UserPool.Id,
      ClientName: 'pages',
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['openid'],
      CallbackURLs: [redirectUri],
      SupportedIdentityProviders: ['COGNITO'],
    });
    await pools.call('CreateGroup', { UserPoolId: UserPool.Id, GroupName: 'admin' });
    await pools.addUser(UserPool.Id, anna.email, password, 'admin');
    const client = { poolId: UserPool.Id, clientId: other.UserPoolClient.ClientId };
    const { access_token } = await pools.signIn(client, anna, redirectUri, 'openid');
    const jobID = await makeJob(service, credentials.anna);
    assert.equal((await service.get(`/jobs/${jobID}`, bearer(access_token))).status, 401);
  });

  test('two sign-ins of a user are one owner', async () => {
    const jobID = await makeJob(service, credentials.anna);
    assert.equal((await service.get(`/jobs/${jobID}`, await signedIn(anna))).status, 200);
  });

  test('whoever asks on the pages for the scope of administrators does not get it', async () => {
    const jobID = await makeJob(service, credentials.bram);
    const asked = await signedIn(anna, `${both} ogcapi/admin`).catch(() => undefined);
    if (asked) assert.equal((await service.get(`/jobs/${jobID}`, asked)).status, 404);
  });
});
