/**
 * Bytes of an answer that Lambda hands to API Gateway: 6 MB of JSON, less a margin for what surrounds the headers and
 * the body.
 */
export const ANSWER_BYTES = 6_291_556 - 16_384;

/** Bytes of a body that fit whatever they are: base64 makes four of three. */
export const BODY_BYTES = 4_500_000;

/** Bytes of a page that are left for what surrounds its items: the links, which repeat the query. */
export const LINKS_BYTES = 100_000;

/** The first of the items whose JSON, with a comma after each, has at most so many bytes. */
export function fitting<T>(items: readonly T[], bytes: number): readonly T[] {
  let left = bytes;
  for (const [index, item] of items.entries()) {
    left -= Buffer.byteLength(JSON.stringify(item)) + 1;
    if (left < 0) return items.slice(0, index);
  }
  return items;
}
