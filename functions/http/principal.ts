import type { APIGatewayProxyEvent } from 'aws-lambda';
import {
  type Authorization,
  anonymous,
  type Principal,
  type Scope,
  scopes,
} from '../../core/api/authorization.ts';
import { keyOwner, poolOwner, stableArn, tokenOwner } from '../../core/api/identity.ts';

/** How an authorizer tells the functions what it found out; API Gateway takes texts only. */
export type TokenContext = {
  readonly issuer: string;
  readonly subject: string;
  /** Separated by spaces, without the prefix. */
  readonly scopes: string;
  /** Unix time in seconds. */
  readonly expires: string;
};

type RequestContext = Partial<APIGatewayProxyEvent['requestContext']>;

/**
 * Who is asking, as the gateway has verified it: the one place where an identity enters the service. Nobody where there is no
 * identity that is theirs alone; nobody may then do anything that is not public.
 * @param now milliseconds: the gateway remembers what an authorizer said, and a token may have expired since
 */
export function readPrincipal(
  context: RequestContext,
  authorization: Authorization,
  now = Date.now(),
): Principal | undefined {
  switch (authorization.mode) {
    case 'none':
      return anonymous;
    case 'iam':
      return withAdmins(signer(context), authorization);
    case 'apiKey':
      return withAdmins(keyHolder(context), authorization);
    case 'jwt':
    case 'cognito':
      return tokenHolder(context, authorization, now);
  }
}

function signer({ identity }: RequestContext): string | undefined {
  const { cognitoIdentityId, cognitoAuthenticationType, userArn } = identity ?? {};
  if (!cognitoIdentityId) return stableArn(userArn);
  return cognitoAuthenticationType === 'authenticated' ? poolOwner(cognitoIdentityId) : undefined;
}

const keyHolder = ({ identity }: RequestContext): string | undefined =>
  identity?.apiKeyId ? keyOwner(identity.apiKeyId) : undefined;

/** Which operations they may use is decided at the gateway: by the caller's policies, or for whoever has a key. */
function withAdmins(owner: string | undefined, { admins = [] }: Authorization): Principal | undefined {
  if (owner === undefined) return undefined;
  return { owner, scopes: admins.includes(owner) ? scopes : ['read', 'execute'] };
}

function tokenHolder(
  { authorizer }: RequestContext,
  { issuer }: Authorization,
  now: number,
): Principal | undefined {
  const told = (authorizer ?? {}) as Partial<TokenContext>;
  if (!issuer || told.issuer !== issuer || !isText(told.subject)) return undefined;
  if (!(Number(told.expires) * 1000 > now)) return undefined;
  const granted = String(told.scopes ?? '').split(' ');
  return {
    owner: tokenOwner(issuer, told.subject),
    scopes: scopes.filter((scope: Scope) => granted.includes(scope)),
  };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
