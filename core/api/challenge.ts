import type { Authorization, Scope } from './authorization.ts';
import { scopeName } from './authorization.ts';

/** What `WWW-Authenticate` says (RFC 9110, 11.6.1; RFC 6750, 3): which credentials would do. */
export function challenge(
  authorization: Authorization,
  refused?: { readonly error: 'invalid_token' | 'insufficient_scope'; readonly scope?: Scope },
): string | undefined {
  const { mode } = authorization;
  switch (mode) {
    case 'none':
      return undefined;
    case 'iam':
      return 'AWS4-HMAC-SHA256 service="execute-api"';
    case 'apiKey':
      return 'ApiKey header="X-Api-Key"';
    case 'jwt':
    case 'cognito': {
      const scope = refused?.scope && scopeName(refused.scope, authorization);
      const parameters = [
        'realm="ogc-api-processes"',
        ...(refused ? [`error="${refused.error}"`] : []),
        ...(scope ? [`scope="${scope}"`] : []),
      ];
      return `Bearer ${parameters.join(', ')}`;
    }
  }
}

/** What a client should do that has shown no valid credentials. */
export const credentialsWanted: Readonly<Record<Exclude<Authorization['mode'], 'none'>, string>> = {
  iam: 'Sign the request with Signature Version 4 of AWS, for the service execute-api, with credentials that have not expired.',
  jwt: 'Send "Authorization: Bearer <access token>" with a token of the issuer of this service that has not expired.',
  cognito:
    'Send "Authorization: Bearer <access token>" with an access token of the user pool of this service that has not expired.',
  apiKey: 'Send the header X-Api-Key with a key of this service.',
};
