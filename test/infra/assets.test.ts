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
    for (const [suffix, decompress] of [
      ['.br', brotliDecompressSync],
      ['.gz', gunzipSync],
    ] as const) {
      // Of a small file, one of the two may not be worth keeping.
      const names = Object.keys(manifest.files).filter((name) =>
        existsSync(join(directory, 'first', `${name}${suffix}`)),
      );
      assert.ok(names.length > 0);
      for (const name of names) assert.deepEqual(decompress(read(`${name}${suffix}`)), read(name));
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

  test('the map has at most 300 KB as it is sent, and reads rasters with code that comes when one comes', () => {
    const vector = loadedWith('map', 'result-map', 'attribute-table');
    const both = new Set([...vector, ...loadedWith('load-raster')]);
    const bytes = (names: Iterable<string>) => [...names].reduce((sum, name) => sum + sizeAsSent(name), 0);
    assert.ok(bytes(vector) <= 200_000, `${bytes(vector)} bytes for features`);
    assert.ok(bytes(both) <= 300_000, `${bytes(both)} bytes with rasters`);
    assert.ok(bytes(both) - bytes(vector) > 10_000);
  });

  test('the basemap is less than 400 KB, and less than a third of that as it is sent', () => {
    const [world = ''] = Object.keys(manifest.files).filter((name) => name.endsWith('.topojson'));
    assert.ok(read(world).length < 400_000);
    assert.ok(sizeAsSent(world) < 133_000);
  });
});

/** Scripts with these names, and what they load at once. */
function loadedWith(...names: readonly string[]): Set<string> {
  const files = Object.keys(manifest.files);
  const known = new Set<string>();
  const add = (file: string): void => {
    if (known.has(file)) return;
    known.add(file);
    for (const [, imported = ''] of read(file)
      .toString()
      .matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g))
      add(imported);
  };
  for (const name of names) {
    const found = files.find((file) => new RegExp(`^${name}-[0-9A-Z]{8}\\.js$`).test(file));
    assert.ok(found, name);
    add(found);
  }
  return known;
}
