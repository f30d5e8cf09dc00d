import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sortRows } from '../../../web/map/table/order.ts';
import { Selection } from '../../../web/map/table/selection.ts';
import { tabSeparated } from '../../../web/map/table/tab-separated.ts';

const sorted = (values: readonly unknown[], descending = false) =>
  [...sortRows(values.length, (row) => values[row], { column: 'any', descending })].map((row) => values[row]);

describe('the rows of a table', () => {
  it('stand by number, then by text with numbers in it, what is missing last in both directions', () => {
    const values = ['b10', null, 3, 'b2', 10, undefined, -1];
    assert.deepEqual(sorted(values), [-1, 3, 10, 'b2', 'b10', null, undefined]);
    assert.deepEqual(sorted(values, true), ['b10', 'b2', 10, 3, -1, null, undefined]);
  });

  it('of the same value stay in their order', () => {
    const rows = sortRows(4, (row) => [1, 0, 1, 0][row], { column: 'any', descending: true });
    assert.deepEqual([...rows], [0, 2, 1, 3]);
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
