import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Definition, WGS84 } from '../../../geo/crs/definition.ts';
import { definitionsBetween, findComputable, findDefinition } from '../../../geo/crs/definitions.ts';
import { transformBetween } from '../../../geo/crs/transformer.ts';

const base = '+proj=utm +zone=31 +ellps=intl +units=m';
const definition: Definition = [
  base,
  ['-84,-97,-117', 0, 40, 5, 50],
  ['-87,-98,-121', -10, 35, 20, 60],
  ['', -180, -90, 180, 90],
];
const shifted = (shift: string) => transformBetween(WGS84, `${base} +towgs84=${shift}`);

describe('a datum with shifts by region', () => {
  const [there, back] = [transformBetween(WGS84, definition), transformBetween(definition, WGS84)];

  for (const [where, position, expected] of [
    ['in two regions', [3, 45], shifted('-84,-97,-117')],
    ['in one', [3, 55], shifted('-87,-98,-121')],
    ['in none but the world', [3, 70], transformBetween(WGS84, base)],
    ['a turn further', [363, 45], shifted('-84,-97,-117')],
  ] as const) {
    it(`takes the first that holds a place ${where}`, () => {
      const moved = there([...position]);
      assert.deepEqual(moved, expected([...position]));
      const [longitude = 0, latitude = 0] = back(moved);
      // Heights above the other ellipsoid are dropped on the way: some millimetres.
      assert.ok(Math.abs(longitude - 3) < 5e-8 && Math.abs(latitude - position[1]) < 5e-8);
    });
  }

  it('is always the same object, so that a CRS and itself are seen to be the same', () => {
    const found = findDefinition(23031)!;
    assert.equal(findDefinition(23031), found);
    assert.equal(typeof found, 'object');
    const position = [500_000, 4_000_000];
    assert.equal(transformBetween(found, found)(position), position);
  });
});

describe('two datums with a shift of their own', () => {
  it('are not taken over WGS 84: DHDN and ETRS89, in both directions', () => {
    const [usual, target] = [findDefinition(31467)!, findDefinition(25832)!];
    const [from, to] = definitionsBetween(findComputable(31467)!, findComputable(25832)!)!;
    assert.notDeepEqual(from, usual);
    assert.equal(to, target);
    assert.deepEqual(definitionsBetween(findComputable(25832)!, findComputable(31467)!), [target, from]);
    assert.equal(definitionsBetween(findComputable(31467)!, findComputable(25833)!)![0], from);
  });

  it('are over WGS 84 where they have none', () => {
    assert.deepEqual(definitionsBetween(findComputable(28992)!, findComputable(27700)!), [
      findDefinition(28992),
      findDefinition(27700),
    ]);
    assert.deepEqual(definitionsBetween(findComputable(31467)!, findComputable(4326)!), [
      findDefinition(31467),
      findDefinition(4326),
    ]);
    assert.equal(findComputable(1), undefined);
  });
});
