import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type middy from '@middy/core';
import Negotiator from 'negotiator';
import { Env, isEnabled } from '../../core/shared/env.ts';
import { isJson, parseEssence } from '../../core/shared/media-type.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { getRequest, onResponse } from './exchange.ts';

/** Bytes below which compression saves less than it costs. */
const SMALLEST = 1024;
/** Bytes from which a static body is kept compressed, and how many of them. */
const LARGE = 64 * 1024;
const KEPT = 8;

const compressors = {
  br: (bytes: Uint8Array) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes),
} as const;
type Encoding = keyof typeof compressors;

/** Compressed bodies that are the same for everybody, by entity tag and encoding. */
const kept = new Map<string, Promise<Uint8Array>>();

/**
 * Compresses text for who takes it (RFC 9110, 12.5.3). Neither parts of a file nor HEAD, whose length is that of the
 * file; and nothing for clients without `Accept`, to whom some gateways send bytes in base64.
 */
export const compress = (): middy.MiddlewareObj =>
  onResponse(async (response, exchange) => {
    const { body, headers = {} } = response;
    if (body === undefined || !isText(String(headers['Content-Type'] ?? ''))) return response;
    if (!isEnabled(Env.Compression)) return response;
    const request = getRequest(exchange);
    if (!request || request.method === 'HEAD' || request.headers['range'] || !request.headers['accept'])
      return response;
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    const encoding = encodingFor(request.headers['accept-encoding']);
    if (encoding === undefined || bytes.length < SMALLEST) return response;
    return {
      ...response,
      headers: { ...headers, ...weakTag(headers['ETag']), 'Content-Encoding': encoding },
      body: await compressed(bytes, encoding, response),
    };
  });

/** Brotli where the client takes both: it is smaller, and clients name gzip first out of habit. */
function encodingFor(accepted: string | undefined): Encoding | undefined {
  if (!accepted) return undefined;
  const taken = new Negotiator({ headers: { 'accept-encoding': accepted } }).encodings(['br', 'gzip']);
  return (['br', 'gzip'] as const).find((encoding) => taken.includes(encoding));
}

function compressed(bytes: Uint8Array, encoding: Encoding, { headers = {} }: ApiResponse) {
  const isStatic = String(headers['Cache-Control']).startsWith('public');
  if (!isStatic || bytes.length < LARGE) return compressors[encoding](bytes);
  const key = `${encoding} ${headers['ETag']}`;
  const known = kept.get(key);
  if (known) return known;
  const made = compressors[encoding](bytes);
  if (kept.size >= KEPT) kept.clear();
  kept.set(key, made);
  return made;
}

const isText = (mediaType: string): boolean =>
  isJson(mediaType) || /^text\/|[+/](xml|json-seq)$|^application\/vnd\.oai/.test(parseEssence(mediaType));

/** Another encoding is another sequence of bytes: a strong tag would promise the same one (RFC 9110, 8.8.3.3). */
const weakTag = (tag: string | readonly string[] | undefined) =>
  tag === undefined ? {} : { ETag: `W/${String(tag).replace(/^W\//, '')}` };
