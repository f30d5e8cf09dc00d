import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Operation } from '../../core/api/operations.ts';

/** The event that API Gateway makes of a request. */
export function makeEvent(request: {
  readonly method: string;
  readonly url: URL;
  readonly below: string;
  readonly headers: Record<string, string>;
  readonly operation: Operation;
  readonly pathParameters: Record<string, string>;
  readonly body: unknown;
  readonly rawBody: Uint8Array | undefined;
}): APIGatewayProxyEvent {
  const { method, url, below, headers, operation, pathParameters, body, rawBody } = request;
  const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  const bytes = rawBody ?? (text === undefined ? undefined : Buffer.from(text));
  // Browsers write names in lower case, and a name in two cases would be one field with two values.
  const isTyped = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  const sent: Record<string, string> = {
    ...(bytes === undefined || isTyped ? {} : { 'Content-Type': 'application/json' }),
    ...headers,
  };
  const names = [...new Set(url.searchParams.keys())];
  const query = Object.fromEntries(names.map((name) => [name, url.searchParams.getAll(name)]));
  return {
    httpMethod: method,
    path: below,
    resource: operation.path,
    pathParameters,
    headers: sent,
    multiValueHeaders: Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, [value]])),
    queryStringParameters: null,
    multiValueQueryStringParameters: query,
    body: bytes === undefined ? null : Buffer.from(bytes).toString('base64'),
    isBase64Encoded: bytes !== undefined,
    stageVariables: null,
    requestContext: {
      requestId: 'd9b7f2c0-0000-4000-8000-000000000000',
      domainName: url.host,
      path: url.pathname,
      stage: 'v1',
    },
  } as unknown as APIGatewayProxyEvent;
}
