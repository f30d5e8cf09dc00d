import { listed, quote } from '../../../core/shared/quote.ts';

/**
 * Names that differ by more than case: the first of several keeps its name, the others get a number.
 *
 * @param shorten cuts a name with its number to what the format holds.
 */
export const uniqueNames = (
  names: readonly string[],
  shorten: (name: string, number: string) => string = (name, number) => name + number,
): string[] => numbered(names, shorten, (name) => name.toLowerCase());

/** Names that differ, be it by case alone. */
export const differentNames = (names: readonly string[]): string[] =>
  numbered(
    names,
    (name, number) => name + number,
    (name) => name,
  );

function numbered(
  names: readonly string[],
  shorten: (name: string, number: string) => string,
  key: (name: string) => string,
): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let unique = shorten(name, '');
    for (let number = 2; taken.has(key(unique)); number++) unique = shorten(name, `_${number}`);
    taken.add(key(unique));
    return unique;
  });
}

/**
 * The sentence about properties that have another name in a file.
 *
 * @param format that gives them other names, and why, as the end of "in".
 */
export function describeRenaming(
  properties: readonly string[],
  names: readonly string[],
  format: string,
): string[] {
  const changed = properties.flatMap((name, index) =>
    names[index] === name ? [] : [`${quote(name)} is ${quote(names[index])}`],
  );
  return changed.length === 0 ? [] : [`Properties were renamed in ${format}: ${listed(changed, 50)}.`];
}
