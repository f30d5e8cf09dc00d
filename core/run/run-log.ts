import { shortened } from '../shared/problems.ts';
import type { Details } from './context.ts';

export type LogLevel = 'info' | 'warning' | 'error';

/** A line of the log of a run. */
export interface LogEntry {
  /** When it was said first: RFC 3339, UTC. */
  readonly time: string;
  readonly level: LogLevel;
  readonly message: string;
  /** Where and which. */
  readonly details?: Details;
  /** How often it was said, where more than once. */
  readonly count?: number;
  /** Percent of the work that was done then, where the line tells of progress. */
  readonly progress?: number;
}

/** Lines that are kept at most of each kind; the last line says how many more there were. */
const MOST = { warning: 100, info: 300 } as const;
/** UTF-16 units of messages and details that are kept of each kind. */
const MOST_TEXT = { warning: 64 * 1024, info: 64 * 1024 } as const;
/** Of one message, and of the details of one line as JSON. */
const LONGEST_MESSAGE = 1000;
const LONGEST_DETAILS = 4000;

type Kind = keyof typeof MOST;

/**
 * What is said while a process runs: what the process does (`log`), what the client must know of the result (`warn`), and
 * what its progress is called. Each distinct line is kept once with a count, within bounds: its document stays below
 * 200 KB, whatever a process says.
 */
export class RunLog {
  readonly #now: () => Date;
  readonly #onEntry: ((entry: LogEntry) => void) | undefined;
  readonly #entries = new Map<string, LogEntry>();
  readonly #kept = { warning: 0, info: 0 };
  readonly #text = { warning: 0, info: 0 };
  readonly #omitted = { warning: 0, info: 0 };
  #changes = 0;

  /** @param onEntry sees each line when it is kept, for the log of the operator. */
  constructor(now: () => Date, onEntry?: (entry: LogEntry) => void) {
    this.#now = now;
    this.#onEntry = onEntry;
  }

  log = (message: string, details?: Details): void => this.#add('info', message, { details });

  warn = (message: string, details?: Details): void => this.#add('warning', message, { details });

  /** What is done now. A message that was told before is not told again. @param percent of the work that is done */
  progress(percent: number, message: string): void {
    const key = `progress ${message}`;
    if (!this.#entries.has(key)) this.#add('info', message, { progress: percent, key });
  }

  /** How many warnings there are: the distinct ones that are kept, and all that are not. */
  get warnings(): number {
    return this.#kept.warning + this.#omitted.warning;
  }

  /** Grows with every change: who has seen the log at this number has seen all of it. */
  get changes(): number {
    return this.#changes;
  }

  /** The lines in the order in which they were said first; then how many are not there. */
  get entries(): LogEntry[] {
    return [...this.#entries.values(), ...this.#omissions()];
  }

  *#omissions(): Iterable<LogEntry> {
    const time = this.#now().toISOString();
    for (const [kind, name] of [
      ['warning', 'warnings'],
      ['info', 'lines'],
    ] as const) {
      const count = this.#omitted[kind];
      const message = `${count} more ${name} were not kept: the size of a log is limited.`;
      if (count > 0) yield { time, level: kind, message };
    }
  }

  #add(
    level: Kind,
    said: string,
    { details, ...more }: { details?: Details | undefined; progress?: number; key?: string },
  ): void {
    this.#changes++;
    const message = shortened(said, LONGEST_MESSAGE);
    const { value, text } = plain(details);
    const { key = `${level} ${message} ${text}`, ...rest } = more;
    const known = this.#entries.get(key);
    if (known) {
      this.#entries.set(key, { ...known, count: (known.count ?? 1) + 1 });
      return;
    }
    const length = message.length + text.length;
    if (this.#kept[level] >= MOST[level] || this.#text[level] + length > MOST_TEXT[level]) {
      this.#omitted[level]++;
      return;
    }
    this.#kept[level]++;
    this.#text[level] += length;
    const time = this.#now().toISOString();
    const entry = { time, level, message, ...(value === undefined ? {} : { details: value }), ...rest };
    this.#entries.set(key, entry);
    this.#onEntry?.(entry);
  }
}

/** Details as JSON has them, and their text. A line is never lost because of what was added to it. */
function plain(details: Details | undefined): { readonly value?: Details; readonly text: string } {
  if (details === undefined) return { text: '' };
  let text: string;
  try {
    text = JSON.stringify(details, function (this: Readonly<Record<string, unknown>>, key, value: unknown) {
      // Before a replacer gets a BigInt, its `toJSON` (of exact-json.ts) makes a number of it, whose last digits reading loses.
      const original = this[key];
      return typeof original === 'bigint' ? String(original) : value;
    });
  } catch (error) {
    return plain({ omitted: `The details cannot be written as JSON: ${(error as Error).message}` });
  }
  if (text.length <= LONGEST_DETAILS) return { value: JSON.parse(text), text };
  return plain({ omitted: `The details have ${text.length} characters; up to ${LONGEST_DETAILS} are kept.` });
}

/** Number and noun, for messages: `1 warning`, `2 warnings`. */
export const formatWarningCount = (count: number): string => `${count} warning${count === 1 ? '' : 's'}`;
