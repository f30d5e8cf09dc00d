import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { AuthorizationMode } from '../../core/api/authorization.ts';
import { cors } from '../../core/api/cors.ts';
import { gatewayProblems } from './gateway-problems.ts';

/** Gives API Gateway's own errors the form of all others, readable from pages of other origins. */
export function addProblemResponses(api: RestApi, mode: AuthorizationMode): void {
  for (const { kind, document, challenge } of gatewayProblems(mode)) {
    const { status } = document;
    const type = ResponseType.of(kind);
    api.addGatewayResponse(kind, {
      type,
      statusCode: String(status),
      responseHeaders: {
        'Access-Control-Allow-Origin': `'${cors.allowOrigin}'`,
        'Access-Control-Expose-Headers': `'${cors.exposeHeaders.join(',')}'`,
        ...(challenge === undefined ? {} : { 'WWW-Authenticate': `'${challenge}'` }),
        ...(status === 429 ? { 'Retry-After': "'1'" } : {}),
      },
      templates: { 'application/json': JSON.stringify(document) },
    });
  }
}
