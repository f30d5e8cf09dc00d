import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type EmulatorBugName, emulatorBugs, unlessBroken } from '../integration/support/emulator-bugs.ts';

const root = join(import.meta.dirname, '..', '..');
const documentation = readFileSync(join(root, 'docs', 'operate', 'local.md'), 'utf8');
const tests = globSync('test/{integration,smoke}/*.test.ts', { cwd: root })
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .join('\n');

describe('bugs of emulators', () => {
  for (const name of Object.keys(emulatorBugs) as EmulatorBugName[]) {
    const { emulator, does } = emulatorBugs[name];
    test(`${name}: documented, and needed by a test`, () => {
      assert.ok(documentation.includes(does), `docs/operate/local.md does not say: ${does}`);
      assert.ok(tests.includes(`unlessBroken('${name}')`), 'No test needs it: delete it');
    });

    test(`${name}: a test is left out there with the reason, and runs everywhere else`, () => {
      assert.equal(unlessBroken(name, emulator).skip, `${emulator} ${does}`);
      for (const other of ['MiniStack', '']) assert.equal(unlessBroken(name, other).skip, false);
    });
  }

  test('tests are left out for nothing else', () => {
    assert.doesNotMatch(tests, /\bskip\b|\btodo\b|process\.env\['EMULATOR'\]/);
  });
});
