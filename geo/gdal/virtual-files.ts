import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FormatError } from '../../core/shared/format-error.ts';
import type { Engine } from './engine.ts';

/** The files that GDAL gets to see, by their paths below one folder. */
export interface GivenFiles {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Which of them, or which folder, may be what is to be read; the likeliest first. */
  readonly candidates: readonly string[];
}

/** Where things are in the file system of GDAL. */
export const GIVEN = '/given';
export const MADE = '/made';

/**
 * Lays files out for GDAL, in memory, with a directory of this machine for what it makes of them. The files are gone
 * afterwards; the directory stays if anything was made, and whoever uses that removes it.
 *
 * @param work is called with the path of the directory on this machine; undefined where it makes nothing
 */
export function withVirtualFiles<T>(
  { files }: Engine,
  given: GivenFiles,
  work: (directory: string) => T | undefined,
): T | undefined {
  const directory = mkdtempSync(join(tmpdir(), 'gdal-'));
  let made: T | undefined;
  try {
    files.mkdirTree(MADE);
    files.mount(files.filesystems.NODEFS, { root: directory }, MADE);
    for (const [name, bytes] of given.files) layOut(files, `${GIVEN}/${name}`, bytes);
    made = work(directory);
    return made;
  } finally {
    if (made === undefined) rmSync(directory, { recursive: true, force: true });
    remove(files, GIVEN);
    files.unmount(MADE);
  }
}

function layOut(files: Engine['files'], path: string, bytes: Uint8Array): void {
  try {
    files.mkdirTree(path.slice(0, path.lastIndexOf('/')));
    // Not copied: the engine reads the very bytes.
    files.writeFile(path, bytes, { canOwn: true });
  } catch (cause) {
    // Such as a file and a folder of one name in a damaged archive.
    throw new FormatError('the archive has file names that are not valid', { cause });
  }
}

function remove(files: Engine['files'], path: string): void {
  if (!files.analyzePath(path).exists) return;
  for (const name of files.readdir(path)) {
    if (name === '.' || name === '..') continue;
    const inner = `${path}/${name}`;
    if (files.isDir(files.stat(inner).mode)) remove(files, inner);
    else files.unlink(inner);
  }
  files.rmdir(path);
}
