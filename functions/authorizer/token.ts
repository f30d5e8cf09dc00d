import type { APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import type { JWTVerifyGetKey } from 'jose';
import { parseAllowHosts } from '../../core/net/url-guard.ts';
import { Env, optional } from '../../core/shared/env.ts';
import { authorizationFromEnvironment } from '../http/authorization.ts';
import { authorizeToken } from './authorize-token.ts';
import { getThroughEgress, issuerKeys } from './issuer-keys.ts';

let keys: JWTVerifyGetKey | undefined;

/** The authorizer in front of the API, in the modes `jwt` and `cognito`. */
export const handler = (event: APIGatewayTokenAuthorizerEvent) => {
  const authorization = authorizationFromEnvironment();
  keys ??= issuerKeys(
    authorization.issuer ?? '',
    getThroughEgress(parseAllowHosts(optional(Env.EgressAllowHosts) ?? '')),
  );
  return authorizeToken(event, authorization, keys);
};
