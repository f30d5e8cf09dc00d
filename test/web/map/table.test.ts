import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { sortRows } from '../../../web/map/table/order.ts';
import { Selection } from '../../../web/map/table/selection.ts';
import { tabSeparated } from '../../../web/map/table/tab-separated.ts';

const collator = new Intl.Collator('en', { numeric: true });
const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number'
    ? a - b
    : typeof a === typeof b
      ? collator.compare(String(a), String(b))
      : typeof a === 'number'
        ? -1
        : 1;
const rowsOf = (values: readonly unknown[], descending = false) =>
  sortRows(values.length, (row) => values[row], { column: 'any', descending });
const sorted = async (values: readonly unknown[], descending = false) =>
  [...(await rowsOf(values, descending))].map((row) => values[row]);

describe('the rows of a table', () => {
  it('stand by number, then by text with numbers in it, what is missing last in both directions', async () => {
    const values = ['b10', null, 3, 'b2', 10, undefined, -1];
    assert.deepEqual(await sorted(values), [-1, 3, 10, 'b2', 'b10', null, undefined]);
    assert.deepEqual(await sorted(values, true), ['b10', 'b2', 10, 3, -1, null, undefined]);
  });

  it('of the same value stay in their order', async () => {
    assert.deepEqual([...(await rowsOf([1, 0, 1, 0], true))], [0, 2, 1, 3]);
  });

  it('are those of a sort that is done at once, however many they are', async () => {
    const value = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.string({ maxLength: 2 }));
    const property = fc.asyncProperty(
      fc.array(value, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 70 }),
      async (some, times) => {
        const values = Array.from({ length: times }, () => some).flat();
        const wanted = [...values.keys()].sort((a, b) => compare(values[a]!, values[b]!) || a - b);
        assert.deepEqual([...(await rowsOf(values))], wanted);
      },
    );
    await fc.assert(property, { numRuns: 40 });
  });

  it('of a hundred thousand texts leave the page its turn', async () => {
    const values = Array.from({ length: 100_000 }, (_, row) => `Place ${(row * 7919) % 100_000}`);
    let turns = 0;
    const timer = setInterval(() => turns++, 5);
    const rows = await rowsOf(values);
    clearInterval(timer);
    assert.ok(rows.every((row, place) => values[row] === `Place ${place}`));
    assert.ok(turns > 5, `${turns} turns`);
  });

  it('are selected alone, one by one, and from one to another in the order of the table', () => {
    const selection = new Selection();
    const order = Uint32Array.of(4, 2, 0, 1, 3);
    selection.apply('only', 1, order);
    selection.apply('range', 3, order);
    assert.deepEqual([...selection.rows], [2, 0, 1]);
    selection.apply('toggle', 2, order);
    assert.deepEqual([...selection.rows], [2, 1]);
    selection.apply('only', 4, order);
    assert.deepEqual([...selection.rows], [3]);
  });

  it('are copied as spreadsheets take them', () => {
    const text = tabSeparated(
      ['a', 'b'],
      [
        [1, 'x\ty'],
        [null, 'say "no"'],
        [{ c: 1 }, true],
      ],
    );
    assert.equal(text, 'a\tb\n1\t"x\ty"\n\t"say ""no"""\n"{""c"":1}"\ttrue');
  });
});
