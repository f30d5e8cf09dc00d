/** What a client prefers (RFC 7240); what it does not say is absent. */
export interface Preferences {
  readonly respondAsync: boolean;
  /** Seconds that the client is willing to wait. */
  readonly wait?: number;
  readonly return?: 'minimal' | 'representation';
  /** Profile of the representation: a URI, a safe CURIE or a bare name. */
  readonly profile?: string;
}

/**
 * Reads the `Prefer` header: a list, perhaps over several lines (which arrive joined by commas), of preferences with
 * optional values and parameters. Names are compared without case, values may be quoted, the first of several
 * preferences of one name counts, and what is unknown or malformed is ignored (RFC 7240, section 2).
 */
export function parsePrefer(header: string | undefined): Preferences {
  const named = new Map<string, string>();
  for (const preference of split(header ?? '', ',')) {
    const [first = ''] = split(preference, ';');
    const mark = first.indexOf('=');
    const name = (mark < 0 ? first : first.slice(0, mark)).trim().toLowerCase();
    const value = mark < 0 ? '' : unquoted(first.slice(mark + 1).trim());
    if (name !== '' && !named.has(name)) named.set(name, value);
  }
  const wait = named.get('wait') ?? '';
  const wanted = named.get('return')?.toLowerCase();
  const profile = named.get('profile');
  return {
    // A value of its own would make it another preference; an empty one is the same as none.
    respondAsync: named.get('respond-async') === '',
    ...(/^\d{1,9}$/.test(wait) ? { wait: Number(wait) } : {}),
    ...(wanted === 'minimal' || wanted === 'representation' ? { return: wanted } : {}),
    ...(profile ? { profile } : {}),
  };
}

/** Splits at a separator that is not inside a quoted string. */
function split(text: string, separator: ',' | ';'): string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '\\' && quoted) index++;
    else if (character === '"') quoted = !quoted;
    else if (character === separator && !quoted) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...parts, text.slice(start)];
}

const unquoted = (text: string): string =>
  /^".*"$/s.test(text) ? text.slice(1, -1).replace(/\\(.)/gs, '$1') : text;
