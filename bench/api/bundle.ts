import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Bundle, makeBundles } from '../../infra/bundles.ts';

/** Bundles functions as they are deployed. */
export async function bundleFunctions(
  entries: readonly string[],
  directory: string,
): Promise<(entry: string) => Bundle> {
  mkdirSync(directory, { recursive: true });
  const bundles = await makeBundles(entries, directory);
  return (entry) => {
    const found = bundles.get(entry);
    if (!found) throw new Error(`There is no bundle of ${entry} in ${join(directory)}`);
    return found;
  };
}
