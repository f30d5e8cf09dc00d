import { describe } from 'node:test';
import { bearer, type Credentials } from '../support/credentials.ts';
import { tryEveryOperation } from '../support/every-operation.ts';
import { fromEnvironment, service, tryLists } from './support/deployed.ts';
import { findPool, makeUser, signedIn, signIn } from './support/user-pool.ts';

/*
 * Users of the pool that the stack makes sign in as pages let them; the authorizer fetches the pool's keys from the emulator.
 */
const pool = await findPool(fromEnvironment('AWS_ENDPOINT_URL'), fromEnvironment('CALLBACK_URL'));
await makeUser(pool, 'anna');
await makeUser(pool, 'bram');
await makeUser(pool, 'operator', true);

const both = ['ogcapi/read', 'ogcapi/execute'];
const { access_token: token, id_token: idToken } = await signIn(pool, 'anna', both);
const [header, payload] = token.split('.');

const credentials: Credentials = {
  mode: 'cognito',
  anna: bearer(token),
  bram: await signedIn(pool, 'bram', both),
  // Of the group alone: the client of the pages has no scope admin.
  admin: await signedIn(pool, 'operator', []),
  readOnly: await signedIn(pool, 'anna', ['ogcapi/read']),
  executeOnly: await signedIn(pool, 'anna', ['ogcapi/execute']),
  bad: {
    'no token': {},
    'an ID token': bearer(idToken),
    'a token without its signature': bearer(`${header}.${payload}.`),
    'text that is no token': bearer('a.b.c'),
  },
  challenge: /^Bearer realm=/,
  missing: (scope) => new RegExp(`"ogcapi/${scope}"`),
};

describe('authorization by cognito, deployed', { concurrency: 1 }, () => {
  tryEveryOperation(service, credentials);
  tryLists(credentials);
});
