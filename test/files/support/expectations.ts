import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { root } from '../../../scripts/lib/paths.ts';
import { type Row, type Verdict, verdicts } from './verdicts.ts';

/** What is known of files that are not right, by their paths: the reason, in a line. */
export type Expectations = Readonly<Record<string, Expectation>>;

export interface Expectation {
  readonly verdict: Verdict;
  /** Which kinds of things differ, of files that are wrong: what comes or goes is seen. */
  readonly kinds?: readonly string[];
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
    .map((row): [string, Expectation] => {
      const { file, verdict, details, notes } = row;
      const before = known[file];
      const kinds = listKinds(row);
      if (before?.verdict === verdict && isDeepStrictEqual(before.kinds, kinds)) return [file, before];
      const reason = (verdict === 'refused rightly' ? (notes[0] ?? details[0]) : details[0]) ?? '';
      return [
        file,
        { verdict, ...(kinds ? { kinds } : {}), reason: reason.replaceAll(`${root}/`, '').slice(0, 160) },
      ];
    });
  const recorded: Recorded = { right: rows.length - others.length, known: Object.fromEntries(others) };
  writeFileSync(path, `${JSON.stringify(recorded, null, 2)}\n`);
}

/** The beginnings of what is said of a file that is wrong, up to what differs from file to file. */
function listKinds({ verdict, details }: Row): string[] | undefined {
  if (verdict !== 'wrong' && verdict !== 'error') return undefined;
  return [...new Set(details.map((detail) => detail.split(':')[0]!.slice(0, 60)))].sort();
}

/** What is otherwise than it was recorded, for better or worse; sentences. */
export function surprises(rows: readonly Row[], { right, known }: Recorded): string[] {
  const found = rows.flatMap((row) => {
    const { file, verdict, details } = row;
    const expected = known[file]?.verdict ?? 'right';
    const kinds = listKinds(row);
    if (verdict === expected && !isDeepStrictEqual(known[file]?.kinds, kinds))
      return [`${file} is ${verdict} by other things: ${kinds?.join(', ')}`];
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
