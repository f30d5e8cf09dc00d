import { createHash } from 'node:crypto';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Metafile } from 'esbuild';
import { type Bundle, makeBundles, root } from './bundles.ts';

/** What bundles are made of: the sources with what makes bundles of them, and the packages by their versions. */
const sources = ['{core,geo,processes,functions,web,infra}/**/*', 'package.json', 'package-lock.json'];

/** Bundles of so many states of the sources stay: another deployment may be reading them. */
const STATES = 3;

/** How a directory begins in which bundles are being made. */
export const MAKING = 'making-';

/** What is kept beside the directory of a bundle, and says that it is whole. */
type Kept = Pick<Bundle, 'metafile' | 'engines'>;
const recordOf = (home: string, entry: string): string => join(home, `${entry}.json`);

/**
 * Bundles of the sources as they are: made once, and found by whoever wants them next, such as the second start of a service
 * or the next deployment of a run of tests. Any change to the sources makes all of them anew.
 *
 * @param entries paths of handlers below `functions/` without the extension.
 * @param keptIn where they stay, in a directory for each state of the sources.
 */
export async function keepBundles(
  entries: readonly string[],
  keptIn = join(root, '.local', 'bundles'),
): Promise<Map<string, Bundle>> {
  const home = join(keptIn, digestSources());
  const missing = entries.filter((entry) => !existsSync(recordOf(home, entry)));
  if (missing.length > 0) await make(missing, home);
  // The time of the last use decides which states stay.
  utimesSync(home, new Date(), new Date());
  return new Map(entries.map((entry) => [entry, findKept(home, entry)]));
}

/** SHA-256 of the names and bytes of all that bundles are made of. */
export function digestSources(from = root): string {
  const hash = createHash('sha256');
  for (const name of globSync(sources, { cwd: from }).toSorted()) {
    const path = join(from, name);
    if (!statSync(path).isFile()) continue;
    const bytes = readFileSync(path);
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex').slice(0, 32);
}

/** Makes bundles elsewhere and moves them to where they are kept, so that nobody finds half of one. */
async function make(entries: readonly string[], home: string): Promise<void> {
  mkdirSync(home, { recursive: true });
  const elsewhere = mkdtempSync(join(dirname(home), MAKING));
  try {
    for (const { entry, directory, metafile, engines } of (await makeBundles(entries, elsewhere)).values()) {
      const kept = join(home, entry);
      mkdirSync(dirname(kept), { recursive: true });
      moveUnlessThere(directory, kept);
      const record: Kept = { metafile: movedOutputs(metafile, directory, kept), engines };
      writeFileSync(recordOf(home, entry), JSON.stringify(record));
    }
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
  removeOldStates(dirname(home));
}

/** Somebody else may have made the same bundle at the same time. */
function moveUnlessThere(directory: string, to: string): void {
  try {
    renameSync(directory, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}

/** What esbuild says of files, with the names that they have now. */
function movedOutputs({ inputs, outputs }: Metafile, from: string, to: string): Metafile {
  const [before, after] = [from, to].map((directory) => `${relative(root, directory)}/`) as [string, string];
  const text = JSON.stringify(outputs).replaceAll(JSON.stringify(before).slice(0, -1), () =>
    JSON.stringify(after).slice(0, -1),
  );
  return { inputs, outputs: JSON.parse(text) as Metafile['outputs'] };
}

function findKept(home: string, entry: string): Bundle {
  const record = JSON.parse(readFileSync(recordOf(home, entry), 'utf8')) as Kept;
  return { entry, directory: join(home, entry), ...record };
}

/** Removes all states but those that were used last. */
function removeOldStates(keptIn: string): void {
  const states = readdirSync(keptIn)
    .filter((name) => !name.startsWith(MAKING))
    .map((name) => ({ path: join(keptIn, name), used: statSync(join(keptIn, name)).mtimeMs }))
    .toSorted((a, b) => b.used - a.used);
  for (const { path } of states.slice(STATES)) rmSync(path, { recursive: true, force: true });
}
