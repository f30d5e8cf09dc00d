import type { APIGatewayProxyEvent } from 'aws-lambda';
import { LimitExceeded, Refusal } from '../../core/shared/errors.ts';
import { ExceptionType } from '../../core/shared/uris.ts';

/** Bytes that API Gateway takes of the request line and the values of headers together. */
const HEAD_BYTES = 10_240;
/** Bytes of JSON with which API Gateway may call a function, the body in base64 among them. */
const EVENT_BYTES = 6_291_456;

/** Bytes of a character of UTF-16 in UTF-8 at most. */
const MOST_BYTES = 3;

/** Headers that API Gateway adds itself after it has counted. */
const ADDED = /^(x-forwarded-|x-amzn-|cloudfront-|via$)/i;

/**
 * Refuses what API Gateway and Lambda refuse, where an emulator in front of the functions lets it pass.
 * @throws LimitExceeded, Refusal
 */
export function checkRequestSize(event: APIGatewayProxyEvent): void {
  if (mostBytes(event) > HEAD_BYTES) checkHead(event);
  const body = event.body ? Buffer.byteLength(event.body) : 0;
  // The rest of the event is at most a few copies of the head.
  if (body <= EVENT_BYTES - 4 * HEAD_BYTES) return;
  const size = event.isBase64Encoded ? Math.floor((body * 3) / 4) : body;
  throw new LimitExceeded(
    '',
    `The body has ${size} bytes; the limit is 4 MB. Send large inputs by reference, { "href": "https://..." }; ` +
      'for local files, POST /uploads returns such an href.',
  );
}

/** At most so many of the request line and the headers together, which is soon known: most have far less than is taken. */
function mostBytes(event: APIGatewayProxyEvent): number {
  const { requestContext, path, multiValueHeaders, multiValueQueryStringParameters } = event;
  let characters = (requestContext?.path ?? path).length + ' HTTP/1.1'.length + event.httpMethod.length + 2;
  for (const lists of [multiValueQueryStringParameters, multiValueHeaders ?? event.headers])
    for (const name in lists) {
      const values = lists[name];
      const count = Array.isArray(values) ? values.length : 1;
      characters += count * (name.length + 2) + String(values).length;
    }
  return characters * MOST_BYTES;
}

function checkHead(event: APIGatewayProxyEvent): void {
  const line = lineBytes(event);
  const head = line + headerBytes(event);
  if (head <= HEAD_BYTES) return;
  const detail = `The request line and the headers have ${head} bytes; the limit is ${HEAD_BYTES}.`;
  throw line > HEAD_BYTES / 2
    ? new Refusal(414, ExceptionType.blank, 'URI too long', {
        detail: `${detail} Send long values in the body of a POST.`,
      })
    : new Refusal(431, ExceptionType.blank, 'Request header fields too large', { detail });
}

/** At least so many: how a client has escaped the query is not told. */
function lineBytes({ httpMethod, requestContext, path, ...event }: APIGatewayProxyEvent): number {
  const query = Object.entries(event.multiValueQueryStringParameters ?? {}).flatMap(([name, values]) =>
    (values ?? []).map((value) => `${name}=${value}&`),
  );
  return Buffer.byteLength(`${httpMethod} ${requestContext?.path ?? path}?${query.join('')} HTTP/1.1`);
}

const headerBytes = ({ multiValueHeaders, headers }: APIGatewayProxyEvent): number =>
  Object.entries(multiValueHeaders ?? headers ?? {})
    .filter(([name]) => !ADDED.test(name))
    .reduce((sum, [, values]) => sum + Buffer.byteLength([values ?? ''].flat().join('')), 0);
