import { MediaType } from '../../shared/uris.ts';
import { type Authorization, type Scope, scopeDescriptions, scopeName } from '../authorization.ts';
import { type Operation, operationList } from '../operations.ts';
import type { OpenapiObject } from './objects.ts';

/** Name of the security scheme: there is one, that of the mode. */
const SCHEME = 'credentials';

type Operations = Record<string, { responses?: object; security?: object[]; description?: string }>;

/**
 * The definition of the API as a deployment with authorization has it: how clients prove who they are, what each operation
 * needs, and how those are refused who may not. Without authorization it stays as it is.
 */
export function secured(document: OpenapiObject, authorization: Authorization): OpenapiObject {
  if (authorization.mode === 'none') return document;
  const { paths, components, ...rest } = document as {
    paths: Record<string, Operations>;
    components: OpenapiObject;
  };
  return {
    ...rest,
    paths: Object.fromEntries(
      Object.entries(paths).map(([path, item]) => [path, securedPath(path, item, authorization)]),
    ),
    components: {
      ...components,
      responses: { ...(components['responses'] as object), ...refusals },
      securitySchemes: { [SCHEME]: scheme(authorization) },
    },
  };
}

function securedPath(path: string, item: Operations, authorization: Authorization): OpenapiObject {
  return Object.fromEntries(
    Object.entries(item).map(([method, operation]) => {
      const scope = scopeAt(method, path);
      if (scope === undefined || scope === 'public') return [method, operation];
      return [method, securedOperation(operation, scope, authorization)];
    }),
  );
}

const securedOperation = (
  operation: Operations[string],
  scope: Scope,
  authorization: Authorization,
): OpenapiObject => ({
  ...operation,
  description:
    `${operation.description ?? ''} Needs the scope \`${scopeName(scope, authorization)}\`.`.trim(),
  // Only OpenID Connect knows scopes; other schemes have none to list (OpenAPI 3.0.3, security requirement object).
  security: [{ [SCHEME]: hasScopes(authorization) ? [scopeName(scope, authorization)] : [] }],
  responses: {
    ...operation.responses,
    401: { $ref: '#/components/responses/Problem401' },
    403: { $ref: '#/components/responses/Problem403' },
  },
});

/** The paths of single processes are of the row for all of them. */
function scopeAt(method: string, path: string): Operation['scope'] | undefined {
  const row = path.replace(/^\/processes\/[^/]+\/execution$/, '/processes/{processID}/execution');
  return operationList.find((each) => each.path === row && each.method.toLowerCase() === method)?.scope;
}

const hasScopes = ({ mode }: Authorization): boolean => mode === 'jwt' || mode === 'cognito';

function scheme({ mode, issuer = '', ...authorization }: Authorization): OpenapiObject {
  switch (mode) {
    case 'apiKey':
      return { type: 'apiKey', in: 'header', name: 'X-Api-Key', description: 'A key of this service' };
    case 'iam':
      return {
        type: 'apiKey',
        in: 'header',
        name: 'Authorization',
        description: 'Signature Version 4 of AWS, for the service execute-api',
        'x-amazon-apigateway-authtype': 'awsSigv4',
      };
    default:
      return {
        type: 'openIdConnect',
        openIdConnectUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        description: `An access token. ${describeScopes(authorization)}`,
      };
  }
}

const describeScopes = (authorization: Pick<Authorization, 'scopePrefix'>): string =>
  (Object.entries(scopeDescriptions) as [Scope, string][])
    .map(([scope, text]) => `\`${scopeName(scope, authorization)}\`: ${text}.`)
    .join(' ');

const refusal = (description: string): OpenapiObject => ({
  description,
  headers: {
    'WWW-Authenticate': {
      description: 'Credentials that would be accepted (RFC 9110, 11.6.1)',
      schema: { type: 'string' },
    },
  },
  content: { [MediaType.json]: { schema: { $ref: '#/components/schemas/exception' } } },
});

const refusals = {
  Problem401: refusal('The request carries no valid credentials'),
  Problem403: refusal('The credentials do not have the scope that the operation needs'),
};
