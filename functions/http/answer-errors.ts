import type middy from '@middy/core';
import type { ApiRequest } from '../../core/api/http.ts';
import { Refusal } from '../../core/shared/errors.ts';
import { problemFromError, withTypeUri } from '../../core/shared/problems.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { logger } from '../observe/logger.ts';
import { type Exchange, getRequest } from './exchange.ts';

/** Makes a problem document of whatever was thrown; the truth about what is not the client's fault goes to the log. */
export const answerErrors = (): middy.MiddlewareObj => ({
  onError: (exchange) => {
    const typed = exchange as unknown as Exchange;
    const request = getRequest(typed);
    typed.response = errorResponse(
      typed.error,
      identify(request),
      request?.headers['accept'],
      request?.baseUrl,
    );
  },
});

/**
 * `application/problem+json` only for clients that name it: certification wants `application/json`, and so do the
 * OpenAPI definitions of the standard.
 */
export function errorResponse(
  error: unknown,
  identity: Identity,
  accept = '',
  baseUrl?: string,
): ApiResponse {
  const refusal = error instanceof Refusal ? error : undefined;
  if (!refusal || refusal.status >= 500) logger.error('Request:Error', { ...identity, error });
  return {
    status: refusal?.status ?? 500,
    headers: refusal?.headers ?? {},
    resource: withTypeUri(problemFromError(error, instanceUrn(identity)), baseUrl),
    mediaType: /application\/problem\+json/i.test(accept) ? MediaType.problem : MediaType.json,
  };
}

/** By what the lines of a request are found. */
export interface Identity {
  readonly requestId?: string | undefined;
  readonly jobID?: string | undefined;
  readonly processID?: string | undefined;
}

export const identify = (request: ApiRequest | undefined): Identity => ({
  requestId: request?.requestId,
  jobID: request?.pathParameters['jobID'],
  processID: request?.pathParameters['processID'],
});

const instanceUrn = ({ requestId }: Identity): string | undefined =>
  requestId ? `urn:uuid:${requestId}` : undefined;
