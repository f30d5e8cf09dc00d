/**
 * Names that differ by more than case: the first of several keeps its name, the others get a number.
 *
 * @param shorten cuts a name with its number to what the format holds.
 */
export function uniqueNames(
  names: readonly string[],
  shorten: (name: string, number: string) => string = (name, number) => name + number,
): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let unique = shorten(name, '');
    for (let number = 2; taken.has(unique.toLowerCase()); number++) unique = shorten(name, `_${number}`);
    taken.add(unique.toLowerCase());
    return unique;
  });
}
