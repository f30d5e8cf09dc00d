import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import type { JWTVerifyGetKey } from 'jose';
import type { Authorization } from '../../core/api/authorization.ts';
import { negotiate } from '../../core/shared/negotiate.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { authorizeToken } from './authorize-token.ts';

type Asked = Pick<APIGatewayRequestAuthorizerEvent, 'headers' | 'methodArn'>;

/**
 * The same for operations that have pages: a browser that goes to one has no way to send a token. Who asks for a page without
 * any is let through as nobody, to whom the operation itself answers 401, as a page on which people sign in. Everything else is
 * decided as everywhere.
 */
export async function authorizePage(
  { headers, methodArn }: Asked,
  authorization: Authorization,
  keys: JWTVerifyGetKey,
): Promise<APIGatewayAuthorizerResult> {
  const find = (name: string) =>
    Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
  const authorizationToken = find('authorization');
  const isPage = negotiate(find('accept'), [MediaType.json, MediaType.html]) === MediaType.html;
  if (authorizationToken || !isPage)
    return authorizeToken({ authorizationToken: authorizationToken ?? '', methodArn }, authorization, keys);
  const statement = { Effect: 'Allow' as const, Action: 'execute-api:Invoke', Resource: methodArn };
  return { principalId: 'nobody', policyDocument: { Version: '2012-10-17', Statement: [statement] } };
}
