/** One finding of a tool. */
export interface Finding {
  /** What it is a finding of, as `import/no-cycle`. */
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** How many findings of a rule may still be there, by the root that they are in. */
export type Ratchet = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The root that a file is in. */
const rootFolder = (file: string): string => file.split('/', 1)[0] ?? file;

/** Findings by rule and root, in the order of their names. */
export function countFindings(findings: readonly Finding[]): Ratchet {
  const byRule = Map.groupBy(findings, ({ rule }) => rule);
  const sorted = <T>(entries: Iterable<readonly [string, T]>) =>
    Object.fromEntries([...entries].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return sorted(
    [...byRule].map(([rule, found]) => {
      const byRoot = Map.groupBy(found, ({ file }) => rootFolder(file));
      return [rule, sorted([...byRoot].map(([root, { length }]) => [root, length]))];
    }),
  );
}

/** Findings of the rules and roots that have more of them than a ratchet allows. */
export function findingsAbove(findings: readonly Finding[], allowed: Ratchet): Finding[] {
  const counts = countFindings(findings);
  return findings.filter(({ rule, file }) => {
    const root = rootFolder(file);
    return (counts[rule]?.[root] ?? 0) > (allowed[rule]?.[root] ?? 0);
  });
}

const sum = (counts: Readonly<Record<string, number>> = {}): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

/**
 * The ratchet that allows just what there is. Findings may move to another root with their files.
 * @returns the rules of which there are more than before, where there are such
 */
export function tighten(
  findings: readonly Finding[],
  before: Ratchet,
): { readonly ratchet: Ratchet } | { readonly risen: readonly string[] } {
  const ratchet = countFindings(findings);
  const risen = Object.keys(ratchet).filter((rule) => sum(ratchet[rule]) > sum(before[rule]));
  return risen.length > 0 ? { risen } : { ratchet };
}

/** Whether a ratchet allows more than there is. */
export const isLoose = (findings: readonly Finding[], allowed: Ratchet): boolean => {
  const counts = countFindings(findings);
  return Object.entries(allowed).some(([rule, roots]) =>
    Object.entries(roots).some(([root, count]) => count > (counts[rule]?.[root] ?? 0)),
  );
};
