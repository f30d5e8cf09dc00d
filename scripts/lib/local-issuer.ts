import { createServer, type ServerResponse } from 'node:http';
import { type TokenIssuer, tokenIssuer } from '../../test/support/token-issuer.ts';

/** What the tokens of a local issuer are for. */
const AUDIENCE = 'ogc-processes';

/** `host:port` of the issuer: the authorizer fetches its keys by the guarded way out, which must let it through. */
export const issuerHost = (port: number): string => `127.0.0.1:${port}`;

/** What `infra/config` reads, for a service that trusts the issuer at a port. */
export const settingsForIssuer = (port: number) => ({
  AUTHORIZATION: 'jwt',
  JWT_ISSUER: `http://${issuerHost(port)}`,
  JWT_AUDIENCE: AUDIENCE,
});

/** An OpenID Connect provider on the loopback interface, which gives everybody every token. */
export interface LocalIssuer {
  readonly issuer: string;
  readonly sign: TokenIssuer['sign'];
  stop(): Promise<void>;
}

/**
 * Starts an issuer with a key of its own, for trying the mode `jwt` without an identity provider. `GET /token?subject=anna&
 * scope=read+execute` answers an access token, good for an hour, as text.
 */
export async function startIssuer(port: number): Promise<LocalIssuer> {
  const { JWT_ISSUER: url } = settingsForIssuer(port);
  const made = await tokenIssuer(url);
  const sign: TokenIssuer['sign'] = (claims, options) => made.sign({ aud: AUDIENCE, ...claims }, options);
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', url);
    const document = made.documents[url + asked.pathname];
    if (document) answer(response, 'application/json', JSON.stringify(document));
    else if (asked.pathname === '/token')
      void sign(claimsOf(asked.searchParams)).then((token) => answer(response, 'text/plain', token));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    issuer: url,
    sign,
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
}

const claimsOf = (parameters: URLSearchParams) => ({
  sub: parameters.get('subject') ?? 'anna',
  scope: parameters.get('scope') ?? 'read execute',
  exp: Math.floor(Date.now() / 1000) + 3600,
});

function answer(response: ServerResponse, mediaType: string, text: string): void {
  response.writeHead(200, { 'Content-Type': mediaType, 'Cache-Control': 'no-store' }).end(text);
}
