import { after, describe } from 'node:test';
import { startIssuer } from '../../scripts/lib/local-issuer.ts';
import { tokenCredentials } from '../support/credentials.ts';
import { tryEveryOperation } from '../support/every-operation.ts';
import { tryAttacks } from './support/attacks.ts';
import { fromEnvironment, service, tryLists } from './support/deployed.ts';

/*
 * The gateway asks the deployed authorizer, which fetches the keys from an issuer of this test's own by the guarded way out.
 */
const issuer = await startIssuer(Number(fromEnvironment('ISSUER_PORT')));
after(() => issuer.stop());
const credentials = await tokenCredentials(issuer, { mode: 'jwt' }, {});

describe('authorization by jwt, deployed', { concurrency: 1 }, () => {
  tryEveryOperation(service, credentials);
  tryLists(credentials);
  tryAttacks(credentials);
});
