/**
 * How a file is offered to who saves it: its name in ASCII and, for names that need more, in UTF-8 as well
 * (RFC 6266, RFC 8187).
 *
 * @param type `inline` lets browsers show what they can, `attachment` makes them save it
 */
export function contentDisposition(fileName: string, type: 'inline' | 'attachment' = 'attachment'): string {
  const plain = fileName.replaceAll(/[^\x20-\x7e]|["\\/]/gu, '_');
  if (plain === fileName) return `${type}; filename="${plain}"`;
  const encoded = encodeURIComponent(fileName.toWellFormed()).replaceAll(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${type}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
