import { type Authorization, type AuthorizationMode, scopeName } from './authorization.ts';
import type { ApiRequest } from './http.ts';
import type { Operation } from './operations.ts';

/** What a page needs to know to say who is signed in, and to let people sign in. Nothing of it is secret. */
export interface SignIn {
  readonly mode: AuthorizationMode;
  /** Whether this very request carried good credentials; always false for public operations, which are asked without. */
  readonly signedIn: boolean;
  /** OpenID Connect issuer; its discovery document names where to ask for tokens. */
  readonly issuer?: string;
  /** Public client for the authorization code flow with PKCE; absent where pages cannot ask for tokens. */
  readonly clientId?: string;
  /** Scopes to ask for. */
  readonly scopes?: readonly string[];
  /** Audience of the tokens to ask for, where tokens have one. */
  readonly audience?: string;
  /** Origins that pages ask for tokens: that of the issuer, and others that the deployment names. */
  readonly origins?: readonly string[];
}

/** How the client of a request can sign in, and whether it has. */
export function signInFor({ authorization, principal }: ApiRequest): SignIn {
  const { mode, issuer, clientId } = authorization;
  const signedIn = mode !== 'none' && principal !== undefined;
  if (issuer === undefined) return { mode, signedIn };
  const scopes = ['openid', scopeName('read', authorization), scopeName('execute', authorization)];
  if (clientId === undefined) return { mode, signedIn, issuer };
  const [audience] = authorization.audience ?? [];
  const origins = [new URL(issuer).origin, ...(authorization.signInOrigins ?? [])];
  return {
    mode,
    signedIn,
    issuer,
    clientId,
    scopes,
    ...(audience === undefined ? {} : { audience }),
    origins,
  };
}

/**
 * Whether pages of an operation are asked for by browsers in which nobody is signed in yet, and answered with a page that lets
 * people do that: those that need a scope, where there is a client to sign in with.
 */
export const offersSignIn = (
  { method, scope, representations }: Pick<Operation, 'method' | 'scope' | 'representations'>,
  { mode, clientId }: Authorization,
): boolean =>
  (mode === 'jwt' || mode === 'cognito') &&
  clientId !== undefined &&
  method === 'GET' &&
  scope !== 'public' &&
  representations.includes('html');
