import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { JWTVerifyGetKey } from 'jose';
import type { Authorization } from '../../../core/api/authorization.ts';
import { operationList } from '../../../core/api/operations.ts';
import { offersSignIn } from '../../../core/api/sign-in.ts';
import { authorizePage } from '../../../functions/authorizer/authorize-page.ts';
import { authorizeToken } from '../../../functions/authorizer/authorize-token.ts';

/** What API Gateway adds to the context of a request, or the kind of response with which it refuses it. */
export type Identified = Partial<APIGatewayProxyEvent['requestContext']> | { readonly refusal: string };

/** What API Gateway does with credentials on methods that need them. */
export interface Authorizer {
  readonly authorization: Authorization;
  identify(event: APIGatewayProxyEvent): Promise<Identified>;
}

export const openGateway: Authorizer = {
  authorization: { mode: 'none' },
  identify: async () => ({}),
};

const header = ({ headers }: APIGatewayProxyEvent, name: string): string | undefined =>
  Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];

/** Asks the real authorizer function about the header `Authorization`, which must be there. */
export const tokenGateway = (authorization: Authorization, keys: JWTVerifyGetKey): Authorizer => ({
  authorization,
  identify: async (event) => {
    const authorizationToken = header(event, 'authorization') ?? '';
    const methodArn = `arn:aws:execute-api:eu-west-1:123456789012:api/v1/${event.httpMethod}${event.path}`;
    const operation = operationList.find(
      ({ path, method }) => path === event.resource && method === event.httpMethod.replace('HEAD', 'GET'),
    );
    const isPage = operation !== undefined && offersSignIn(operation, authorization);
    if (!authorizationToken && !isPage) return { refusal: 'UNAUTHORIZED' };
    try {
      const { principalId, context } = isPage
        ? await authorizePage({ headers: event.headers, methodArn }, authorization, keys)
        : await authorizeToken({ authorizationToken, methodArn }, authorization, keys);
      return { authorizer: { principalId, ...context } } as Identified;
    } catch (error) {
      return {
        refusal: (error as Error).message === 'Unauthorized' ? 'UNAUTHORIZED' : 'AUTHORIZER_FAILURE',
      };
    }
  },
});

/** @param keys ids of the keys by their values */
export const keyGateway = (
  authorization: Authorization,
  keys: Readonly<Record<string, string>>,
): Authorizer => ({
  authorization,
  identify: async (event) => {
    const apiKeyId = keys[header(event, 'x-api-key') ?? ''];
    if (apiKeyId === undefined) return { refusal: 'INVALID_API_KEY' };
    return { identity: { apiKeyId } } as Identified;
  },
});

export interface Signer {
  /** As API Gateway tells it; null for who has none. */
  readonly userArn: string | null;
  /** Operations that the policies of the caller allow. */
  readonly may: (operationId: string) => boolean;
  /** The kind of response, where the signature is not good. */
  readonly refusal?: string;
}

/** Requests are signed by naming the signer in the header `Authorization`; cryptography is the gateway's. */
export const signatureGateway = (
  authorization: Authorization,
  signers: Readonly<Record<string, Signer>>,
): Authorizer => ({
  authorization,
  identify: async (event) => {
    const signer = signers[header(event, 'authorization') ?? ''];
    if (!signer) return { refusal: 'MISSING_AUTHENTICATION_TOKEN' };
    if (signer.refusal) return { refusal: signer.refusal };
    const operation = operationList.find(
      ({ path, method }) => path === event.resource && method === event.httpMethod.replace('HEAD', 'GET'),
    );
    if (!operation || !signer.may(operation.operationId)) return { refusal: 'ACCESS_DENIED' };
    return { identity: { userArn: signer.userArn } } as Identified;
  },
});
