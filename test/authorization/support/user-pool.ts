import { createHash, randomBytes } from 'node:crypto';
import { emulatorSignature } from './identities.ts';

/** Tokens that a sign-in on the pages of a pool gives. */
export interface PoolTokens {
  readonly access_token: string;
  readonly id_token?: string;
  readonly refresh_token: string;
}

/** A client of a pool, as the pages of the service are one. */
export interface PoolClient {
  readonly poolId: string;
  readonly clientId: string;
}

/** The user pools of an emulator, which the service itself never asks: its operator does, and browsers do. */
export class UserPools {
  readonly #endpoint: string;

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  /** Calls an action of the API `cognito-idp`. @throws Error where it is refused */
  async call<Answer>(action: string, parameters: object): Promise<Answer> {
    const response = await fetch(this.#endpoint, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-amz-json-1.1',
        'X-Amz-Target': `AWSCognitoIdentityProviderService.${action}`,
        Authorization: emulatorSignature('cognito-idp'),
      },
      body: JSON.stringify(parameters),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${action}: ${response.status} ${text}`);
    return JSON.parse(text || '{}') as Answer;
  }

  /** The pool that was deployed with the service, and the client of its pages. */
  async ofService(): Promise<PoolClient> {
    const { UserPools } = await this.call<{ UserPools: { Id: string }[] }>('ListUserPools', {
      MaxResults: 10,
    });
    const [pool] = UserPools;
    if (!pool || UserPools.length !== 1) throw new Error(`There are ${UserPools.length} pools, not one`);
    const { UserPoolClients } = await this.call<{ UserPoolClients: { ClientId: string }[] }>(
      'ListUserPoolClients',
      { UserPoolId: pool.Id },
    );
    const [client] = UserPoolClients;
    if (!client || UserPoolClients.length !== 1) throw new Error('The pool has not one client');
    return { poolId: pool.Id, clientId: client.ClientId };
  }

  /** Makes a user, as docs/operate/authorization.md tells the operator to. */
  async addUser(poolId: string, email: string, password: string, group?: string): Promise<void> {
    const user = { UserPoolId: poolId, Username: email };
    await this.call('AdminCreateUser', {
      ...user,
      MessageAction: 'SUPPRESS',
      UserAttributes: [
        { Name: 'email', Value: email },
        { Name: 'email_verified', Value: 'true' },
      ],
    });
    await this.call('AdminSetUserPassword', { ...user, Password: password, Permanent: true });
    if (group) await this.call('AdminAddUserToGroup', { ...user, GroupName: group });
  }

  /** Signs in on the pages of the pool, by a code and the proof of who asked for it (PKCE, RFC 7636). */
  async signIn(
    { clientId }: PoolClient,
    { email, password }: { readonly email: string; readonly password: string },
    redirectUri: string,
    scope: string,
  ): Promise<PoolTokens> {
    const verifier = randomBytes(32).toString('base64url');
    const same = { client_id: clientId, redirect_uri: redirectUri };
    const page = await this.#post('/login', {
      ...same,
      scope,
      response_type: 'code',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      username: email,
      password,
    });
    const code = URL.parse(page.headers.get('location') ?? '')?.searchParams.get('code');
    if (!code) throw new Error(`${email} cannot sign in: ${page.status} ${await page.text()}`);
    const response = await this.#post('/oauth2/token', {
      ...same,
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
    });
    if (!response.ok) throw new Error(`${email} gets no token: ${await response.text()}`);
    return (await response.json()) as PoolTokens;
  }

  #post(path: string, form: Readonly<Record<string, string>>): Promise<Response> {
    return fetch(`${this.#endpoint}${path}`, {
      method: 'POST',
      body: new URLSearchParams(form),
      redirect: 'manual',
    });
  }
}
