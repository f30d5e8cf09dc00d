import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { LineChild } from '../files/support/line-child.ts';
import { extremes } from './corpus/extremes.ts';
import { bombs } from './corpus/index.ts';
import type { Outcome } from './support/bomb.ts';

/**
 * Far below a worker's memory and time: what is refused by a computed bound needs neither. A busy machine needs ten times as
 * long, and a child has with its bomb what is left of those before.
 */
const BOUNDS = { seconds: 120, megabytes: 1500 };

const directory = mkdtempSync(join(tmpdir(), 'bombs-'));
const children = Array.from(
  { length: 2 },
  () =>
    new LineChild(
      process.execPath,
      ['--max-old-space-size=700', join(import.meta.dirname, 'support', 'bomb-child.ts')],
      BOUNDS,
      directory,
    ),
);
const idle = [...children];
after(async () => {
  await Promise.all(children.map((child) => child.stop()));
  rmSync(directory, { recursive: true, force: true });
});

async function explode(name: string): Promise<Outcome> {
  const child = idle.pop();
  assert.ok(child, 'There are more tests at a time than children');
  try {
    const outcome = (await child.ask(name)) as Outcome;
    // As a worker ends the thread in which WebAssembly has stopped.
    if (outcome.kind === 'refused' && outcome.trapped) await child.stop();
    return outcome;
  } finally {
    idle.push(child);
  }
}

test('there are at least 150 bombs, each of a name of its own', () => {
  assert.ok(bombs.length >= 150, `${bombs.length}`);
  assert.equal(new Set(bombs.map(({ name }) => name)).size, bombs.length);
});

describe('what explodes is refused before memory or time go', { concurrency: children.length }, () => {
  for (const { name, answer } of bombs) {
    test(name, async () => {
      const outcome = await explode(name);
      if (typeof answer === 'string') return assert.equal(outcome.kind, 'computed', JSON.stringify(outcome));
      assert.equal(outcome.kind, 'refused', JSON.stringify(outcome));
      if (outcome.kind !== 'refused') return;
      assert.equal(outcome.status, answer.status, outcome.detail);
      assert.match(outcome.detail, answer.words);
    });
  }
});

describe('extreme numbers are computed or refused', { concurrency: children.length }, () => {
  for (const [title, group] of Map.groupBy(extremes, ({ process }) => process)) {
    test(title, async () => {
      for (const { name } of group) {
        const outcome = await explode(name);
        assert.notEqual(outcome.kind, 'failed', `${name}: ${JSON.stringify(outcome)}`);
      }
    });
  }
});
