import {
  ContentHandling,
  MockIntegration,
  PassthroughBehavior,
  type RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { cors } from '../../core/api/cors.ts';
import { gatewayProblem } from './gateway-problems.ts';

const header = (name: string) => `method.response.header.${name}`;

/**
 * Answers every path that no other route matches, as the gateway response for unknown paths does on AWS and without
 * a function. For emulators that render no gateway responses.
 */
export function addUnknownPathRoute(api: RestApi): void {
  const { document } = gatewayProblem('MISSING_AUTHENTICATION_TOKEN');
  const statusCode = String(document.status);
  const headers = {
    [header('Access-Control-Allow-Origin')]: `'${cors.allowOrigin}'`,
    [header('Access-Control-Expose-Headers')]: `'${cors.exposeHeaders.join(',')}'`,
  };
  const integration = new MockIntegration({
    // As for preflights: a template does not match a body in base64.
    contentHandling: ContentHandling.CONVERT_TO_TEXT,
    passthroughBehavior: PassthroughBehavior.WHEN_NO_MATCH,
    requestTemplates: { 'application/json': `{ "statusCode": ${statusCode} }` },
    integrationResponses: [
      {
        statusCode,
        responseParameters: headers,
        responseTemplates: { 'application/json': JSON.stringify(document) },
      },
    ],
  });
  const responseParameters = Object.fromEntries(Object.keys(headers).map((name) => [name, true]));
  api.root.addProxy({ anyMethod: false }).addMethod('ANY', integration, {
    methodResponses: [{ statusCode, responseParameters }],
  });
}
