import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';

/** Members of a line of the access log, by API Gateway's variables: also those that say why it answered itself. */
const variables = {
  requestId: '$context.requestId',
  extendedRequestId: '$context.extendedRequestId',
  traceId: '$context.xrayTraceId',
  requestTime: '$context.requestTime',
  sourceIp: '$context.identity.sourceIp',
  userAgent: '$context.identity.userAgent',
  httpMethod: '$context.httpMethod',
  path: '$context.path',
  resourcePath: '$context.resourcePath',
  operationId: '$context.operationName',
  protocol: '$context.protocol',
  status: '$context.status',
  responseLength: '$context.responseLength',
  latency: '$context.responseLatency',
  integrationStatus: '$context.integrationStatus',
  integrationLatency: '$context.integrationLatency',
  integrationError: '$context.integrationErrorMessage',
  errorType: '$context.error.responseType',
  error: '$context.error.message',
  authorizerError: '$context.authorizer.error',
  authorizerStatus: '$context.authorizer.status',
  wafStatus: '$context.wafResponseCode',
} as const;

/** One JSON document a request. The query is not in it: it may hold tokens of clients. */
export const accessLogFormat = AccessLogFormat.custom(JSON.stringify(variables));
