import {
  ContentHandling,
  type IResource,
  MockIntegration,
  PassthroughBehavior,
} from 'aws-cdk-lib/aws-apigateway';
import { cors } from '../../core/api/cors.ts';

const header = (name: string) => `method.response.header.${name}`;

/**
 * Answers the CORS preflight of a path within API Gateway: no function runs for it.
 * @param methods that the path offers, comma separated
 */
export function addPreflight(resource: IResource, methods: string): void {
  const headers = {
    [header('Access-Control-Allow-Origin')]: `'${cors.allowOrigin}'`,
    [header('Access-Control-Allow-Methods')]: `'${methods}'`,
    [header('Access-Control-Allow-Headers')]: `'${cors.allowHeaders.join(',')}'`,
    [header('Access-Control-Expose-Headers')]: `'${cors.exposeHeaders.join(',')}'`,
    [header('Access-Control-Max-Age')]: `'${cors.maxAge}'`,
    [header('Allow')]: `'${methods}'`,
  };
  const integration = new MockIntegration({
    // With binary type "*/*" the body would reach the template as base64, and the template would not match.
    contentHandling: ContentHandling.CONVERT_TO_TEXT,
    passthroughBehavior: PassthroughBehavior.WHEN_NO_MATCH,
    requestTemplates: { 'application/json': '{ "statusCode": 204 }' },
    integrationResponses: [{ statusCode: '204', responseParameters: headers }],
  });
  const responseParameters = Object.fromEntries(Object.keys(headers).map((name) => [name, true]));
  resource.addMethod('OPTIONS', integration, {
    methodResponses: [{ statusCode: '204', responseParameters }],
  });
}
