import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Lends the path of a file that does not exist yet, in a directory of its own that is removed afterwards. */
export async function withTemporaryFile<T>(name: string, work: (path: string) => Promise<T> | T): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'layer-'));
  try {
    return await work(join(directory, name));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
