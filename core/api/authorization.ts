/**
 * Who may do what. The gateway in front of the service verifies credentials, one way per mode; what they allow is decided here and
 * by the column `scope` of the table of operations, the same for all modes.
 */

/** How clients prove who they are. */
export const authorizationModes = ['none', 'iam', 'jwt', 'cognito', 'apiKey'] as const;
export type AuthorizationMode = (typeof authorizationModes)[number];

/** What credentials may allow. `admin` allows everything, on the jobs of everybody. */
export const scopes = ['read', 'execute', 'admin'] as const;
export type Scope = (typeof scopes)[number];

export const scopeDescriptions: Readonly<Record<Scope, string>> = {
  read: 'See your own jobs, their logs, results and collections',
  execute: 'Execute processes, upload inputs, dismiss your own jobs',
  admin: 'Everything, on the jobs of every owner',
};

/** What a deployment decided about authorization, as its functions know it. Nothing of it is secret. */
export interface Authorization {
  readonly mode: AuthorizationMode;
  /** Stands before `read`, `execute` and `admin` in tokens, for example `https://processes.example.org/`. */
  readonly scopePrefix?: string;
  /** Issuer of the tokens, exactly as their claim `iss` has it; modes `jwt` and `cognito`. */
  readonly issuer?: string;
  /** Where the issuer's discovery document is found, if not below {@link issuer}: at an emulator of AWS. */
  readonly keysAt?: string;
  /** Values of the claim `aud` of which a token must have one; mode `jwt`. */
  readonly audience?: readonly string[];
  /** Client with which pages may ask for tokens (authorization code with PKCE). */
  readonly clientId?: string;
  /** Origins that pages ask besides that of the issuer, where the provider answers at several. */
  readonly signInOrigins?: readonly string[];
  /** Values of the claim `client_id` of which a token must have one; mode `cognito`, whose tokens have no audience. */
  readonly clients?: readonly string[];
  /** Owners with the scope `admin` in the modes whose credentials carry no scopes: `iam` and `apiKey`. */
  readonly admins?: readonly string[];
}

/** Who is asking. */
export interface Principal {
  /** A stable identity: the same for all credentials of one client or person, and never that of another. */
  readonly owner: string;
  readonly scopes: readonly Scope[];
}

/** Owner of everything where there is no authorization. */
const ANONYMOUS = 'anonymous';

export const anonymous: Principal = { owner: ANONYMOUS, scopes: ['read', 'execute'] };

/** Whether the scopes of a principal include `admin`. */
export const isAdmin = ({ scopes: granted }: Pick<Principal, 'scopes'>): boolean => granted.includes('admin');

/** Whether what was granted allows an operation. */
export const allows = ({ scopes: granted }: Pick<Principal, 'scopes'>, needed: Scope | 'public'): boolean =>
  needed === 'public' || granted.includes(needed) || granted.includes('admin');

/** Whether something of an owner is there for who asks; for everybody else it does not exist. */
export const maySee = (principal: Principal, owner: string): boolean =>
  principal.owner === owner || isAdmin(principal);

/** The name of a scope in tokens. */
export const scopeName = (scope: Scope, { scopePrefix = '' }: Pick<Authorization, 'scopePrefix'>): string =>
  `${scopePrefix}${scope}`;

/** Those of the names in a token that are scopes of this service. */
export const scopesNamed = (
  names: readonly string[],
  authorization: Pick<Authorization, 'scopePrefix'>,
): Scope[] => scopes.filter((scope) => names.includes(scopeName(scope, authorization)));

/** Reads what the deployment decided. @throws Error where it is not as `infra/` writes it: nothing is open by mistake */
export function parseAuthorization(text: string): Authorization {
  const read = JSON.parse(text) as Authorization;
  if (!authorizationModes.includes(read.mode)) throw new Error(`"${read.mode}" is not an authorization mode`);
  if ((read.mode === 'jwt' || read.mode === 'cognito') && !read.issuer)
    throw new Error(`Authorization by ${read.mode} has no issuer`);
  return read;
}
