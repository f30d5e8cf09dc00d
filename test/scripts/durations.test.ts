import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { expectation, lastSeconds, timed, usualSeconds } from '../../scripts/lib/durations.ts';
import { root } from '../../scripts/lib/paths.ts';
import { drawSeed, FIXED_SEED, seedEnvironment } from '../../scripts/lib/seeds.ts';

const directory = mkdtempSync(join(tmpdir(), 'durations-'));
after(() => rmSync(directory, { recursive: true, force: true }));

describe('how long the tests will take', () => {
  test('is what they took here, where that is known of all parts', () => {
    assert.equal(
      expectation([['check', 'unit']], { check: 10, unit: 170 }),
      'This takes about 3 minutes (the time of the last run here): check 10 s, unit 170 s.',
    );
  });

  test('is what they usually take, until then', () => {
    assert.equal(
      expectation([['check', 'smoke']], { check: 10 }),
      `This takes about ${10 + (usualSeconds['smoke'] ?? Number.NaN)} s (the time on two cores; the first run also installs Python packages): check 10 s, smoke ${usualSeconds['smoke']} s.`,
    );
  });

  test('is that of the longer of two lanes', () => {
    assert.equal(
      expectation([['check', 'unit'], ['pages']], { check: 10, unit: 60, pages: 80 }),
      'This takes about 80 s (the time of the last run here): check 10 s, unit 60 s; beside it pages 80 s.',
    );
  });

  test('is recorded for each part, but not of one that was stopped or failed to run', async () => {
    const path = join(directory, 'new', 'durations.json');
    assert.deepEqual(lastSeconds(path), {});
    assert.equal(await timed('unit', async () => 'result', { path }), 'result');
    await timed('infra', async () => undefined, { path, signal: AbortSignal.abort() });
    await assert.rejects(timed('oracle', () => Promise.reject(new Error('no Python')), { path }));
    assert.deepEqual(Object.keys(lastSeconds(path)), ['unit']);
    await timed('smoke', async () => undefined, { path });
    assert.deepEqual(Object.keys(lastSeconds(path)), ['unit', 'smoke']);
  });

  test('is unknown where the record cannot be read', () => {
    const path = join(directory, 'broken.json');
    writeFileSync(path, '{');
    assert.deepEqual(lastSeconds(path), {});
  });
});

describe('random inputs', () => {
  const drawn = (env: Readonly<Record<string, string>>): number => {
    const file = join(directory, 'draw.ts');
    const library = join(root, 'node_modules', 'fast-check', 'lib', 'fast-check.js');
    writeFileSync(
      file,
      `import fc from '${library}'; console.log(JSON.stringify(fc.readConfigureGlobal()));`,
    );
    const { FAST_CHECK_SEED: _, ...others } = process.env;
    const result = spawnSync(process.execPath, [`--import=${join(root, 'test/support/seed.ts')}`, file], {
      env: { ...others, ...env },
      encoding: 'utf8',
    });
    assert.equal(result.status, 0, result.stderr);
    return (JSON.parse(result.stdout) as { seed: number }).seed;
  };

  test('are the same in every run, unless a seed is given', () => {
    assert.equal(drawn({}), FIXED_SEED);
    assert.equal(drawn({ FAST_CHECK_SEED: '7' }), 7);
    assert.deepEqual(seedEnvironment({ ORACLE_SEED: '8' }), {
      FAST_CHECK_SEED: String(FIXED_SEED),
      ORACLE_SEED: '8',
    });
  });

  test('are new where a seed is drawn', () => {
    const seeds = Array.from({ length: 20 }, drawSeed);
    assert.ok(seeds.every((seed) => Number.isSafeInteger(seed) && seed >= 0));
    assert.ok(new Set(seeds).size > 15);
  });
});
