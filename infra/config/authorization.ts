import { type AuthorizationMode, authorizationModes } from '../../core/api/authorization.ts';
import { isAllowedHost } from '../../core/net/url-guard.ts';
import { splitList } from './split-list.ts';

/** How clients prove who they are; see docs/operate/authorization.md. */
export type AuthorizationSettings = OpenToAll | ByIam | ByToken | ByUserPool | ByKey;

/** Everybody may do everything with everybody's jobs. */
export interface OpenToAll {
  readonly mode: 'none';
}

/** Requests are signed with credentials of AWS; the policies of the caller say which operations it may use. */
export interface ByIam {
  readonly mode: 'iam';
  /** ARNs of roles and users that see the jobs of all. */
  readonly admins: readonly string[];
}

/** Access tokens of an OpenID Connect provider. */
export interface ByToken {
  readonly mode: 'jwt';
  /** Exactly as the claim `iss` has it; its discovery document names the keys. */
  readonly issuer: string;
  /** Values of the claim `aud` of which a token must have one. */
  readonly audience: readonly string[];
  /** Stands before `read`, `execute` and `admin` in tokens. */
  readonly scopePrefix: string;
  /** Public client with which pages ask for tokens; absent: pages offer no way to sign in. */
  readonly clientId?: string;
  /** Origins that pages ask for tokens, besides that of the issuer. */
  readonly signInOrigins?: readonly string[];
}

/** Access tokens of a user pool that the stack of the state makes. */
export interface ByUserPool {
  readonly mode: 'cognito';
  /** Where the pool sends users back to after they have signed in. */
  readonly callbackUrls: readonly string[];
  /** First label of the domain of the pool's pages, unique in the region; absent: made of stage and account. */
  readonly domainPrefix?: string;
  /** Where the pool publishes its keys, for emulators: they do not answer at the addresses of AWS. */
  readonly endpoint?: string;
}

/** API keys with a usage plan. */
export interface ByKey {
  readonly mode: 'apiKey';
  /** Names of the keys, each of which is an owner. */
  readonly keys: readonly string[];
  /** Those of them that see the jobs of all. */
  readonly admins: readonly string[];
  /** Requests per second and at once, and a day, of each key. */
  readonly throttle: { readonly rate: number; readonly burst: number };
  readonly requestsPerDay: number;
}

/** What the environment sets: `AUTHORIZATION` is the mode, the others its members. @throws Error naming what is missing */
export function authorizationFrom(
  environment: Record<string, string | undefined>,
): AuthorizationSettings | undefined {
  const mode = environment['AUTHORIZATION'];
  if (!mode) return undefined;
  if (!authorizationModes.includes(mode as AuthorizationMode))
    throw new Error(`AUTHORIZATION is "${mode}": use one of ${authorizationModes.join(', ')}`);
  return makers[mode as AuthorizationMode](environment);
}

const makers: Readonly<
  Record<AuthorizationMode, (environment: Record<string, string | undefined>) => AuthorizationSettings>
> = {
  none: () => ({ mode: 'none' }),
  iam: ({ AUTHORIZATION_ADMINS }) => ({ mode: 'iam', admins: splitList(AUTHORIZATION_ADMINS) }),
  jwt: ({ JWT_ISSUER = '', JWT_AUDIENCE, JWT_SCOPE_PREFIX = '', JWT_CLIENT_ID, JWT_SIGN_IN_ORIGINS }) => ({
    mode: 'jwt',
    issuer: JWT_ISSUER,
    audience: splitList(JWT_AUDIENCE),
    scopePrefix: JWT_SCOPE_PREFIX,
    ...(JWT_CLIENT_ID ? { clientId: JWT_CLIENT_ID } : {}),
    ...(JWT_SIGN_IN_ORIGINS ? { signInOrigins: splitList(JWT_SIGN_IN_ORIGINS) } : {}),
  }),
  cognito: ({ COGNITO_CALLBACK_URLS, COGNITO_DOMAIN_PREFIX, COGNITO_ENDPOINT }) => ({
    mode: 'cognito',
    callbackUrls: splitList(COGNITO_CALLBACK_URLS),
    ...(COGNITO_DOMAIN_PREFIX ? { domainPrefix: COGNITO_DOMAIN_PREFIX } : {}),
    ...(COGNITO_ENDPOINT ? { endpoint: COGNITO_ENDPOINT } : {}),
  }),
  apiKey: ({ API_KEYS, AUTHORIZATION_ADMINS }) => ({
    mode: 'apiKey',
    keys: splitList(API_KEYS),
    admins: splitList(AUTHORIZATION_ADMINS),
    throttle: { rate: 50, burst: 100 },
    requestsPerDay: 100_000,
  }),
};

