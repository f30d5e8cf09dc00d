import type { Plugin } from 'esbuild';
import type { ProcessDeclaration } from '../core/processes/declaration.ts';
import { processes } from '../processes/index.ts';

/** Characters of JSON from which what occurs several times is written once. */
const SHARED = 60;

/**
 * Puts the declarations of the processes into the bundles as the data that they are, instead of what makes them: a function
 * need not build hundreds of schemas when it starts, nor carry the library that does. The schemas that many processes have in common are
 * there once.
 */
export const declarationsAsData: Plugin = {
  name: 'declarations-as-data',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]processes[\\/]index\.ts$/ }, () => ({
      contents: declarationsModule(processes),
      loader: 'js',
    }));
  },
};

/** The module that exports the declarations; what is equal in them is one object. */
export function declarationsModule(declarations: readonly ProcessDeclaration[]): string {
  const occurrences = new Map<string, number>();
  count(declarations, occurrences);
  const names = new Map<string, string>();
  const lines: string[] = [];
  const write = (value: unknown): string => {
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    const text = JSON.stringify(value);
    const known = names.get(text);
    if (known !== undefined) return known;
    const written = Array.isArray(value)
      ? `[${value.map(write).join(',')}]`
      : `{${members(value)
          .map(([key, member]) => `${JSON.stringify(key)}:${write(member)}`)
          .join(',')}}`;
    if (text.length < SHARED || (occurrences.get(text) ?? 0) < 2) return written;
    const name = `shared${names.size}`;
    names.set(text, name);
    lines.push(`const ${name} = ${written};`);
    return name;
  };
  const all = write(declarations);
  return `${lines.join('\n')}\nexport const processes = ${all};\n`;
}

/** JSON leaves out what is undefined. */
const members = (value: object): [string, unknown][] =>
  Object.entries(value).filter(([, member]) => member !== undefined);

function count(value: unknown, occurrences: Map<string, number>): void {
  if (typeof value !== 'object' || value === null) return;
  const text = JSON.stringify(value);
  const before = occurrences.get(text) ?? 0;
  occurrences.set(text, before + 1);
  // What is within the second one is within the first.
  if (before === 0) for (const member of Object.values(value)) count(member, occurrences);
}
