import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import type { ApiRequest } from '../../core/api/http.ts';
import type { Operation } from '../../core/api/operations.ts';
import { logger } from '../observe/logger.ts';
import { hashOwner } from '../observe/owner-hash.ts';
import { identify } from './answer-errors.ts';
import { type Exchange, getRequest } from './exchange.ts';
import { countCharacters } from './kept-text.ts';

/** One line per request that says all about it: who asked what, what was answered, how long it took. */
export function logRequest({ operationId }: Operation) {
  let started = 0;
  const requestEnd = (exchange: unknown): void => {
    const typed = exchange as Exchange;
    const request = getRequest(typed);
    const result = typed.response as APIGatewayProxyResult;
    logger.info('Request:Done', {
      ...identify(request),
      jobID: findJob(request, result),
      method: request?.method,
      path: request?.path,
      owner: request && hashOwner(request.owner),
      userAgent: request?.headers['user-agent']?.slice(0, 200),
      status: result.statusCode,
      characters: countCharacters(result.body),
      milliseconds: Math.round(performance.now() - started),
    });
  };
  return {
    requestStart: ({ context }: { readonly context: unknown }): void => {
      started = performance.now();
      logger.setContext(context as Context, { operationId });
    },
    requestEnd,
    // An answer in time is answerInTime's, which leaves more of it.
    timeoutEarlyInMillis: 0,
  };
}

/** The job that a request is about, or that it has made: the same member in every line of a job's story. */
function findJob(request: ApiRequest | undefined, result: APIGatewayProxyResult): string | undefined {
  const named = request?.pathParameters['jobID'];
  if (named !== undefined) return named;
  const location = Object.entries(result.multiValueHeaders ?? {}).find(([name]) => /^location$/i.test(name));
  return /\/jobs\/([^/?]+)/.exec(String(location?.[1][0] ?? ''))?.[1];
}
