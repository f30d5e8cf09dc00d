import { promisify } from 'node:util';
import type middy from '@middy/core';
import { Kept } from '../../core/shared/kept.ts';
import { isJson, parseEssence } from '../../core/shared/media-type.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { type Encoding, encodingWanted } from '../assets/encoding.ts';
import { getRequest, onResponse } from './exchange.ts';
import { keepBytes } from './kept-text.ts';
import { isSameForAll } from './same-for-all.ts';

/** Bytes, or characters, below which compression saves less than it costs. */
const SMALLEST = 1024;
/** Taken by the first answer that is large enough: what loads it takes a twentieth of a start. */
const zlib = () => process.getBuiltinModule('node:zlib');
const compressors = {
  br: (bytes: Uint8Array) => {
    const { brotliCompress, constants } = zlib();
    return promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
  },
  gzip: (bytes: Uint8Array) => promisify(zlib().gzip)(bytes),
} as const satisfies Record<Encoding, unknown>;

/** Compressed bodies that are the same for everybody, by entity tag and encoding. */
const kept = new Kept<Promise<Uint8Array>>(128);

/** Compresses text for who takes it, unless it is compressed already. */
export const compress = (): middy.MiddlewareObj =>
  onResponse((response, exchange) => {
    const { body, headers = {} } = response;
    const request = getRequest(exchange);
    if (!request || body === undefined || headers['Content-Encoding'] !== undefined) return response;
    if (!isText(String(headers['Content-Type'] ?? ''))) return response;
    const encoding = encodingWanted(request);
    if (encoding === undefined) return response;
    if (body.length < SMALLEST) return response;
    return compressed(body, encoding, response).then((bytes) => ({
      ...response,
      headers: { ...headers, ...weakTag(headers['ETag']), 'Content-Encoding': encoding },
      body: bytes,
    }));
  });

function compressed(body: Uint8Array | string, encoding: Encoding, response: ApiResponse) {
  const make = () => compressors[encoding](typeof body === 'string' ? Buffer.from(body) : body);
  if (!isSameForAll(response)) return make();
  return kept.get(`${encoding} ${response.headers?.['ETag']}`, async () => keepBytes(await make()));
}

const isText = (mediaType: string): boolean =>
  isJson(mediaType) || /^text\/|[+/](xml|json-seq)$|^application\/vnd\.oai/.test(parseEssence(mediaType));

/** Another encoding is another sequence of bytes: a strong tag would promise the same one (RFC 9110, 8.8.3.3). */
const weakTag = (tag: string | readonly string[] | undefined) =>
  tag === undefined ? {} : { ETag: `W/${String(tag).replace(/^W\//, '')}` };
