/** What the page says of how to sign in; nothing of it is secret. */
export interface Settings {
  /** Base URL of the service, without a slash at its end. */
  readonly base: string;
  readonly issuer: string;
  readonly client: string;
  /** Separated by spaces. */
  readonly scopes: string;
  /** Of the access token, for providers that ask for it. */
  readonly audience: string | undefined;
}

/** Where the provider is asked (OpenID Connect Discovery 1.0, section 3). */
interface Provider {
  readonly issuer: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly end_session_endpoint?: string;
}

/** What was sent with the person to the provider, to know them again by when they come back. */
interface Pending {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Address to go on at. */
  readonly after: string;
}

/** Tokens as the provider gives them. */
export interface Tokens {
  readonly access_token: string;
  readonly id_token?: string;
  /** Seconds. */
  readonly expires_in?: number;
}

const PENDING = 'sign-in pending';

/** Where the provider sends people back to: the start page, which anybody may see. */
const redirectUri = ({ base }: Settings): string => `${base}/`;

async function discover({ issuer }: Settings): Promise<Provider> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  if (!response.ok) throw new Error(`${issuer}: ${response.status}`);
  const provider = (await response.json()) as Provider;
  if (provider.issuer !== issuer) throw new Error(`the provider at ${issuer} has another issuer`);
  return provider;
}

/** Sends the person to the provider (RFC 6749, 4.1, with PKCE: RFC 7636). */
export async function goToProvider(settings: Settings, after = location.href): Promise<void> {
  const { authorization_endpoint } = await discover(settings);
  const pending: Pending = { state: random(), nonce: random(), verifier: random(), after };
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
  const url = new URL(authorization_endpoint);
  const parameters = {
    response_type: 'code',
    client_id: settings.client,
    redirect_uri: redirectUri(settings),
    scope: settings.scopes,
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await challengeOf(pending.verifier),
    code_challenge_method: 'S256',
    ...(settings.audience === undefined ? {} : { audience: settings.audience }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  location.assign(url);
}

/** Whether the address is one with which a provider sends people back. */
export const isReturn = (): boolean =>
  sessionStorage.getItem(PENDING) !== null && new URLSearchParams(location.search).has('state');

/** Takes what the provider has sent with the person. @throws Error where it is not the answer to what was asked here */
export async function takeReturn(
  settings: Settings,
): Promise<{ readonly tokens: Tokens; readonly after: string }> {
  const query = new URLSearchParams(location.search);
  const { state, nonce, verifier, after } = JSON.parse(sessionStorage.getItem(PENDING) ?? '{}') as Pending;
  sessionStorage.removeItem(PENDING);
  if (query.get('state') !== state) throw new Error('state');
  const code = query.get('code');
  if (code === null) throw new Error(query.get('error_description') ?? query.get('error') ?? 'code');
  const { token_endpoint } = await discover(settings);
  const response = await fetch(token_endpoint, {
    method: 'POST',
    headers: { Accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri(settings),
      client_id: settings.client,
      code_verifier: verifier,
    }),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  const tokens = (await response.json()) as Tokens;
  if (tokens.id_token !== undefined && readClaims(tokens.id_token)['nonce'] !== nonce)
    throw new Error('nonce');
  return { tokens, after };
}

/** Ends the session with the provider too, where it says how; its own page may follow. */
export async function leaveProvider(settings: Settings, idToken: string | undefined): Promise<void> {
  const { end_session_endpoint } = await discover(settings).catch((): Partial<Provider> => ({}));
  if (end_session_endpoint === undefined) {
    location.assign(redirectUri(settings));
    return;
  }
  const url = new URL(end_session_endpoint);
  url.searchParams.set('client_id', settings.client);
  url.searchParams.set('post_logout_redirect_uri', redirectUri(settings));
  // Amazon Cognito's name for the same.
  url.searchParams.set('logout_uri', redirectUri(settings));
  if (idToken !== undefined) url.searchParams.set('id_token_hint', idToken);
  location.assign(url);
}

/** What a token says. It comes from the provider itself, by TLS, and names the person on the page: its signature says no more. */
export function readClaims(token: string): Readonly<Record<string, unknown>> {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(payload), (c) => c.charCodeAt(0))));
  } catch {
    return {};
  }
}

const random = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

const challengeOf = async (verifier: string): Promise<string> =>
  base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));

const base64url = (bytes: Uint8Array): string =>
  // oxlint-disable-next-line house/no-spread-into-call -- 32 bytes
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
