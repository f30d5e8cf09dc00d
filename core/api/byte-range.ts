/** Bytes of a representation; both ends inclusive, as HTTP counts them. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Reads a `Range` header (RFC 9110, 14.2). Several ranges at once are not served as such, as in S3: the answer is the
 * whole then, which the header allows.
 *
 * @param size bytes of the whole
 * @returns undefined where the header does not matter; `unsatisfiable` where no byte of the whole is meant
 */
export function parseByteRange(header: string, size: number): ByteRange | 'unsatisfiable' | undefined {
  const [, start = '', end = ''] = /^ ?bytes ?= ?(\d*) ?- ?(\d*) ?$/i.exec(header.replace(/\s+/g, ' ')) ?? [];
  if (start === '' && end === '') return undefined;
  if (start === '') {
    const length = Math.min(Number(end), size);
    return length === 0 ? 'unsatisfiable' : { first: size - length, last: size - 1 };
  }
  const first = Number(start);
  if (end !== '' && Number(end) < first) return undefined;
  if (first >= size) return 'unsatisfiable';
  return { first, last: end === '' ? size - 1 : Math.min(Number(end), size - 1) };
}
