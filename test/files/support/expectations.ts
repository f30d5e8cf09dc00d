import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Row, type Verdict, verdicts } from './verdicts.ts';

/** What is known of files that are not right, by their paths: the reason, in a line. */
export type Expectations = Readonly<Record<string, Expectation>>;

export interface Expectation {
  readonly verdict: Verdict;
  readonly reason: string;
}

const path = join(import.meta.dirname, '..', 'expected.json');

interface Recorded {
  /** How many files are right. */
  readonly right: number;
  readonly known: Expectations;
}

export const readExpectations = (): Recorded => JSON.parse(readFileSync(path, 'utf8')) as Recorded;

/** Keeps the verdicts as they are now. Reasons that were written by hand stay where the verdict is the same. */
export function writeExpectations(rows: readonly Row[]): void {
  const { known } = readExpectations();
  const others = rows
    .filter(({ verdict }) => verdict !== 'right')
    .toSorted((one, other) => verdicts.indexOf(one.verdict) - verdicts.indexOf(other.verdict))
    .map(({ file, verdict, details, notes }): [string, Expectation] => {
      const before = known[file];
      if (before?.verdict === verdict) return [file, before];
      const reason = (verdict === 'refused rightly' ? (notes[0] ?? details[0]) : details[0]) ?? '';
      return [file, { verdict, reason: reason.slice(0, 160) }];
    });
  const recorded: Recorded = { right: rows.length - others.length, known: Object.fromEntries(others) };
  writeFileSync(path, `${JSON.stringify(recorded, null, 2)}\n`);
}

/** What is otherwise than it was recorded, for better or worse; sentences. */
export function surprises(rows: readonly Row[], { right, known }: Recorded): string[] {
  const found = rows.flatMap(({ file, verdict, details }) => {
    const expected = known[file]?.verdict ?? 'right';
    if (verdict === expected) return [];
    return [`${file} is ${verdict}, not ${expected}${details[0] ? `: ${details[0]}` : ''}`];
  });
  const files = new Set(rows.map(({ file }) => file));
  const missing = Object.keys(known).filter((file) => !files.has(file));
  const count = rows.filter(({ verdict }) => verdict === 'right').length;
  return [
    ...found,
    ...missing.map((file) => `${file} is not there`),
    ...(found.length + missing.length === 0 && count !== right
      ? [`${count} files are right, not ${right}`]
      : []),
  ];
}
