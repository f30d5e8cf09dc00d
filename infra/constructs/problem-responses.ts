import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { cors } from '../../core/api/cors.ts';
import { classLimits } from '../../core/processes/define.ts';
import type { ProblemDocument } from '../../core/shared/problems.ts';
import { ExceptionType } from '../../core/shared/uris.ts';

/** What API Gateway says itself, without asking a function: the status, its phrase, and what would be right. */
const responses: readonly [ResponseType, status: number, title: string, detail: string][] = [
  [ResponseType.BAD_REQUEST_BODY, 400, 'Bad Request', 'The body of the request is not valid.'],
  [
    ResponseType.BAD_REQUEST_PARAMETERS,
    400,
    'Bad Request',
    'A parameter of the request is missing or not valid.',
  ],
  [ResponseType.UNAUTHORIZED, 401, 'Unauthorized', 'The request carries no valid credentials.'],
  [ResponseType.ACCESS_DENIED, 403, 'Forbidden', 'The credentials do not allow this request.'],
  [ResponseType.EXPIRED_TOKEN, 403, 'Forbidden', 'The credentials have expired.'],
  [ResponseType.INVALID_API_KEY, 403, 'Forbidden', 'The API key is missing or not valid.'],
  [ResponseType.INVALID_SIGNATURE, 403, 'Forbidden', 'The signature of the request is not valid.'],
  [ResponseType.WAF_FILTERED, 403, 'Forbidden', 'The firewall of the service refused the request.'],
  // API Gateway's name for a path that it does not know.
  [
    ResponseType.MISSING_AUTHENTICATION_TOKEN,
    404,
    'Not Found',
    'Nothing is served at this path. The landing page links to all that is.',
  ],
  [
    ResponseType.RESOURCE_NOT_FOUND,
    404,
    'Not Found',
    'Nothing is served at this path. The landing page links to all that is.',
  ],
  [
    ResponseType.REQUEST_TOO_LARGE,
    413,
    'Content Too Large',
    `The body may have ${classLimits.light.inlineBytes} bytes. Give larger inputs by reference, {"href": "https://..."}; POST /uploads takes local files.`,
  ],
  [ResponseType.UNSUPPORTED_MEDIA_TYPE, 415, 'Unsupported Media Type', 'Send the body as application/json.'],
  [
    ResponseType.THROTTLED,
    429,
    'Too Many Requests',
    'More requests arrive than the service takes. Try again in a second.',
  ],
  [ResponseType.QUOTA_EXCEEDED, 429, 'Too Many Requests', 'The quota of the API key is used up.'],
  [
    ResponseType.API_CONFIGURATION_ERROR,
    500,
    'Internal Server Error',
    'The service is not set up as it should be.',
  ],
  [
    ResponseType.AUTHORIZER_CONFIGURATION_ERROR,
    500,
    'Internal Server Error',
    'The service is not set up as it should be.',
  ],
  [ResponseType.AUTHORIZER_FAILURE, 500, 'Internal Server Error', 'The credentials could not be verified.'],
  [
    ResponseType.INTEGRATION_TIMEOUT,
    504,
    'Gateway Timeout',
    'No answer within 29 s. Send "Prefer: respond-async" to run a long process as a job.',
  ],
  [
    ResponseType.INTEGRATION_FAILURE,
    504,
    'Gateway Timeout',
    'The service did not answer. Try again in a moment.',
  ],
  // Whatever is not listed above, and kinds that come later.
  [ResponseType.DEFAULT_4XX, 400, 'Bad Request', 'The request was refused before it reached the service.'],
  [
    ResponseType.DEFAULT_5XX,
    500,
    'Internal Server Error',
    'The service failed. It is not the fault of the request.',
  ],
];

/** Gives API Gateway's own errors the form of all others, readable from pages of other origins. */
export function addProblemResponses(api: RestApi): void {
  for (const [type, status, title, detail] of responses) {
    const document: ProblemDocument = { type: ExceptionType.blank, title, status, detail };
    api.addGatewayResponse(type.responseType, {
      type,
      statusCode: String(status),
      responseHeaders: {
        'Access-Control-Allow-Origin': `'${cors.allowOrigin}'`,
        'Access-Control-Expose-Headers': `'${cors.exposeHeaders.join(',')}'`,
        ...(status === 429 ? { 'Retry-After': "'1'" } : {}),
      },
      templates: { 'application/json': JSON.stringify(document) },
    });
  }
}
