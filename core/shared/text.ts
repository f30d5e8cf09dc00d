/** The first characters of a text: never half of one that takes two UTF-16 code units. */
export function startOf(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  const isHalf = last >= 0xd800 && last <= 0xdbff && text.length > length;
  return text.slice(0, isHalf ? length - 1 : length);
}
