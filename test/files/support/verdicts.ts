/** What can be said of a file, the worst first. */
export const verdicts = [
  'error',
  'wrong',
  'refused wrongly',
  'unjudged',
  'refused rightly',
  'right',
] as const;
export type Verdict = (typeof verdicts)[number];

/** What was found about a file. */
export interface Row {
  /** Path below the folder that was looked through. */
  readonly file: string;
  /** As GDAL's driver is named. */
  readonly format: string;
  readonly verdict: Verdict;
  /** What differs, why it was refused, how it failed. */
  readonly details: readonly string[];
  /** What is no fault but good to know. */
  readonly notes: readonly string[];
  readonly seconds: number;
}

export const worst = (some: readonly Verdict[]): Verdict =>
  verdicts.find((verdict) => some.includes(verdict)) ?? 'right';
