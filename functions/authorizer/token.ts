import type { APIGatewayRequestAuthorizerEvent, APIGatewayTokenAuthorizerEvent, Context } from 'aws-lambda';
import type { JWTVerifyGetKey } from 'jose';
import { parseAllowHosts } from '../../core/net/url-guard.ts';
import { Env, optional } from '../../core/shared/env.ts';
import { authorizationFromEnvironment } from '../http/authorization.ts';
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
  keys ??= issuerKeys(
    authorization.issuer ?? '',
    getThroughEgress(parseAllowHosts(optional(Env.EgressAllowHosts) ?? '')),
  );
  return event.type === 'REQUEST'
    ? authorizePage(event, authorization, keys)
    : authorizeToken(event, authorization, keys);
};
