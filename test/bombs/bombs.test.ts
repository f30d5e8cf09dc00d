import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { LineChild } from '../files/support/line-child.ts';
import { bombs } from './corpus/index.ts';
import type { Outcome } from './support/bomb.ts';

/** Far below a worker's memory and time: what is refused by a computed bound needs neither. */
const BOUNDS = { seconds: 60, megabytes: 1200 };

const directory = mkdtempSync(join(tmpdir(), 'bombs-'));
const child = new LineChild(
  process.execPath,
  ['--max-old-space-size=700', join(import.meta.dirname, 'support', 'bomb-child.ts')],
  BOUNDS,
  directory,
);
after(async () => {
  await child.stop();
  rmSync(directory, { recursive: true, force: true });
});

test('there are at least 120 bombs, each of a name of its own', () => {
  assert.ok(bombs.length >= 120, `${bombs.length}`);
  assert.equal(new Set(bombs.map(({ name }) => name)).size, bombs.length);
});

describe('what explodes is refused before memory or time go', () => {
  for (const { name, answer } of bombs) {
    test(name, async () => {
      const outcome = (await child.ask(name)) as Outcome;
      if (answer === 'computed') return assert.equal(outcome.kind, 'computed', JSON.stringify(outcome));
      assert.equal(outcome.kind, 'refused', JSON.stringify(outcome));
      if (outcome.kind !== 'refused') return;
      assert.equal(outcome.status, answer.status, outcome.detail);
      assert.match(outcome.detail, answer.words);
    });
  }
});
