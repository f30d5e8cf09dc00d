import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { itemsView } from '../../../functions/html/collections-view.ts';
import { valueMarkup } from '../../../functions/html/value.ts';

const feature = (id: number, properties: object) => ({
  type: 'Feature',
  id,
  properties,
  geometry: { type: 'Point', coordinates: [1, 2] },
});
const request = { baseUrl: 'https://example.org/v1', path: '/collections/a.result/items', query: {} };
const page = (features: object[]) => itemsView({ features, links: [] }, request as never).content.text;
const count = (text: string, piece: string) => text.split(piece).length - 1;

describe('features as a page', () => {
  test('show all columns and rows where these are few, and say nothing of more', () => {
    const text = page([feature(1, { a: 1, b: 'x' }), feature(2, { c: [1] })]);
    for (const name of ['a', 'b', 'c']) assert.ok(text.includes(`<th>${name}</th>`));
    assert.doesNotMatch(text, /more/);
  });

  test('have one table: that of the map takes the place of the one that is there', () => {
    const text = page([feature(1, { a: 1 })]);
    assert.match(
      text,
      /<attribute-table for="map"><div class="scroll"><table>.*<\/table>\s*<\/div><\/attribute-table>/s,
    );
  });

  test('have their chart below the table, which it does not push down', () => {
    assert.match(page([feature(1, { a: 1 })]), /<\/attribute-table><result-chart for="map" hidden>/);
  });

  test('lead to the page of each, whatever its id is', () => {
    const text = page([{ ...feature(1, {}), id: 'a/b "c"' }]);
    const address = 'https://example.org/v1/collections/a.result/items';
    assert.ok(text.includes(`<a href="${address}/a%2Fb%20%22c%22?f=html">a/b &quot;c&quot;</a>`), text);
    assert.ok(text.includes(`data-items="${address}"`));
  });

  test('of 5 000 features with 20 properties of their own are short, and say what is left out', () => {
    const features = Array.from({ length: 5000 }, (_, row) => {
      const names = Array.from({ length: 20 }, (_, column) => [`p${row}_${column}`, column]);
      return feature(row, Object.fromEntries(names));
    });
    const text = page(features);
    assert.match(text, /\+99960 more columns and \+4524 more features; the JSON has all/);
    assert.equal(count(text, '<th>'), 42);
    assert.equal(count(text, '<tr>'), 477);
    assert.ok(text.length < 1_000_000, String(text.length));
  });

  test('one column too many is said as one', () => {
    const names = Array.from({ length: 41 }, (_, index) => [`c${index}`, 1]);
    assert.match(page([feature(1, Object.fromEntries(names))]), /\+1 more column; the JSON has all/);
  });

  test('long values and geometries are shortened', () => {
    const coordinates = Array.from({ length: 100_000 }, () => [1, 2]);
    const long = {
      ...feature(1, { text: 'x'.repeat(100_000) }),
      geometry: { type: 'LineString', coordinates },
    };
    const text = page([long]);
    assert.ok(text.includes('…') && text.length < 3000, String(text.length));
  });
});

describe('values in a page', () => {
  test('that are longer than anybody reads say how much more there is', () => {
    assert.match(valueMarkup('x'.repeat(20_005)).text, /\+5 more characters; the JSON has all/);
    assert.match(valueMarkup(Array.from({ length: 1003 }, () => ({ a: 1 }))).text, /\+3 more entries/);
    const members = Array.from({ length: 1001 }, (_, index) => [`m${index}`, 1]);
    assert.match(valueMarkup(Object.fromEntries(members)).text, /\+1 more members/);
    const rings = [Array.from({ length: 100_000 }, () => [1, 2])];
    assert.ok(valueMarkup(rings).text.length < 25_000);
  });
});
