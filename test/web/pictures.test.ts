import assert from 'node:assert/strict';
import { globSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { processes } from '../../processes/index.ts';
import { hashDrawn, picturesFolder, readHashes } from '../../scripts/pictures/hashes.ts';

describe('pictures of the processes', () => {
  const files = globSync('*.webp', { cwd: picturesFolder });

  it('are those of the examples as they are: "npm run pictures" draws what has changed', () => {
    const drawn = readHashes();
    const stale = processes.filter((process) => drawn[process.id] !== hashDrawn(process)).map(({ id }) => id);
    assert.deepEqual(stale, []);
  });

  it('are of processes that there are, and a megabyte in all at most', () => {
    const ids = new Set(processes.map(({ id }) => id));
    for (const file of files)
      assert.ok(ids.has(basename(file).replace(/-(?:before|after)\.webp$/, '')), file);
    const bytes = files.reduce((sum, file) => sum + statSync(join(picturesFolder, file)).size, 0);
    assert.ok(files.length > 80 && bytes < 1_000_000, `${files.length} pictures, ${bytes} bytes`);
  });
});
