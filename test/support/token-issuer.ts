import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** Claims as a test wants them, right or wrong; undefined leaves one out. */
export type Claims = Readonly<Record<string, unknown>>;

/** An OpenID Connect provider with keys of its own, in this process. */
export interface TokenIssuer {
  readonly issuer: string;
  /** The documents that it publishes, by their addresses. */
  readonly documents: Readonly<Record<string, unknown>>;
  /** An access token of `anna`, good for ten minutes, but for what the claims say. */
  sign(claims?: Claims, options?: { readonly kid?: string; readonly alg?: string }): Promise<string>;
}

/** @param issuer value of `iss`, and where the documents are */
export async function tokenIssuer(issuer: string, alg = 'ES256'): Promise<TokenIssuer> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'key-1', alg, use: 'sig' };
  return {
    issuer,
    documents: {
      [`${issuer}/.well-known/openid-configuration`]: { issuer, jwks_uri: `${issuer}/keys` },
      [`${issuer}/keys`]: { keys: [jwk] },
    },
    sign: (claims = {}, { kid = 'key-1' } = {}) => {
      const now = Math.floor(Date.now() / 1000);
      const payload = {
        iss: issuer,
        aud: 'https://processes.example.org',
        sub: 'anna',
        iat: now,
        exp: now + 600,
        ...claims,
      };
      return new SignJWT(payload as JWTPayload)
        .setProtectedHeader({ alg, kid, typ: 'at+jwt' })
        .sign(privateKey);
    },
  };
}
