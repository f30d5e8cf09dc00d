import type { AuthorizationMode } from '../../core/api/authorization.ts';
import { challenge, credentialsWanted } from '../../core/api/challenge.ts';
import { classLimits } from '../../core/processes/define.ts';
import type { ProblemDocument } from '../../core/shared/problems.ts';
import { ExceptionType } from '../../core/shared/uris.ts';

/** What API Gateway answers itself, without asking a function, by its names for the kinds of such responses. */
const rows: readonly [kind: string, status: number, title: string, detail: string][] = [
  ['BAD_REQUEST_BODY', 400, 'Bad Request', 'The body of the request is not valid.'],
  ['BAD_REQUEST_PARAMETERS', 400, 'Bad Request', 'A parameter of the request is missing or not valid.'],
  ['UNAUTHORIZED', 401, 'Unauthorized', 'The request carries no valid credentials.'],
  ['ACCESS_DENIED', 403, 'Forbidden', 'The credentials do not allow this request.'],
  ['EXPIRED_TOKEN', 403, 'Forbidden', 'The credentials have expired.'],
  ['INVALID_API_KEY', 403, 'Forbidden', 'The API key is missing or not valid.'],
  ['INVALID_SIGNATURE', 403, 'Forbidden', 'The signature of the request is not valid.'],
  ['WAF_FILTERED', 403, 'Forbidden', 'The firewall of the service refused the request.'],
  // API Gateway's name for a path that it does not know.
  [
    'MISSING_AUTHENTICATION_TOKEN',
    404,
    'Not Found',
    'There is no resource at this path. The landing page links to all resources.',
  ],
  [
    'RESOURCE_NOT_FOUND',
    404,
    'Not Found',
    'There is no resource at this path. The landing page links to all resources.',
  ],
  [
    'REQUEST_TOO_LARGE',
    413,
    'Content Too Large',
    `The body may have ${classLimits.light.inlineBytes} bytes. Send large inputs by reference, { "href": "https://..." }, or upload local files first: POST /uploads.`,
  ],
  ['UNSUPPORTED_MEDIA_TYPE', 415, 'Unsupported Media Type', 'Send the body as application/json.'],
  [
    'THROTTLED',
    429,
    'Too Many Requests',
    'The service is receiving too many requests. Try again in a second.',
  ],
  ['QUOTA_EXCEEDED', 429, 'Too Many Requests', 'The quota of the API key is used up.'],
  ['API_CONFIGURATION_ERROR', 500, 'Internal Server Error', 'The service is misconfigured.'],
  ['AUTHORIZER_CONFIGURATION_ERROR', 500, 'Internal Server Error', 'The service is misconfigured.'],
  ['AUTHORIZER_FAILURE', 500, 'Internal Server Error', 'The credentials could not be verified.'],
  [
    'INTEGRATION_TIMEOUT',
    504,
    'Gateway Timeout',
    'No response within 29 s. Send "Prefer: respond-async" to run a long process as a job.',
  ],
  ['INTEGRATION_FAILURE', 504, 'Gateway Timeout', 'The service did not respond. Try again in a moment.'],
  // Whatever is not listed above, and kinds that come later.
  ['DEFAULT_4XX', 400, 'Bad Request', 'The request was refused before it reached the service.'],
  ['DEFAULT_5XX', 500, 'Internal Server Error', 'The service failed; the request is not at fault.'],
];

export interface GatewayProblem {
  /** API Gateway's name for the kind of response, for example `THROTTLED`. */
  readonly kind: string;
  readonly document: ProblemDocument;
  /** What `WWW-Authenticate` says, of a 401. */
  readonly challenge?: string;
}

/** Kinds that mean in a mode that nobody has proved who they are; API Gateway says 403 of some of them. */
const unauthenticated: Readonly<Record<AuthorizationMode, readonly string[]>> = {
  none: ['UNAUTHORIZED'],
  // A request without a signature is of the kind of unknown paths, which have a route of their own then.
  iam: ['UNAUTHORIZED', 'MISSING_AUTHENTICATION_TOKEN', 'INVALID_SIGNATURE', 'EXPIRED_TOKEN'],
  jwt: ['UNAUTHORIZED'],
  cognito: ['UNAUTHORIZED'],
  apiKey: ['UNAUTHORIZED', 'INVALID_API_KEY'],
};

/** What stands in {@link rows}, and what the mode of authorization says instead. */
export const gatewayProblems = (mode: AuthorizationMode): readonly GatewayProblem[] =>
  rows.map(([kind, status, title, detail]) => {
    const asked = unauthenticated[mode].includes(kind) ? challenge({ mode }) : undefined;
    if (mode === 'none' || asked === undefined)
      return {
        kind,
        document: { type: ExceptionType.blank, title, status, detail: details[mode]?.[kind] ?? detail },
      };
    return {
      kind,
      document: {
        type: ExceptionType.blank,
        title: 'Unauthorized',
        status: 401,
        detail: `The request carries no valid credentials. ${credentialsWanted[mode]}`,
      },
      challenge: asked,
    };
  });

/** What a kind means in one mode. */
const details: Readonly<Partial<Record<AuthorizationMode, Readonly<Record<string, string>>>>> = {
  iam: {
    ACCESS_DENIED:
      'The policies of the caller do not allow execute-api:Invoke on this method, which takes the place of the scopes read and execute.',
  },
};

/** The problem of a kind. @throws Error when the service has none for it */
export function gatewayProblem(kind: string, mode: AuthorizationMode = 'none'): GatewayProblem {
  const found = gatewayProblems(mode).find((problem) => problem.kind === kind);
  if (!found) throw new Error(`There is no gateway response of the kind ${kind}`);
  return found;
}
