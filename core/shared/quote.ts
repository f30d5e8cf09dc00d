/** Characters of a quotation in a message. */
const LENGTH = 60;
/** Arrays and objects that a quotation shows inside each other. */
const LEVELS = 4;

/**
 * A short quotation of a value for a message, as JSON. It takes time and stack for what it shows, not for what the
 * value has: values are written by strangers, and may be megabytes or nested without end.
 */
export function quote(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = excerpt(value, LEVELS);
  return text.length > LENGTH ? `${cut(text, LENGTH - 3)}...` : text;
}

function excerpt(value: unknown, levels: number): string {
  if (typeof value === 'string') return JSON.stringify(cut(value, LENGTH));
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const isArray = Array.isArray(value);
  if (levels === 0) return isArray ? '[...]' : '{...}';
  const entries: [name: string, member: unknown][] = isArray
    ? value.slice(0, LENGTH).map((item) => ['', item])
    : Object.entries(value).slice(0, LENGTH);
  let text = '';
  for (const [name, member] of entries) {
    const key = isArray ? '' : `${JSON.stringify(cut(name, LENGTH))}:`;
    text += `${text === '' ? '' : ','}${key}${excerpt(member, levels - 1)}`;
    if (text.length > LENGTH) break;
  }
  return isArray ? `[${text}]` : `{${text}}`;
}

/** The beginning of a text up to a number of UTF-16 code units, never ending inside of a surrogate pair. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  const isLeading = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isLeading ? length - 1 : length);
}

/** A count with its noun: "1 feature", "2 features". */
export const counted = (count: number, one: string, more = `${one}s`): string =>
  `${count} ${count === 1 ? one : more}`;

/** The first items of a list as text, and how many more there are: the messages of hundreds of names are not read. */
export function listed(items: readonly string[], most = 20): string {
  const shown = items
    .slice(0, most)
    .map((item) => cut(item, LENGTH))
    .join(', ');
  return items.length > most ? `${shown} and ${items.length - most} more` : shown;
}
