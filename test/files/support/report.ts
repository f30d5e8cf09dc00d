import { type Row, type Verdict, verdicts } from './verdicts.ts';

/** Characters of one detail in a table. */
const WIDTH = 240;

/** Lines of a table for one file: the verdict, the format, the file, and below them what was found. */
export function countLines({ verdict, format, file, details, notes }: Row): string[] {
  return [
    `${verdict.padEnd(16)} ${format.padEnd(14)} ${file}`,
    ...details.map((detail) => `    ${shortened(detail)}`),
    ...(verdict === 'right' ? [] : notes.map((note) => `    (${shortened(note)})`)),
  ];
}

const shortened = (text: string): string => (text.length > WIDTH ? `${text.slice(0, WIDTH)}...` : text);

export type Totals = Readonly<Record<Verdict, number>>;

export const computeTotals = (rows: readonly Row[]): Totals =>
  Object.fromEntries(
    verdicts.map((verdict) => [verdict, rows.filter((row) => row.verdict === verdict).length]),
  ) as Totals;

/** One line: how many files came to which verdict. */
export function totalLine(rows: readonly Row[], skipped: number): string {
  const totals = computeTotals(rows);
  const parts = verdicts.toReversed().filter((verdict) => totals[verdict] > 0 || verdict === 'wrong');
  const counts = parts.map((verdict) => `${totals[verdict]} ${verdict}`).join(', ');
  return `${rows.length} files of geodata: ${counts}. ${skipped} other files were skipped.`;
}
