import type { FileMetaData } from 'hyparquet';

type Texts = ReadonlyMap<string, (value: unknown) => unknown>;

const perSecond = { MILLIS: 1e3, MICROS: 1e6, NANOS: 1e9 } as const;

/** How values of the columns of dates, times and time stamps without a zone are written, by the names of columns. */
export function findTimeColumns({ schema }: FileMetaData): Texts {
  const texts = new Map<string, (value: unknown) => unknown>();
  for (const { name, converted_type: converted, logical_type: logical } of schema) {
    if (converted === 'DATE' || logical?.type === 'DATE') texts.set(name, formatDay);
    else if (logical?.type === 'TIMESTAMP' && !logical.isAdjustedToUTC) texts.set(name, formatLocal);
    else if (logical?.type === 'TIME') {
      const unit = perSecond[logical.unit as keyof typeof perSecond];
      texts.set(name, (value) => formatTime(value, unit));
    }
  }
  return texts;
}

const formatDay = (value: unknown): unknown =>
  value instanceof Date ? value.toISOString().slice(0, 10) : value;

/** No zone is known, so none is said. */
const formatLocal = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/(?:\.000)?Z$/, '') : value;

/** Milliseconds of the moments that dates of JavaScript hold. */
const FARTHEST = 8.64e15;

/**
 * A moment as ISO 8601 in UTC, with at least three and with all its digits of seconds.
 *
 * @param value units since 1970; as it is where the year has more than six digits
 */
export function formatTimestamp(value: bigint, perSecond: bigint): string {
  const fraction = ((value % perSecond) + perSecond) % perSecond;
  const milliseconds = Number(((value - fraction) / perSecond) * 1000n);
  if (Math.abs(milliseconds) > FARTHEST) return String(value);
  const digits = String(fraction).padStart(String(perSecond).length - 1, '0');
  return new Date(milliseconds)
    .toISOString()
    .replace('.000Z', `.${digits.slice(0, 3)}${digits.slice(3).replace(/0+$/, '')}Z`);
}

/** The time of a day that a count of units since midnight is. */
function formatTime(value: unknown, unit: number): unknown {
  if (typeof value !== 'number' && typeof value !== 'bigint') return value;
  const seconds = Number(value) / unit;
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  const fraction = Number(value) % unit;
  const digits = String(fraction).padStart(Math.log10(unit), '0').replace(/0+$/, '');
  const text = parts.map((part) => String(part).padStart(2, '0')).join(':');
  return fraction === 0 ? text : `${text}.${digits}`;
}
