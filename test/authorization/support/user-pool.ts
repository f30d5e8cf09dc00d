import { createHash, randomBytes } from 'node:crypto';
import type { Headers } from '../../support/credentials.ts';
import { bearer } from '../../support/credentials.ts';

/** A user pool as it is deployed, and what its pages are told. */
export interface Pool {
  readonly endpoint: string;
  readonly poolId: string;
  readonly clientId: string;
  readonly callbackUrl: string;
}

async function ask(endpoint: string, operation: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
      Authorization:
        'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=none',
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${operation}: ${response.status} ${text}`);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

/** The pool whose tokens the definition of the API asks for. */
export async function findPool(endpoint: string, callbackUrl: string): Promise<Pool> {
  const { UserPools } = await ask(endpoint, 'ListUserPools', { MaxResults: 10 });
  const [pool] = UserPools as { Id: string }[];
  if (!pool) throw new Error('There is no user pool');
  const { UserPoolClients } = await ask(endpoint, 'ListUserPoolClients', { UserPoolId: pool.Id });
  const [client] = UserPoolClients as { ClientId: string }[];
  if (!client) throw new Error('The user pool has no client');
  return { endpoint, poolId: pool.Id, clientId: client.ClientId, callbackUrl };
}

const PASSWORD = 'Correct-horse-7-battery';

/** Makes a user as docs/operate/authorization.md tells an operator to, whose password needs no change. */
export async function makeUser({ endpoint, poolId }: Pool, name: string, isAdmin = false): Promise<void> {
  const user = { UserPoolId: poolId, Username: `${name}@example.org` };
  await ask(endpoint, 'AdminCreateUser', { ...user, MessageAction: 'SUPPRESS' });
  await ask(endpoint, 'AdminSetUserPassword', { ...user, Password: PASSWORD, Permanent: true });
  if (isAdmin) await ask(endpoint, 'AdminAddUserToGroup', { ...user, GroupName: 'admin' });
}

export interface Tokens {
  readonly access_token: string;
  readonly id_token: string;
}

/** Signs a user in as a page does: authorization code with PKCE (RFC 7636). */
export async function signIn(pool: Pool, name: string, scopes: readonly string[]): Promise<Tokens> {
  const { endpoint, clientId, callbackUrl } = pool;
  const verifier = randomBytes(32).toString('base64url');
  const asked = {
    client_id: clientId,
    redirect_uri: callbackUrl,
    response_type: 'code',
    scope: ['openid', ...scopes].join(' '),
    state: 'state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  const login = await fetch(`${endpoint}/login`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ ...asked, username: `${name}@example.org`, password: PASSWORD }),
  });
  const code = URL.parse(login.headers.get('location') ?? '')?.searchParams.get('code');
  if (!code) throw new Error(`${name} cannot sign in: ${login.status} ${await login.text()}`);
  const response = await fetch(`${endpoint}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      redirect_uri: callbackUrl,
      code,
      code_verifier: verifier,
    }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${name} gets no token: ${response.status} ${text}`);
  return JSON.parse(text) as Tokens;
}

export const signedIn = async (pool: Pool, name: string, scopes: readonly string[]): Promise<Headers> =>
  bearer((await signIn(pool, name, scopes)).access_token);
