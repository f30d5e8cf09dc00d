import { isUtf8 } from 'node:buffer';
import type middy from '@middy/core';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { cors } from '../../core/api/cors.ts';
import type { Operation } from '../../core/api/operations.ts';
import { ANSWER_BYTES } from '../../core/shared/answer-size.ts';
import { browserSafe } from '../../core/shared/browser-safety.ts';
import { Env, isEnabled } from '../../core/shared/env.ts';
import { LimitExceeded } from '../../core/shared/errors.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { errorResponse, identify } from './answer-errors.ts';
import { getRequest, onResponse } from './exchange.ts';
import { keptBytes, keptText } from './kept-text.ts';
import { asJson } from './represent.ts';
import { isSameForAll } from './same-for-all.ts';

/** Text of a body in JSON has at most six bytes for one: `\u0000`. */
const MOST_ESCAPED = 6;
/** Characters of base64 for one of text at most: three bytes of UTF-8, a third longer. */
const MOST_IN_BASE64 = 4;
const corsHeaders = {
  'Access-Control-Allow-Origin': [cors.allowOrigin],
  'Access-Control-Expose-Headers': [cors.exposeHeaders.join(', ')],
};
/** Characters from which on the difference is more than a tenth of a millisecond. */
const LONG_TEXT = 32 * 1024;

/**
 * Turns the response into what API Gateway takes, readable from pages of other origins and within what Lambda hands
 * over; what is larger becomes an error that says what to do instead.
 */
export const toGateway = (operation: Pick<Operation, 'scope'>): middy.MiddlewareObj =>
  onResponse((response, exchange) => {
    const request = getRequest(exchange);
    const result = gatewayResult(response, operation, Boolean(request?.headers['accept']));
    const size = measureResult(result);
    if (size <= ANSWER_BYTES) return result;
    return gatewayResult(asJson(errorResponse(tooLarge(size), identify(request))), operation);
  });

/**
 * The body stays with HEAD: API Gateway tells its length and leaves it out (/rec/core/http-head). `saysAccept`: whether the
 * client sent `Accept`; to those who did not, some gateways hand base64 on as it is.
 */
export function gatewayResult(
  { status, headers = {}, body }: ApiResponse,
  { scope }: Pick<Operation, 'scope'>,
  saysAccept = false,
): APIGatewayProxyResult {
  const multiValueHeaders: Record<string, string[]> = {
    ...corsHeaders,
    // What a client has computed is of no use to others; descriptions may be found, and are no way into anything.
    'X-Robots-Tag': [scope === 'public' ? 'nofollow' : 'noindex, nofollow'],
  };
  for (const [name, value] of Object.entries(browserSafe(headers, body !== undefined))) {
    multiValueHeaders[name] = typeof value === 'string' ? [value] : [...value];
  }
  if (body === undefined) return { statusCode: status, multiValueHeaders, body: '' };
  const kept = typeof body === 'string' ? isSameForAll({ headers }) && keptText(body) : keptBytes(body);
  if (kept) {
    const isBytes = typeof body !== 'string';
    return { statusCode: status, multiValueHeaders, body: kept, ...(isBytes && { isBase64Encoded: true }) };
  }
  const text = decodeText(body);
  // Text travels as it is: base64 would be a third larger, and some emulators do not decode it.
  if (text !== undefined && !isLongerThanBase64(text) && !(saysAccept && isCheaperInBase64(text)))
    return { statusCode: status, multiValueHeaders, body: text };
  const base64 = toBuffer(body).toString('base64');
  return { statusCode: status, multiValueHeaders, body: base64, isBase64Encoded: true };
}

const toBuffer = (body: Uint8Array | string): Buffer =>
  typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);

/** The body as text, where it is some. */
function decodeText(body: Uint8Array | string): string | undefined {
  if (typeof body === 'string') return body;
  return isUtf8(body) ? toBuffer(body).toString('utf8') : undefined;
}

/** Whether a text would be too large as it is, because of what JSON escapes in it. */
const isLongerThanBase64 = (text: string): boolean =>
  text.length * MOST_ESCAPED > ANSWER_BYTES && Buffer.byteLength(JSON.stringify(text)) > ANSWER_BYTES;

/**
 * Whether it takes less time to hand a text over in base64: in JSON each quotation mark is escaped one by one. Only where the
 * gateway is known to decode it, as it must for what is compressed.
 */
const isCheaperInBase64 = (text: string): boolean =>
  text.length > LONG_TEXT && text.length * MOST_IN_BASE64 <= ANSWER_BYTES && isEnabled(Env.Compression);

/** Bytes of the JSON that Lambda hands over; measured only where it matters. */
function measureResult(result: APIGatewayProxyResult): number {
  const { body, isBase64Encoded } = result;
  // What is kept fits.
  const characters = typeof body === 'string' ? body.length : 0;
  if (characters * (isBase64Encoded ? 1 : MOST_ESCAPED) <= ANSWER_BYTES) return characters;
  return Buffer.byteLength(JSON.stringify(result));
}

const tooLarge = (size: number): LimitExceeded =>
  new LimitExceeded(
    '',
    `The response has ${size} bytes; the limit is ${ANSWER_BYTES}. Request less at once, with "limit" or "outputs", ` +
      'or run the process as a job (Prefer: respond-async) and get its results one by one, by reference.',
  );
