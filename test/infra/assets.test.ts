import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { makeAssets } from '../../infra/assets.ts';

const directory = mkdtempSync(join(tmpdir(), 'assets-'));
after(() => rmSync(directory, { recursive: true, force: true }));
const { manifest } = await makeAssets(join(directory, 'first'));
const read = (name: string) => readFileSync(join(directory, 'first', name));
const sizeAsSent = (name: string) =>
  existsSync(join(directory, 'first', `${name}.br`)) ? read(`${name}.br`).length : read(name).length;

describe('what the pages load', () => {
  test('has the hash of its content in its name, and the same name when it is made again', async () => {
    for (const name of Object.keys(manifest.files)) assert.match(name, /-[0-9A-Z]{8}\./);
    assert.deepEqual((await makeAssets(join(directory, 'again'))).manifest, manifest);
  });

  test('is the same compressed', () => {
    const names = Object.keys(manifest.files).filter((name) =>
      existsSync(join(directory, 'first', `${name}.br`)),
    );
    assert.ok(names.length > 0);
    for (const name of names) {
      assert.deepEqual(brotliDecompressSync(read(`${name}.br`)), read(name));
      assert.deepEqual(gunzipSync(read(`${name}.gz`)), read(name));
    }
  });

  test('all files of a module are among those that are served', () => {
    for (const { script, styles, imports } of Object.values(manifest.modules))
      for (const name of [script, ...styles, ...imports]) assert.ok(!name || name in manifest.files, name);
    assert.ok(manifest.modules['style']?.styles.length === 1);
  });

  test('a module has at most 60 KB as it is sent; the map may be larger, and loads the rest when it is wanted', () => {
    for (const [module, { script, styles, imports }] of Object.entries(manifest.modules)) {
      const names = [...styles, ...imports, ...(script ? [script] : [])];
      const bytes = names.reduce((sum, name) => sum + sizeAsSent(name), 0);
      assert.ok(module === 'map' || bytes <= 60_000, `${module} has ${bytes} bytes`);
    }
  });
});
