/** How well the name of a process answers what was typed: 0 is the name or identifier itself, 3 a match elsewhere. */
export function rank(typed: string, id: string, title: string): 0 | 1 | 2 | 3 {
  const asked = typed.trim().toLowerCase();
  const name = title.trim().toLowerCase();
  if (asked === name || asked === id.toLowerCase()) return 0;
  if (name.startsWith(asked)) return 1;
  return name.split(/[\s,-]+/).some((word) => word.startsWith(asked)) ? 2 : 3;
}

/** What answers best, and of what answers equally well the first. */
export const best = <T>(found: readonly T[], rankOf: (one: T) => number): T | undefined =>
  found.toSorted((one, other) => rankOf(one) - rankOf(other))[0];
