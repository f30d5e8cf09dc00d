import assert from 'node:assert/strict';

export interface ReadPart {
  /** Header values by lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

export interface ReadMultipart {
  readonly parameters: ReadonlyMap<string, string>;
  readonly parts: readonly ReadPart[];
}

const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;
/** RFC 2046, 5.1.1: up to 70 characters, the last of them no blank. */
const BOUNDARY = /^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/;

/**
 * Reads a multipart/related message (RFC 2046, RFC 2387) and forgives nothing: every line break is CRLF, there is no
 * preamble and no epilogue, each header is well formed and occurs once. @throws AssertionError
 */
export function readMultipart(contentType: string, message: Uint8Array): ReadMultipart {
  const [mediaType, ...rest] = contentType.split(/;\s*/);
  assert.equal(mediaType, 'multipart/related');
  const parameters = new Map(rest.map(parseParameter));
  assert.equal(parameters.size, rest.length, 'a parameter occurs twice');
  const boundary = parameters.get('boundary') ?? '';
  assert.match(boundary, BOUNDARY);
  const bytes = Buffer.from(message);
  const opening = Buffer.from(`--${boundary}\r\n`);
  const between = Buffer.from(`\r\n--${boundary}`);
  assert.ok(bytes.subarray(0, opening.length).equals(opening), 'does not begin with the boundary');
  const parts: ReadPart[] = [];
  let at = opening.length;
  for (;;) {
    const end = bytes.indexOf(between, at);
    assert.ok(end >= 0, 'is not closed');
    parts.push(cutPart(bytes.subarray(at, end)));
    const after = end + between.length;
    const mark = bytes.subarray(after, after + 2).toString('latin1');
    at = after + 2;
    if (mark === '\r\n') continue;
    assert.equal(mark, '--');
    assert.equal(bytes.subarray(at).toString('latin1'), '\r\n');
    return { parameters, parts };
  }
}

/** A parameter of the media type; a value that is no token must be quoted. */
function parseParameter(text: string): [string, string] {
  const [, name = '', quoted, token = ''] = /^([\w-]+)=(?:"([^"\\]*)"|([^"]*))$/.exec(text) ?? [];
  assert.ok(name, `"${text}" is no parameter`);
  if (quoted === undefined) assert.match(token, TOKEN);
  return [name.toLowerCase(), quoted ?? token];
}

function cutPart(bytes: Buffer): ReadPart {
  const end = bytes.indexOf('\r\n\r\n');
  assert.ok(end > 0, 'a part has no headers');
  const headers = new Map<string, string>();
  for (const line of bytes.subarray(0, end).toString('latin1').split('\r\n')) {
    const [, name = '', value] = /^([^:\s]+): (\S.*)$/.exec(line) ?? [];
    assert.match(name, TOKEN, line);
    assert.ok(value !== undefined && !/[\r\n]/.test(value), line);
    assert.ok(!headers.has(name.toLowerCase()), `${name} occurs twice`);
    headers.set(name.toLowerCase(), value);
  }
  return { headers, body: bytes.subarray(end + 4) };
}
