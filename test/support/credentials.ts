import { base64url, UnsecuredJWT } from 'jose';
import type { Authorization, AuthorizationMode } from '../../core/api/authorization.ts';
import { type Claims, type TokenIssuer, tokenIssuer } from './token-issuer.ts';

export type Headers = Record<string, string>;

/** Credentials of a mode, by what is right or wrong about them. */
export interface Credentials {
  readonly mode: AuthorizationMode;
  readonly anna: Headers;
  readonly bram: Headers;
  readonly admin: Headers;
  readonly readOnly?: Headers;
  readonly executeOnly?: Headers;
  /** Each is answered 401. */
  readonly bad: Readonly<Record<string, Headers>>;
  readonly challenge: RegExp;
  /** What a 403 says is missing. */
  readonly missing: (scope: string) => RegExp;
}

export const bearer = (token: string): Headers => ({ Authorization: `Bearer ${token}` });

/** A token whose claims were changed after it was signed. */
export function withPayload(token: string, changes: object): string {
  const [header, payload = '', signature] = token.split('.');
  const claims = JSON.parse(new TextDecoder().decode(base64url.decode(payload)));
  return [header, base64url.encode(JSON.stringify({ ...claims, ...changes })), signature].join('.');
}

/** @param good claims that a token of this mode needs besides those which every token of the issuer has */
export async function tokenCredentials(
  issuer: Pick<TokenIssuer, 'issuer' | 'sign'>,
  authorization: Pick<Authorization, 'mode' | 'scopePrefix'>,
  good: Claims,
): Promise<Credentials> {
  const { mode, scopePrefix = '' } = authorization;
  const scoped = (...names: string[]): Claims => ({
    ...good,
    scope: names.map((name) => scopePrefix + name).join(' '),
  });
  const now = Math.floor(Date.now() / 1000);
  const signed = async (claims: Claims): Promise<Headers> => bearer(await issuer.sign(claims));
  const stranger = await tokenIssuer(issuer.issuer);
  const both = scoped('read', 'execute');
  const token = await issuer.sign(both);
  return {
    mode,
    anna: bearer(token),
    bram: await signed({ ...both, sub: 'bram' }),
    admin: await signed({ ...scoped('admin'), sub: 'operator' }),
    readOnly: await signed(scoped('read')),
    executeOnly: await signed(scoped('execute')),
    challenge: /^Bearer realm=/,
    missing: (scope) => new RegExp(`"${scopePrefix}${scope}"`),
    bad: {
      'no token': {},
      'an empty header': { Authorization: '' },
      'another scheme': { Authorization: `Basic ${btoa('anna:secret')}` },
      'a token without its scheme': { Authorization: token },
      'no token after the scheme': { Authorization: 'Bearer ' },
      'text that is no token': bearer('a.b.c'),
      'a token that has expired': await signed({ ...both, exp: now - 120 }),
      'a token of the future': await signed({ ...both, nbf: now + 600 }),
      'a token that never expires': await signed({ ...both, exp: undefined }),
      'a token of another issuer': await signed({ ...both, iss: 'https://evil.example.org' }),
      'a token signed by somebody else': bearer(await stranger.sign(both)),
      'a token for somebody else': await signed(
        mode === 'cognito' ? { ...both, client_id: 'other' } : { ...both, aud: 'https://other.example.org' },
      ),
      'a token of nobody': await signed({ ...both, sub: '' }),
      'a token without a subject': await signed({ ...both, sub: undefined }),
      'a token made that of an administrator': bearer(
        withPayload(token, { scope: `${scopePrefix}admin`, 'cognito:groups': ['admin'] }),
      ),
      'a token made that of somebody else': bearer(withPayload(token, { sub: 'bram' })),
      'a token whose signature is cut off': bearer(`${token.split('.').slice(0, 2).join('.')}.`),
      'a token without a signature': bearer(
        new UnsecuredJWT({ iss: issuer.issuer, sub: 'anna', exp: now + 600, ...both }).encode(),
      ),
    },
  };
}
