import type middy from '@middy/core';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Authorization } from '../../core/api/authorization.ts';
import { authorize } from '../../core/api/authorize.ts';
import type { ApiRequest } from '../../core/api/http.ts';
import type { Operation } from '../../core/api/operations.ts';
import { Env, optional } from '../../core/shared/env.ts';
import { InvalidQuery } from '../../core/shared/errors.ts';
import { mapValues } from '../../core/shared/json.ts';
import { resolveBaseUrl } from './base-url.ts';
import { checkRequestSize } from './check-request-size.ts';
import { type Exchange, getEvent, setRequest } from './exchange.ts';
import { verifyConditionsOfChange } from './if-match.ts';
import { readPrincipal } from './principal.ts';
import { chosenRepresentation } from './represent.ts';

/** Turns the event of API Gateway into the request that the operations know, and refuses who may not make it. */
export const fromGateway = (
  operation: Operation,
  authorization: () => Authorization,
): middy.MiddlewareObj => ({
  before: (exchange) => {
    const typed = exchange as unknown as Exchange;
    const event = getEvent(typed);
    const request = requestFrom(event, operation, authorization());
    setRequest(typed, request);
    authorize(operation, request.principal, request.authorization);
    checkRequestSize(event);
    verifyConditionsOfChange(request);
    // Before anything is done: an unknown `f` is an error whatever is asked for.
    chosenRepresentation(request);
  },
});

/** @param publicBaseUrl base URL that clients see; without one it is that of the request */
export function requestFrom(
  event: APIGatewayProxyEvent,
  operation: Operation,
  authorization: Authorization,
  publicBaseUrl = optional(Env.PublicBaseUrl),
): ApiRequest {
  const headers = readHeaders(event);
  const principal = readPrincipal(event.requestContext ?? {}, authorization);
  return {
    operation,
    method: event.httpMethod,
    // A trailing slash makes no difference, and no links.
    path: event.path.replace(/\/+$/, '') || '/',
    pathParameters: mapValues(event.pathParameters ?? {}, decoded),
    query: readQuery(event),
    headers,
    body: readBody(event),
    baseUrl: resolveBaseUrl(event, headers, publicBaseUrl),
    authorization,
    ...(principal ? { principal } : {}),
    owner: principal?.owner ?? '',
    requestId: event.requestContext?.requestId ?? '',
  };
}

/** Fields by their names, of which case makes no difference: what comes twice is one list, however it is written (RFC 9110, 5.3). */
function readHeaders({ multiValueHeaders, headers }: APIGatewayProxyEvent): Record<string, string> {
  const joined = new Map<string, string>();
  const lines = multiValueHeaders ?? mapValues(headers ?? {}, (value) => [value ?? '']);
  for (const written of Object.keys(lines)) {
    const name = written.toLowerCase();
    const before = joined.get(name);
    const values = lines[written] ?? [];
    const value = (values.length === 1 ? String(values[0]) : values.join(', ')).toWellFormed();
    joined.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(joined);
}

function readQuery(event: APIGatewayProxyEvent): Record<string, readonly string[]> {
  const { multiValueQueryStringParameters: several, queryStringParameters: single } = event;
  const query = mapValues(
    several ?? mapValues(single ?? {}, (value) => [value ?? '']),
    (values) => values ?? [],
  );
  const broken = Object.entries(query).find((entry) => !entry.flat().every((text) => text.isWellFormed()));
  if (!broken) return query;
  // Nothing behind this gate keeps or compares half a character: all of AWS speaks UTF-8.
  const detail = 'has an unpaired surrogate, which is not a character.';
  throw new InvalidQuery([{ pointer: `?${broken[0].toWellFormed()}`, detail }]);
}

function readBody({ body, isBase64Encoded }: APIGatewayProxyEvent): Uint8Array | undefined {
  if (body === null || body === undefined || body === '') return undefined;
  return new Uint8Array(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'));
}

function decoded(value: string | undefined): string {
  try {
    return decodeURIComponent(value ?? '').toWellFormed();
  } catch {
    // Not an id of anything: it will not be found.
    return (value ?? '').toWellFormed();
  }
}
