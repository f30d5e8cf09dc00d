import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { mapStack } from '../../../functions/observe/mapped-stack.ts';

const directory = mkdtempSync(join(tmpdir(), 'stack-'));
after(() => rmSync(directory, { recursive: true, force: true }));

const lines = [
  '',
  '// A line that is not in the bundle.',
  'export function failing() {',
  "  throw new Error('no');",
  '}',
];

async function stackOf(name: string, sourcemap: 'linked' | false): Promise<string> {
  const source = join(directory, 'failing.ts');
  writeFileSync(source, lines.join('\n'));
  const outfile = join(directory, name, 'index.mjs');
  await build({ entryPoints: [source], outfile, format: 'esm', minify: true, sourcemap });
  const { failing } = await import(pathToFileURL(outfile).href);
  try {
    failing();
  } catch (error) {
    return (error as Error).stack ?? '';
  }
  return assert.fail();
}

test('stacks of bundles name the places in the sources', async () => {
  const stack = await stackOf('mapped', 'linked');
  assert.match(stack, /mapped\/index\.mjs:1:/);
  const mapped = mapStack(stack);
  assert.match(mapped, /^Error: no\n {4}at \S+ \(failing\.ts:4:9\)/);
  // What is no bundle stays as it is.
  assert.ok(mapped.includes('mapped-stack.test.ts'));
});

test('without a map a stack stays as it is', async () => {
  const stack = await stackOf('plain', false);
  assert.equal(mapStack(stack), stack);
  assert.equal(mapStack('Error: of another kind\n    at nowhere'), 'Error: of another kind\n    at nowhere');
});