/** @throws Error naming the setting that would let somebody in by mistake, or keep everybody out */
export function verifyAuthorization(
  settings: AuthorizationSettings,
  egressAllowHosts: readonly string[],
): void {
  if (settings.mode === 'iam') verifyArns(settings.admins);
  if (settings.mode === 'jwt') verifyIssuer(settings, egressAllowHosts);
  if (settings.mode === 'cognito') verifyCallbacks(settings.callbackUrls);
  if (settings.mode === 'apiKey') verifyKeys(settings);
}

function verifyArns(admins: readonly string[]): void {
  for (const arn of admins)
    if (!/^arn:[\w-]+:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/.test(arn))
      throw new Error(
        `AUTHORIZATION_ADMINS has "${arn}": use the ARN of a role or a user, for example arn:aws:iam::123456789012:role/operator`,
      );
}

function verifyIssuer(
  { issuer, audience, scopePrefix, signInOrigins = [] }: ByToken,
  egressAllowHosts: readonly string[],
): void {
  const url = URL.parse(issuer);
  const isAllowed = url !== null && isAllowedHost(url, egressAllowHosts);
  if (!url || !(url.protocol === 'https:' || isAllowed) || url.search || url.hash)
    throw new Error(
      `JWT_ISSUER is "${issuer}": use the https URL in the claim iss of the tokens, for example https://login.example.org/realms/maps`,
    );
  if (audience.length === 0)
    throw new Error(
      'JWT_AUDIENCE is empty: give the value of the claim aud in tokens for this service; without it, tokens for other services of the issuer would be accepted',
    );
  // A policy of pages is made of them: nothing but an origin may get in.
  for (const origin of signInOrigins)
    if (URL.parse(origin)?.origin !== origin || !origin.startsWith('https://'))
      throw new Error(
        `JWT_SIGN_IN_ORIGINS has "${origin}": use the https origin of a token endpoint, for example https://oauth2.example.org`,
      );
  // RFC 6749, 3.3; what has a quote would end the text in WWW-Authenticate.
  if (!/^[\x21\x23-\x5b\x5d-\x7e]*$/.test(scopePrefix) || scopePrefix.includes("'"))
    throw new Error(`JWT_SCOPE_PREFIX is "${scopePrefix}": use characters that are allowed in scopes`);
}

function verifyCallbacks(callbackUrls: readonly string[]): void {
  if (callbackUrls.length === 0)
    throw new Error('COGNITO_CALLBACK_URLS is empty: give the URLs to which users return after signing in');
  for (const href of callbackUrls) {
    const url = URL.parse(href);
    const isLocal = url?.protocol === 'http:' && url.hostname === 'localhost';
    if (!url || (url.protocol !== 'https:' && !isLocal))
      throw new Error(`COGNITO_CALLBACK_URLS has "${href}": use https, or http://localhost`);
  }
}

function verifyKeys({ keys, admins }: ByKey): void {
  if (keys.length === 0)
    throw new Error('API_KEYS is empty: name a key per client, for example API_KEYS=alice,bob');
  for (const name of keys)
    if (!/^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(name))
      throw new Error(`API_KEYS has "${name}": use letters, digits and hyphens, a letter first`);
  if (new Set(keys).size !== keys.length) throw new Error('API_KEYS has a name twice');
  const unknown = admins.filter((name) => !keys.includes(name));
  if (unknown.length > 0)
    throw new Error(`AUTHORIZATION_ADMINS has "${unknown[0]}", which is not in API_KEYS`);
}
