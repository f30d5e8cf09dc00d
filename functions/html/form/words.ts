import { formStrings } from '../../../strings/form.ts';

/** A value of an enumeration in words: `nauticalMile` is a nautical mile. */
export const inWords = (value: string | number | boolean): string =>
  formStrings.values[value as string] ??
  (typeof value === 'string' && /^[a-z]+([A-Z][a-z]+)+$/.test(value)
    ? value.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    : String(value));

/**
 * What a description says of each value of an enumeration ("repair: make them valid. skip: leave them out."), and what it
 * says besides.
 */
export function meanings(
  description: string,
  values: readonly string[],
): { readonly rest: string; readonly byValue: ReadonlyMap<string, string> } {
  const start = new RegExp(
    `(^|[.;] )(${values.map((value) => value.replace(/\W/g, '\\$&')).join('|')}): `,
    'g',
  );
  const found = [...description.matchAll(start)];
  if (found.length < 2) return { rest: description, byValue: new Map() };
  const byValue = new Map(
    found.map((match, index) => {
      const from = match.index + match[0].length;
      const next = found[index + 1];
      const text = description.slice(from, next ? next.index + 1 : undefined);
      return [match[2] ?? '', text.replace(/[;.]\s*$/, '')] as const;
    }),
  );
  const [first] = found;
  const { index = 0 } = first ?? {};
  return { rest: description.slice(0, index + (first?.[1] ?? '').length).trim(), byValue };
}
