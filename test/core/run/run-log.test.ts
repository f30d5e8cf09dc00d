import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type LogEntry, RunLog } from '../../../core/run/run-log.ts';
// Loaded in every function: it changes how JSON has integers beyond 2^53.
import '../../../core/shared/exact-json.ts';

/** A log whose clock goes on by a second with each look. */
function logAt(onEntry?: (entry: LogEntry) => void) {
  let seconds = 0;
  return new RunLog(() => new Date(Date.UTC(2026, 2, 1) + 1000 * seconds++), onEntry);
}

describe('the log of a run', () => {
  test('keeps lines and warnings in the order in which they were said first, with their times', () => {
    const log = logAt();
    log.log('Reads the layer');
    log.warn('The file has no CRS; its coordinates are assumed to be in CRS84.', {
      input: '/inputs/features',
    });
    log.progress(40, 'Buffering');
    assert.deepEqual(log.entries, [
      { time: '2026-03-01T00:00:00.000Z', level: 'info', message: 'Reads the layer' },
      {
        time: '2026-03-01T00:00:01.000Z',
        level: 'warning',
        message: 'The file has no CRS; its coordinates are assumed to be in CRS84.',
        details: { input: '/inputs/features' },
      },
      { time: '2026-03-01T00:00:02.000Z', level: 'info', message: 'Buffering', progress: 40 },
    ]);
    assert.equal(log.warnings, 1);
  });

  test('keeps what is said again once, with a count; the same about another input is another warning', () => {
    const told: string[] = [];
    const log = logAt(({ message }) => told.push(message));
    for (let time = 0; time < 3; time++) log.warn('Guessed', { input: 'a' });
    log.warn('Guessed', { input: 'b' });
    log.log('Guessed', { input: 'a' });
    for (let percent = 0; percent < 100; percent++) log.progress(percent, 'Works');
    assert.deepEqual(
      log.entries.map(({ level, count, progress }) => [level, count, progress]),
      [
        ['warning', 3, undefined],
        ['warning', undefined, undefined],
        ['info', undefined, undefined],
        ['info', undefined, 0],
      ],
    );
    assert.equal(log.warnings, 2);
    assert.deepEqual(told, ['Guessed', 'Guessed', 'Guessed', 'Works']);
  });

  test('is bounded, and its last lines say how many more there were', () => {
    const log = logAt();
    for (let index = 0; index < 1000; index++) {
      log.warn(`Warning ${index}`);
      log.log(`Line ${index}`);
    }
    const last = log.entries.slice(-2);
    assert.deepEqual(
      last.map(({ level, message }) => [level, message]),
      [
        ['warning', '900 more warnings were not kept: the size of a log is limited.'],
        ['info', '700 more lines were not kept: the size of a log is limited.'],
      ],
    );
    assert.equal(log.entries.length, 402);
    assert.equal(log.warnings, 1000);
    assert.equal(log.entries[0]!.message, 'Warning 0');
  });

  test('stays small and is JSON, whatever is said', () => {
    const details = fc.dictionary(fc.string(), fc.oneof(fc.jsonValue(), fc.bigInt()), { maxKeys: 5 });
    const line = fc.tuple(fc.constantFrom('log' as const, 'warn' as const), fc.string(), details);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), fc.nat(3000), (lines, length) => {
        const log = logAt();
        for (const [method, message, more] of lines) {
          log[method](message, more);
          log[method](message.padEnd(length, '💧'), { long: 'x'.repeat(length * 10) });
        }
        const { entries } = log;
        assert.deepEqual(JSON.parse(JSON.stringify(entries)), entries);
        assert.ok(JSON.stringify(entries).length < 800_000);
        assert.ok(entries.every(({ message }) => message.length <= 1000));
        const said = entries.reduce((sum, { count = 1 }) => sum + count, 0);
        assert.ok(said >= lines.length || entries.some(({ message }) => /were not kept/.test(message)));
      }),
      { seed: 20_260_301 },
    );
  });

  test('does not lose a line because of its details', () => {
    const log = logAt();
    const circle: Record<string, unknown> = {};
    circle['circle'] = circle;
    log.warn('Circle', circle);
    log.warn('Long', { text: 'x'.repeat(5000) });
    log.warn('Large', { id: 9_007_199_254_740_993n });
    const [first, second, third] = log.entries;
    assert.match(String(first!.details?.['omitted']), /cannot be written as JSON/);
    assert.match(String(second!.details?.['omitted']), /5011 characters; up to 4000 are kept/);
    assert.deepEqual(third!.details, { id: '9007199254740993' });
  });
});
