import type middy from '@middy/core';
import type { APIGatewayProxyResult } from 'aws-lambda';
import type { ApiRequest } from '../../core/api/http.ts';
import type { Operation } from '../../core/api/operations.ts';
import { Kept } from '../../core/shared/kept.ts';
import { type Exchange, getRequest } from './exchange.ts';
import { isStatic } from './same-for-all.ts';

/** Clients ask for few things in few ways; each of them is small, or shares its body with others. */
const MOST = 64;
/** Characters of a body up to which it is kept by itself. What is larger and answered often is kept as it stands in JSON. */
const LARGEST = 64 * 1024;

/** Headers that make another answer of the same address; who sends others of those than `Accept*` is answered anew. */
const CONDITIONS = [
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'if-range',
  'range',
] as const;

/**
 * Keeps what was handed to API Gateway where it depends on the deployment alone, for whoever asks for the same in the same way.
 * `find` goes where the request is understood and may be made, `keep` where its answer is complete.
 */
export function keptAnswers(operation: Operation): Record<'find' | 'keep', middy.MiddlewareObj[]> {
  if (!isStatic(operation)) return { find: [], keep: [] };
  const kept = new Kept<APIGatewayProxyResult>(MOST);
  const find: middy.MiddlewareObj = {
    before: (exchange) => {
      const request = getRequest(exchange as unknown as Exchange);
      // What a layer returns before the operation is the answer.
      return request && isPlain(request) ? kept.find(makeKey(request)) : undefined;
    },
  };
  const keep: middy.MiddlewareObj = {
    after: (exchange) => {
      const typed = exchange as unknown as Exchange;
      const request = getRequest(typed);
      const result = typed.response as APIGatewayProxyResult;
      if (request && isPlain(request) && isKeepable(result)) kept.get(makeKey(request), () => result);
    },
  };
  return { find: [find], keep: [keep] };
}

const isPlain = ({ headers }: ApiRequest): boolean => CONDITIONS.every((name) => headers[name] === undefined);

/** As RFC 9111 has it for a shared cache: the address, and what `Vary` names. */
const makeKey = ({ method, baseUrl, path, query, headers }: ApiRequest): string =>
  JSON.stringify([method, baseUrl, path, query, headers['accept'], headers['accept-encoding']]);

const isKeepable = ({ statusCode, multiValueHeaders, body }: APIGatewayProxyResult): boolean =>
  statusCode === 200 &&
  String(multiValueHeaders?.['Cache-Control']).startsWith('public') &&
  (typeof body !== 'string' || body.length <= LARGEST);
