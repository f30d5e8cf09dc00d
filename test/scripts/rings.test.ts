import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filesIn } from '../../scripts/lib/tests.ts';

const files = (...patterns: string[]): string[] =>
  filesIn({ name: 'chosen', files: patterns }).map((file) => file.replace(/^.*\/test\//, ''));

test('files of a ring are named from the folder of tests or from that above it', () => {
  assert.deepEqual(files('scripts/rings.test.ts'), ['scripts/rings.test.ts']);
  assert.deepEqual(files('test/scripts/rings.*.ts'), ['scripts/rings.test.ts']);
});

test('a name without a file is refused: the runner would take whatever it finds', () => {
  assert.throws(
    () => files('scripts/rings.test.ts', 'scripts/none.test.ts'),
    /No test file is named scripts\/none\.test\.ts/,
  );
});
