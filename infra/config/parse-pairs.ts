/** `a=1,b=2`, of known names and numbers. @throws Error naming the variable and what would be right */
export function parsePairs<Name extends string>(
  variable: string,
  text: string,
  names: readonly Name[],
): Partial<Record<Name, number>> {
  const pairs = text.split(',').map((pair): readonly [Name, number] => {
    const [, name = '', amount = ''] = /^\s*(\w+)\s*=\s*(\d+)\s*$/.exec(pair) ?? [];
    const known = names.find((candidate) => candidate === name);
    if (known) return [known, Number(amount)];
    throw new Error(
      `${variable} has "${pair}": use pairs such as ${names[0]}=1, of the names ${names.join(', ')}`,
    );
  });
  const twice = pairs.find(([name], index) => pairs.findIndex(([other]) => other === name) < index);
  if (twice) throw new Error(`${variable} has ${twice[0]} twice: give it once`);
  return Object.fromEntries(pairs) as Partial<Record<Name, number>>;
}
