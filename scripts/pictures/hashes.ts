import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import { root } from '../lib/paths.ts';

/** Where the pictures are, `ID-before.webp` and `ID-after.webp`. */
export const picturesFolder = join(root, 'web', 'pictures');
const file = join(picturesFolder, 'drawn.json');

/** What the pictures of a process were drawn of, by its id. */
export const readHashes = (): Record<string, string> =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};

export function writeHashes(hashes: Readonly<Record<string, string>>): void {
  const sorted = Object.fromEntries(Object.entries(hashes).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(sorted, undefined, 2)}\n`);
}

/** How pictures are drawn; another number where that has changed. */
const DRAWING = 2;

/** Changes when the pictures of a process have to be drawn anew. */
export function hashDrawn({ id, version, examples }: ProcessDeclaration): string {
  const drawn = JSON.stringify([DRAWING, id, version, examples?.[0]?.request ?? null]);
  return createHash('sha256').update(drawn).digest('hex').slice(0, 16);
}
