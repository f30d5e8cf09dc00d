import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../lib/progress.ts';

/** Folders in which the name of a process must be new, whatever its case: some file systems do not tell it apart. */
const folders = ['processes', 'test/processes'];

/** A name becomes a variable of the registry, where these mean something else. */
const reserved = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends
  false finally for function if implements import in instanceof interface let new null package private processes
  protected public return static super switch this throw true try typeof undefined var void while with yield`.split(
    /\s+/,
  ),
);

/** Refuses what cannot be the identifier of a new process. @throws Problem that says what would be right */
export function checkName(name: string, root: string): void {
  if (!/^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/.test(name) || name.length > 50) {
    throw new Problem(
      `"${name}" cannot be the name of a process. Use up to 50 lower-case letters and digits, in words that start with a letter and are joined by hyphens: zonal-statistics.`,
    );
  }
  if (reserved.has(name)) throw new Problem(`"${name}" is a reserved word. Use another name.`);
  for (const folder of folders) {
    const path = join(root, folder);
    const taken = existsSync(path)
      ? readdirSync(path).find((other) => plain(other) === plain(name))
      : undefined;
    if (taken) throw new Problem(`${folder}/${taken} exists already. Use another name.`);
  }
}

/** Names that are equal in this form would also become the same variable. */
const plain = (name: string): string => name.replaceAll('-', '').toLowerCase();

/** `zonal-statistics` as a title: "Zonal statistics". */
export function titleFromName(name: string): string {
  const words = name.replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
