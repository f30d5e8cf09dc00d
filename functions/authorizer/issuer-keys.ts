import { createRemoteJWKSet, customFetch, type FetchImplementation, type JWTVerifyGetKey } from 'jose';
import { readResponseBody } from '../egress/body.ts';
import { send } from '../egress/follow-redirects.ts';

/** Documents of an issuer are small: a few kilobytes. */
const LARGEST_DOCUMENT = 256 * 1024;
const SECONDS = 5;
/** Milliseconds that keys are kept, and before they are asked for again because a token names one that is not known. */
const KEPT = 10 * 60_000;
const PAUSE = 30_000;

/** GETs a JSON document of the issuer. */
export type GetDocument = (href: string) => Promise<unknown>;

/** By the guarded way out, like every other address that is not fixed in the code, and without redirects. */
export const getThroughEgress =
  (allowHosts: readonly string[]): GetDocument =>
  async (href) => {
    const response = await send(href, {
      method: 'GET',
      headers: { Accept: 'application/json' },
      signal: AbortSignal.timeout(SECONDS * 1000),
      allowHosts,
    });
    if (response.statusCode !== 200) {
      response.destroy();
      throw new Error(`${href} answered ${response.statusCode}`);
    }
    return JSON.parse(new TextDecoder().decode(await readResponseBody(response, LARGEST_DOCUMENT)));
  };

/**
 * The public keys of an issuer, found by its discovery document (OpenID Connect Discovery 1.0, 4) and kept for ten minutes.
 * An unknown key id makes them be asked for again, at most every 30 s: tokens that are made up cost the issuer nothing.
 *
 * @param location where its documents are, if not below the issuer's own address
 */
export function issuerKeys(issuer: string, getDocument: GetDocument, location = issuer): JWTVerifyGetKey {
  let found: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    found ??= discover(issuer, getDocument, location);
    // What failed is tried again with the next token.
    const keys = await found.catch((error) => {
      found = undefined;
      throw error;
    });
    return keys(header, token);
  };
}

async function discover(
  issuer: string,
  getDocument: GetDocument,
  location: string,
): Promise<JWTVerifyGetKey> {
  const address = `${location.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const document = (await getDocument(address)) as { issuer?: unknown; jwks_uri?: unknown } | null;
  if (document?.issuer !== issuer) throw new Error(`${address} is of another issuer`);
  if (typeof document.jwks_uri !== 'string') throw new Error(`${address} has no jwks_uri`);
  if (location.startsWith('https:') && !document.jwks_uri.startsWith('https:'))
    throw new Error(`${address} names keys that do not come over TLS`);
  const fetchKeys: FetchImplementation = async (href) => Response.json(await getDocument(String(href)));
  return createRemoteJWKSet(new URL(document.jwks_uri), {
    cacheMaxAge: KEPT,
    cooldownDuration: PAUSE,
    [customFetch]: fetchKeys,
  });
}
