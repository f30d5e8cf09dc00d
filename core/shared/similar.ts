/** Characters up to which names are compared; nobody misspells a text. */
const LONGEST_NAME = 60;

/**
 * The known name that a misspelt one most likely stands for: the same letters in other case or with other separators,
 * or the one that the fewest changes make of it, a quarter of its letters at most.
 */
export function findSimilar(name: string, known: readonly string[]): string | undefined {
  if (name.length > LONGEST_NAME) return undefined;
  const wanted = letters(name);
  let best: string | undefined;
  let fewest = Math.max(1, Math.floor(wanted.length / 4)) + 1;
  for (const candidate of known) {
    const other = letters(candidate);
    if (other === wanted) return candidate;
    if (Math.abs(other.length - wanted.length) >= fewest) continue;
    const changes = countChanges(wanted, other);
    if (changes < fewest) [best, fewest] = [candidate, changes];
  }
  // Of a name of one or two letters every other one is a change away.
  return wanted.length > 2 ? best : undefined;
}

/** The sentence to add to a refusal of a name, with the blank before it; empty where no known name is similar. */
export function didYouMean(name: string, known: readonly string[]): string {
  const similar = findSimilar(name, known);
  return similar === undefined ? '' : ` Did you mean "${similar}"?`;
}

const letters = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '');

/** Optimal string alignment distance: letters inserted, left out, changed, or two neighbours swapped. */
function countChanges(one: string, other: string): number {
  let before: number[] = [];
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      let changes = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (row > 1 && column > 1 && swapped) changes = Math.min(changes, (before[column - 2] ?? 0) + 1);
      current.push(changes);
    }
    [before, above] = [above, current];
  }
  return above[other.length] ?? 0;
}
