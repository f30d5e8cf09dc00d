import type middy from '@middy/core';
import { parseByteRange } from '../../core/api/byte-range.ts';
import type { Operation } from '../../core/api/operations.ts';
import { Refusal } from '../../core/shared/errors.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { ExceptionType } from '../../core/shared/uris.ts';
import { getRequest, onResponse } from './exchange.ts';

/**
 * Answers `Range` where the answer is a file (RFC 9110, 14): GDAL reads files on the web in pieces, and takes what
 * ignores the header for no file at all.
 */
export const serveRanges = ({ isFile }: Operation): middy.MiddlewareObj[] => (isFile ? [layer] : []);

const layer = onResponse((response, exchange) => {
  if (response.status !== 200 || response.body === undefined) return response;
  const { method, headers } = getRequest(exchange) ?? {
    method: 'GET',
    headers: {} as Record<string, string>,
  };
  const range = headers['range'];
  const whole = { ...response, headers: { ...response.headers, 'Accept-Ranges': 'bytes' } };
  if (method !== 'GET' || range === undefined || !isUnchanged(headers['if-range'], response)) return whole;
  const bytes = typeof response.body === 'string' ? Buffer.from(response.body) : response.body;
  const part = parseByteRange(range, bytes.length);
  if (part === undefined) return whole;
  if (part === 'unsatisfiable') throw notSatisfiable(range, bytes.length);
  const { first, last } = part;
  return {
    ...whole,
    status: 206,
    headers: { ...whole.headers, 'Content-Range': `bytes ${first}-${last}/${bytes.length}` },
    body: bytes.subarray(first, last + 1),
  };
});

/** Whether what the client has parts of is what is answered here; a date alone does not tell (RFC 9110, 13.1.5). */
const isUnchanged = (known: string | undefined, { headers = {} }: ApiResponse): boolean =>
  known === undefined || known.trim() === headers['ETag'];

const notSatisfiable = (range: string, size: number): Refusal =>
  new Refusal(416, ExceptionType.blank, 'Range not satisfiable', {
    detail: `"${range}" is outside the file, which has ${size} bytes.`,
    headers: { 'Content-Range': `bytes */${size}` },
  });
