import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { type Authorization, type Scope, scopesNamed } from '../../core/api/authorization.ts';

/** Signatures with a private key only: with HS256 whoever can check a token could also make one, and `none` is no signature. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** Seconds by which the clocks of issuer and service may differ. */
const CLOCK_SKEW_SECONDS = 30;

/** Characters of a token: API Gateway takes 10 240 bytes of headers. */
const LONGEST_TOKEN = 10_240;

/** Characters of a subject: OpenID Connect Core 1.0, section 2, allows 255. */
const LONGEST_SUBJECT = 255;

/** Group of a user pool whose members have the scope `admin`: a pool gives every user the scopes of a client. */
export const ADMIN_GROUP = 'admin';

/** The token is not good; the message is for the log and never holds the token. */
export class InvalidToken extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'InvalidToken';
  }
}

export interface VerifiedToken {
  readonly issuer: string;
  readonly subject: string;
  readonly scopes: readonly Scope[];
  /** Unix time in seconds. */
  readonly expires: number;
}

/**
 * Verifies an access token (RFC 7519, RFC 9068): signature by a key of the issuer, issuer, audience, time, subject.
 * @param keys of the issuer; what it throws besides "no such key" goes on to the caller
 * @throws InvalidToken
 */
export async function verifyToken(
  token: string,
  authorization: Authorization,
  keys: JWTVerifyGetKey,
  now = new Date(),
): Promise<VerifiedToken> {
  if (token.length > LONGEST_TOKEN) throw new InvalidToken('is too long');
  const { issuer = '', audience, mode } = authorization;
  const payload = await verifySignature(token, keys, {
    algorithms: ALGORITHMS,
    issuer,
    ...(mode === 'jwt' ? { audience: [...(audience ?? [])] } : {}),
    clockTolerance: CLOCK_SKEW_SECONDS,
    requiredClaims: ['iss', 'sub', 'exp', ...(mode === 'jwt' ? ['aud'] : [])],
    currentDate: now,
  });
  const { sub, exp } = payload;
  if (typeof sub !== 'string' || sub === '' || sub.length > LONGEST_SUBJECT)
    throw new InvalidToken('has no subject');
  if (typeof exp !== 'number') throw new InvalidToken('never expires');
  if (mode === 'cognito') checkPoolToken(payload, authorization);
  const granted = scopesNamed(readScopes(payload), authorization);
  const scopes =
    mode === 'cognito' && isPoolAdmin(payload) ? ([...new Set([...granted, 'admin'])] as Scope[]) : granted;
  return { issuer, subject: sub, scopes, expires: exp + CLOCK_SKEW_SECONDS };
}

async function verifySignature(
  token: string,
  keys: JWTVerifyGetKey,
  options: Parameters<typeof jwtVerify>[2],
): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, keys, options)).payload;
  } catch (error) {
    if (isFaultOfToken(error)) throw new InvalidToken(error.code);
    throw error;
  }
}

/** What is wrong with the token, as against the key set that could not be had. */
const isFaultOfToken = (error: unknown): error is errors.JOSEError =>
  error instanceof errors.JOSEError &&
  !(error instanceof errors.JWKSTimeout) &&
  !(error instanceof errors.JWKSInvalid) &&
  error.code !== 'ERR_JOSE_GENERIC';

/** Access tokens of a user pool name the client instead of an audience, and ID tokens are signed with the same keys. */
function checkPoolToken(payload: JWTPayload, { clients = [] }: Authorization): void {
  if (payload['token_use'] !== 'access') throw new InvalidToken('is not an access token');
  if (!clients.includes(String(payload['client_id']))) throw new InvalidToken('is for another client');
}

const isPoolAdmin = (payload: JWTPayload): boolean => {
  const groups = payload['cognito:groups'];
  return Array.isArray(groups) && groups.includes(ADMIN_GROUP);
};

/** `scope` is a text (RFC 8693, 4.2); some issuers have `scp` instead, as a text or a list. */
function readScopes(payload: JWTPayload): string[] {
  const claims = [payload['scope'], payload['scp']];
  return claims.flatMap((claim) => {
    if (typeof claim === 'string') return claim.split(' ');
    return Array.isArray(claim) ? claim.filter((name) => typeof name === 'string') : [];
  });
}
