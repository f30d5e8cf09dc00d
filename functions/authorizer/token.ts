import type { APIGatewayRequestAuthorizerEvent, APIGatewayTokenAuthorizerEvent, Context } from 'aws-lambda';
import type { JWTVerifyGetKey } from 'jose';
import type { Authorization } from '../../core/api/authorization.ts';
import { parseAllowHosts } from '../../core/net/url-guard.ts';
import { Env, optional } from '../../core/shared/env.ts';
import { authorizationFromEnvironment } from '../http/authorization-from-environment.ts';
import { logger } from '../observe/logger.ts';
import { authorizePage } from './authorize-page.ts';
import { authorizeToken } from './authorize-token.ts';
import { getThroughEgress, issuerKeys } from './issuer-keys.ts';

let keys: JWTVerifyGetKey | undefined;

/** The authorizer in front of the API, in the modes `jwt` and `cognito`. */
export const handler = (
  event: APIGatewayTokenAuthorizerEvent | APIGatewayRequestAuthorizerEvent,
  context: Context,
) => {
  logger.setContext(context);
  const authorization = authorizationFromEnvironment();
  keys ??= keysOf(authorization);
  return event.type === 'REQUEST'
    ? authorizePage(event, authorization, keys)
    : authorizeToken(event, authorization, keys);
};

function keysOf({ issuer = '', keysAt }: Authorization): JWTVerifyGetKey {
  const allowed = parseAllowHosts(optional(Env.EgressAllowHosts) ?? '');
  // The operator has named this address for nothing else.
  const own = keysAt === undefined ? [] : [new URL(keysAt).host];
  return issuerKeys(issuer, getThroughEgress([...allowed, ...own]), keysAt);
}
