import { isUtf8 } from 'node:buffer';
import type middy from '@middy/core';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { cors } from '../../core/api/cors.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { onResponse, requestOf } from './exchange.ts';

/** Turns the response into what API Gateway takes, readable from pages of other origins. */
export const toGateway = (): middy.MiddlewareObj =>
  onResponse((response, exchange) => gatewayResult(response, requestOf(exchange)?.method === 'HEAD'));

/** @param headOnly leaves the body out, and nothing else (/rec/core/http-head) */
export function gatewayResult(
  { status, headers = {}, body }: ApiResponse,
  headOnly: boolean,
): APIGatewayProxyResult {
  const multiValueHeaders: Record<string, string[]> = {
    'Access-Control-Allow-Origin': [cors.allowOrigin],
    'Access-Control-Expose-Headers': [cors.exposeHeaders.join(', ')],
    'X-Content-Type-Options': ['nosniff'],
  };
  for (const [name, value] of Object.entries(headers)) {
    multiValueHeaders[name] = typeof value === 'string' ? [value] : [...value];
  }
  const content = headOnly ? undefined : body;
  if (content === undefined) return { statusCode: status, multiValueHeaders, body: '' };
  if (typeof content === 'string') return { statusCode: status, multiValueHeaders, body: content };
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  // Text travels as it is: base64 would be a third larger, and some emulators do not decode it.
  if (isUtf8(bytes)) return { statusCode: status, multiValueHeaders, body: bytes.toString('utf8') };
  return { statusCode: status, multiValueHeaders, body: bytes.toString('base64'), isBase64Encoded: true };
}
