import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import type { JWTVerifyGetKey } from 'jose';
import type { Authorization } from '../../core/api/authorization.ts';
import type { TokenContext } from '../http/principal.ts';
import { logger } from '../observe/logger.ts';
import { InvalidToken, verifyToken } from './verify-token.ts';

/** API Gateway answers 401 when an authorizer fails with exactly this message, and 500 with any other. */
const UNAUTHORIZED = 'Unauthorized';

const BEARER = /^bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;

/**
 * Decides whether a token is good, and tells the functions whose it is and what it allows. Which operation needs which scope
 * is theirs to say, so that one decision holds for all operations while API Gateway remembers it.
 */
export async function authorizeToken(
  { authorizationToken, methodArn }: Pick<APIGatewayTokenAuthorizerEvent, 'authorizationToken' | 'methodArn'>,
  authorization: Authorization,
  keys: JWTVerifyGetKey,
): Promise<APIGatewayAuthorizerResult> {
  const token = BEARER.exec(authorizationToken ?? '')?.[1];
  try {
    if (token === undefined) throw new InvalidToken('is not a bearer token');
    const { issuer, subject, scopes, expires } = await verifyToken(token, authorization, keys);
    const context: TokenContext = { issuer, subject, scopes: scopes.join(' '), expires: String(expires) };
    return { principalId: subject, policyDocument: allowAll(methodArn), context };
  } catch (error) {
    if (!(error instanceof InvalidToken)) {
      logger.error('Authorizer:Failed', { error });
      throw error;
    }
    logger.info('Authorizer:Refused', { reason: error.message });
    throw new Error(UNAUTHORIZED);
  }
}

/** All methods of the stage: arn:aws:execute-api:region:account:api/stage/GET/path. */
function allowAll(methodArn: string): APIGatewayAuthorizerResult['policyDocument'] {
  const stage = methodArn.split('/').slice(0, 2).join('/');
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${stage}/*` }],
  };
}
