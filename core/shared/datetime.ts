/** Bounds of a `datetime` parameter in the form in which `created` is stored; both inclusive. */
export interface Interval {
  readonly from?: string;
  readonly to?: string;
}

const DATE_TIME =
  /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))[Tt]((?:[01]\d|2[0-3]):[0-5]\d):([0-5]\d|60)(\.\d+)?([Zz]|[+ -](?:[01]\d|2[0-3]):[0-5]\d)$/;

const EXPECTED =
  'Use an RFC 3339 date-time such as 2026-01-31T12:00:00Z, or an interval of two, one of which may be ".." or empty: 2026-01-31T12:00:00Z/..';

/**
 * Reads a `datetime` parameter (/req/job-list/datetime-definition): an instant or an interval, half of which may
 * be open.
 * @returns the interval, or a sentence that says what is wrong
 */
export function parseDatetime(text: string): Interval | string {
  const parts = text.split('/');
  if (parts.length > 2) return `"${text}" has more than two parts. ${EXPECTED}`;
  const [start = '', end = start] = parts;
  const open = (part: string) => part === '' || part === '..';
  if (open(start) && open(end)) return `"${text}" does not contain a date-time. ${EXPECTED}`;
  const from = open(start) ? undefined : normalizeInstant(start, 'up');
  const to = open(end) ? undefined : normalizeInstant(end, 'down');
  if (from === null) return `"${start}" is not a date-time. ${EXPECTED}`;
  if (to === null) return `"${end}" is not a date-time. ${EXPECTED}`;
  if (parts.length === 2 && from !== undefined && to !== undefined && from > to) {
    return `The interval "${text}" ends before it starts.`;
  }
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/**
 * The instant to the millisecond, in UTC; null when the text is none. @param round what becomes of finer fractions,
 * so that an interval never holds a job outside of it
 */
function normalizeInstant(text: string, round: 'up' | 'down'): string | null {
  const match = DATE_TIME.exec(text);
  if (!match) return null;
  const [, date = '', time, second, fraction = '.', zone = ''] = match;
  const leap = second === '60' ? 1000 : 0;
  // A plus sign that was sent as it is arrives as a blank.
  const offset = zone.toUpperCase().replace(' ', '+');
  const whole = Date.parse(`${date}T${time}:${leap ? '59' : second}${offset}`);
  // JavaScript takes 31 February for a day in March.
  const exists = new Date(`${date}T00:00:00Z`).toISOString().startsWith(date);
  if (Number.isNaN(whole) || !exists) return null;
  const milliseconds = Number(fraction.slice(1, 4).padEnd(3, '0'));
  const finer = round === 'up' && /[1-9]/.test(fraction.slice(4)) ? 1 : 0;
  const instant = new Date(whole + leap + milliseconds + finer);
  const year = instant.getUTCFullYear();
  return year < 0 || year > 9999 ? null : instant.toISOString();
}
