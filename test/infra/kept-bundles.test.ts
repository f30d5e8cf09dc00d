import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { digestSources, keepBundles } from '../../infra/kept-bundles.ts';

const directory = mkdtempSync(join(tmpdir(), 'kept-'));
after(() => rmSync(directory, { recursive: true, force: true }));

describe('bundles that are kept', () => {
  test('are made once for a state of the sources, and only those of the states that were used last stay', async () => {
    const keptIn = join(directory, 'bundles');
    for (const [age, name] of ['oldest', 'older', 'old'].entries()) {
      mkdirSync(join(keptIn, name), { recursive: true });
      utimesSync(join(keptIn, name), 1000 + age, 1000 + age);
    }
    const entry = 'events/sweep-jobs';
    const first = (await keepBundles([entry], keptIn)).get(entry);
    assert.ok(first);
    const made = statSync(join(first.directory, 'index.mjs')).mtimeMs;
    assert.ok(Object.keys(first.metafile.outputs).some((path) => path.endsWith(`${entry}/index.mjs`)));
    assert.ok(Object.keys(first.metafile.outputs).every((path) => !path.includes('making-')));
    assert.deepEqual(readdirSync(keptIn).toSorted(), ['old', 'older', digestSources()].toSorted());

    const again = (await keepBundles([entry], keptIn)).get(entry);
    assert.deepEqual(again, first);
    assert.equal(statSync(join(first.directory, 'index.mjs')).mtimeMs, made);
  });

  test('are others after any change to a source, to its name, or to the packages', () => {
    const project = join(directory, 'project');
    const seen = new Set<string>();
    const changed = (name: string, text: string) => {
      mkdirSync(join(project, name, '..'), { recursive: true });
      writeFileSync(join(project, name), text);
      const digest = digestSources(project);
      assert.ok(!seen.has(digest), `${name}: ${text}`);
      seen.add(digest);
    };
    changed('core/a.ts', 'export {};');
    changed('core/a.ts', 'export { };');
    changed('core/b/a.ts', 'export {};');
    changed('web/pictures/buffer.webp', 'picture');
    changed('package-lock.json', '{}');
    renameSync(join(project, 'core/a.ts'), join(project, 'core/c.ts'));
    assert.ok(!seen.has(digestSources(project)));
    // The documents are in no bundle.
    const before = digestSources(project);
    mkdirSync(join(project, 'docs'));
    writeFileSync(join(project, 'docs/a.md'), 'text');
    assert.equal(digestSources(project), before);
  });
});
