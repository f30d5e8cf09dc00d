import type middy from '@middy/core';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { ApiRequest } from '../../core/api/http.ts';
import type { ApiResponse } from '../../core/shared/response.ts';

/** What the layers of the pipeline hand to each other. */
export interface Exchange {
  /** The event of API Gateway until it is understood. */
  event: unknown;
  response: unknown;
  error: Error | null;
  readonly internal: Record<string, unknown>;
}

const REQUEST = 'apiRequest';

export const getEvent = (exchange: Exchange): APIGatewayProxyEvent => exchange.event as APIGatewayProxyEvent;

/** Hands the understood request to the layers outside and to the operation. */
export function setRequest(exchange: Exchange, request: ApiRequest): void {
  exchange.internal[REQUEST] = request;
  exchange.event = request;
}

/** The request, once it is understood; an event that cannot be understood has none. */
export const getRequest = (exchange: Exchange): ApiRequest | undefined =>
  exchange.internal[REQUEST] as ApiRequest | undefined;

const getResponse = (exchange: Exchange): ApiResponse => exchange.response as ApiResponse;

/** A layer that changes the response, whether the operation made it or an error. */
export function onResponse(
  change: (response: ApiResponse, exchange: Exchange) => unknown,
): middy.MiddlewareObj {
  const apply = (exchange: unknown) => {
    const typed = exchange as Exchange;
    const changed = change(getResponse(typed), typed);
    if (changed instanceof Promise)
      return changed.then((response) => {
        typed.response = response;
      });
    typed.response = changed;
    // Whatever else is returned here would be the answer.
    return undefined;
  };
  return { after: apply, onError: apply };
}
