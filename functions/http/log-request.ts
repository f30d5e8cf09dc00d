import type middy from '@middy/core';
import type { APIGatewayProxyResult } from 'aws-lambda';
import type { Operation } from '../../core/api/operations.ts';
import { type Exchange, getRequest } from './exchange.ts';

/** One line per request that says all about it: who asked what, what was answered, how long it took. */
export function logRequest({ operationId }: Operation): middy.MiddlewareObj {
  let started = 0;
  const log = (exchange: unknown) => {
    const typed = exchange as Exchange;
    const { requestId, method, path, owner } = getRequest(typed) ?? {};
    const { statusCode, body } = typed.response as APIGatewayProxyResult;
    const milliseconds = Math.round(performance.now() - started);
    console.log(
      JSON.stringify({
        event: 'Request:Done',
        operationId,
        requestId,
        method,
        path,
        owner,
        status: statusCode,
        characters: body.length,
        milliseconds,
      }),
    );
  };
  return {
    before: () => {
      started = performance.now();
    },
    after: log,
    onError: log,
  };
}
