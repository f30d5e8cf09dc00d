import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Feature } from 'geojson';
import { compileFilter, readFilter } from '../../../core/cql2/compile-filter.ts';
import { parseCql2Text } from '../../../core/cql2/cql2-text.ts';
import { InvalidInput } from '../../../core/shared/errors.ts';

const oracle = JSON.parse(readFileSync(new URL('../../fixtures/oracles/cql2.json', import.meta.url), 'utf8'));
const at = '/inputs/filter';
const feature = (properties: object | null, rest: object = {}): Feature =>
  ({ type: 'Feature', properties, geometry: null, ...rest }) as unknown as Feature;
const holds = (filter: string | object, properties: object = {}, rest: object = {}): boolean =>
  compileFilter(filter, at)(feature(properties, rest));
const catchFault = (filter: unknown): string => {
  try {
    compileFilter(filter as string, at);
  } catch (error) {
    assert.ok(error instanceof InvalidInput, String(error));
    const [{ pointer, detail }] = error.faults as [{ pointer: string; detail: string }];
    return `${pointer} ${detail}`;
  }
  return assert.fail('was accepted');
};

describe('a filter', () => {
  for (const [form, read] of [
    ['text', ({ text }: { text: string }) => text],
    ['json', ({ json }: { json: object }) => json],
  ] as const) {
    it(`as ${form} selects what an evaluator in Python selects`, () => {
      assert.equal(oracle.cases.length, 220);
      for (const entry of oracle.cases) {
        const selected = oracle.features.features.filter(compileFilter(read(entry), at));
        assert.deepEqual(
          selected.map(({ id }: Feature) => id),
          entry.ids,
          entry.text,
        );
      }
    });
  }

  it('as text is the tree that it is as JSON', () => {
    const tree = (text: string) => JSON.parse(JSON.stringify(parseCql2Text(text).tree));
    const a = { property: 'a' };
    assert.deepEqual(tree('a = 1 or not a > 2 and a is not null'), {
      op: 'or',
      args: [
        { op: '=', args: [a, 1] },
        {
          op: 'and',
          args: [
            { op: 'not', args: [{ op: '>', args: [a, 2] }] },
            { op: 'not', args: [{ op: 'isNull', args: [a] }] },
          ],
        },
      ],
    });
    assert.deepEqual(tree('a - 1 - 2 * -a < +.5e1'), {
      op: '<',
      args: [
        {
          op: '-',
          args: [
            { op: '-', args: [a, 1] },
            { op: '*', args: [2, { op: '*', args: [-1, a] }] },
          ],
        },
        5,
      ],
    });
    assert.deepEqual(tree('S_INTERSECTS(geometry, MULTIPOINT((1 -2 3), (4 5)))').args[1], {
      type: 'MultiPoint',
      coordinates: [
        [1, -2, 3],
        [4, 5],
      ],
    });
    assert.deepEqual(
      tree('S_INTERSECTS(geometry,GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(1 2,3 4)))').args[1],
      {
        type: 'GeometryCollection',
        geometries: [
          { type: 'Point', coordinates: [1, 2] },
          {
            type: 'LineString',
            coordinates: [
              [1, 2],
              [3, 4],
            ],
          },
        ],
      },
    );
  });

  it('takes names in double quotes, keywords in any case, and words of geometries as names', () => {
    assert.ok(holds('"a ""b""" = 1 And "AND" iS nULL', { 'a "b"': 1 }));
    assert.ok(
      holds('point IS NULL AND polygon = 3 AND eo:cloud.cover < 0.5', { polygon: 3, 'eo:cloud.cover': 0 }),
    );
    assert.ok(
      holds("plaats = '''s-Hertogenbosch' AND straße LIKE 'Stra\\ße'", {
        plaats: "'s-Hertogenbosch",
        straße: 'Straße',
      }),
    );
  });

  it('compares nothing to null, and its negation holds', () => {
    for (const nothing of [{ a: null }, {}]) {
      for (const comparison of [
        'a = 1',
        'a <> 1',
        'a < 1',
        'a >= 1',
        "a LIKE '%'",
        'a IN (1, 2)',
        'a BETWEEN 0 AND 9',
        'a + 1 = 1',
        'a = a',
      ]) {
        assert.equal(holds(comparison, nothing), false, comparison);
        assert.equal(holds(`NOT (${comparison})`, nothing), true);
      }
      assert.ok(holds('a IS NULL', nothing));
    }
    assert.equal(holds('1 / a = 0 OR 1 / a <> 0', { a: 0 }), false);
    assert.equal(holds('a = 1', {}, { properties: null }), false);
  });

  it('takes values of different types as different, and lists and objects as no values', () => {
    assert.equal(holds("a = '1'", { a: 1 }), false);
    assert.equal(holds("a <> '1'", { a: 1 }), true);
    assert.equal(holds("a < 'b' OR a > 'b'", { a: 1 }), false);
    assert.equal(holds('a = 1 OR a <> 1', { a: [1] }), false);
    assert.equal(holds('a IS NULL', { a: {} }), false);
    assert.equal(holds('toString IS NULL AND constructor IS NULL', {}), true);
  });

  it('takes a property alone as a condition: true only when it is true', () => {
    assert.deepEqual(
      [true, 1, 'true', null].map((flag) => holds('flag', { flag })),
      [true, false, false, false],
    );
    assert.ok(holds('(a > 1) = flag', { a: 2, flag: true }));
    assert.ok(holds('TRUE AND NOT FALSE'));
  });

  it('knows the id of a feature, unless a property has that name', () => {
    assert.ok(holds("id = 'x'", {}, { id: 'x' }));
    assert.ok(holds('id = 3', { id: 3 }, { id: 'x' }));
  });

  it('compares without case and accents', () => {
    assert.ok(holds("CASEI(name) LIKE casei('STRASSE%')", { name: 'Straße 1' }));
    assert.ok(holds("casei(accenti(name)) = casei(accenti('REÑÉ'))", { name: 'rene' }));
    assert.ok(holds("accenti(casei(name)) IN (casei('ane'))", { name: 'Åne' }));
    assert.equal(holds("name LIKE 'A%'", { name: 'anna' }), false);
  });

  it('compares dates and time stamps as moments', () => {
    const when = { when: '2026-03-31T22:00:00-02:00', day: '2026-04-01' };
    assert.ok(holds("when = TIMESTAMP('2026-04-01T00:00:00Z') AND day = DATE('2026-04-01')", when));
    assert.ok(holds("day BETWEEN DATE('2026-01-01') AND DATE('2026-12-31')", when));
    assert.ok(holds({ op: '<', args: [{ date: '2026-03-31' }, { property: 'when' }] }, when));
    assert.equal(holds("day > DATE('2026-01-01')", { day: 'soon' }), false);
    assert.equal(holds("day <> DATE('2026-01-01')", { day: 5 }), false);
  });

  it('orders texts by code point', () => {
    assert.ok(holds("a < '𐀀'", { a: '\uffee' }));
    assert.ok(holds("a < 'ab' AND a >= 'a'", { a: 'a' }));
  });

  it('intersects geometries with literals, boxes across the antimeridian too', () => {
    const point = { geometry: { type: 'Point', coordinates: [179.5, -17] } };
    assert.ok(holds('S_INTERSECTS(geometry, BBOX(179, -18, -179, -16))', {}, point));
    assert.ok(holds('S_INTERSECTS(BBOX(179, -18, 0, -179, -16, 9), geometry)', {}, point));
    assert.ok(holds('S_DISJOINT(geometry, ENVELOPE(-179, -18, 179, -16))', {}, point));
    assert.equal(holds('S_INTERSECTS(geometry, POINT(1 2)) OR S_DISJOINT(geometry, POINT(1 2))'), false);
    assert.ok(holds('geometry IS NULL'));
    assert.equal(holds('geometry IS NULL', {}, point), false);
  });
});

describe('long lists of', () => {
  it('values are sets: what is equal is found, of whatever type, and moments as such', () => {
    const list = Array.from({ length: 200_000 }, (_, index) => index);
    const test = compileFilter(
      { op: 'in', args: [{ property: 'a' }, [...list, 'x', true, { property: 'b' }]] },
      at,
    );
    const found = (a: unknown, b: unknown = null) => test(feature({ a, b }));
    assert.deepEqual(
      [199_999, 'x', true, -0].map((value) => found(value)),
      [true, true, true, true],
    );
    assert.deepEqual(
      [200_000, '1', false, null].map((value) => found(value)),
      [false, false, false, false],
    );
    assert.ok(found('y', 'y'));
    const moments = { op: 'in', args: [{ date: '2026-03-31' }, ['2026-03-31', 5]] };
    assert.ok(holds(moments));
  });

  it('points are compared one after the other', () => {
    const coordinates = Array.from({ length: 200_000 }, (_, index) => [index / 10_000, 1]);
    const geometry = { type: 'MultiPoint', coordinates };
    assert.ok(holds('S_INTERSECTS(geometry, POINT(5 1))', {}, { geometry }));
    const filter = { op: 's_intersects', args: [{ property: 'geometry' }, geometry] };
    assert.ok(holds(filter, {}, { geometry: { type: 'Point', coordinates: [5, 1] } }));
  });
});

describe('what a filter needs', () => {
  it('is known before it is used', () => {
    const { properties, isSpatial } = readFilter("a + b > 1 AND c LIKE 'x' AND a IS NULL", at);
    assert.deepEqual([properties, isSpatial], [['a', 'b', 'c'], false]);
    assert.ok(readFilter('NOT S_INTERSECTS(geometry, POINT(1 2))', at).isSpatial);
  });
});

describe('a wrong filter', () => {
  it('has a number that a double cannot hold, which would be infinite', () => {
    for (const text of [
      'a = 1e999',
      'a = -1e999',
      `a < ${'9'.repeat(400)}`,
      'S_INTERSECTS(geometry, POINT(1e999 1))',
    ])
      assert.match(catchFault(text), /beyond the range of a double/, text);
    assert.ok(holds('a < 1e308', { a: 1 }));
  });

  it('as text is refused with the place and what is expected there', () => {
    for (const [text, expected] of [
      ['a = ', 'at character 5, expected a property, a value, NOT or "(", but the filter ends there.'],
      ['a = NULL', 'at character 5, expected a value (nulls are found with IS NULL), but found "NULL".'],
      ['(a = 1', 'at character 7, expected AND, OR, an operator or ")", but the filter ends there.'],
      ['a = 1 b', 'at character 7, expected AND, OR, an operator or the end of the filter, but found "b".'],
      ['a < 1 < 2', 'at character 7, expected AND'],
      ['a IS 3', 'at character 6, expected NULL or NOT NULL, but found "3".'],
      ['a NOT = 3', 'at character 7, expected LIKE, IN or BETWEEN, but found "=".'],
      ['a BETWEEN 1 OR 2', 'at character 13, expected AND, but found "OR".'],
      ['a IN 1', 'at character 6, expected "(", but found "1".'],
      ['a IN (1 2)', 'at character 9, expected "," or ")", but found "2".'],
      ['a # 1', 'at character 3, "#" has no meaning in CQL2.'],
      ["a = 'x", "at character 5, the quotation mark ' is not closed."],
      ['b = 1 AND a LIKE b', 'at character 18, the pattern of "like" must be a string in quotes.'],
      ["1 + 'x' = 3", 'at character 1, "+" needs numbers, but found "x".'],
      ['a + 1', 'at character 1, a condition is expected, but "+" returns a value.'],
      ['a = 1 AND 3', 'at character 1, a condition is expected, but found 3.'],
      [
        "d = DATE('2026-02-30')",
        `at character 5, "date" must have a string such as '2026-03-31', but it is "2026-02-30".`,
      ],
      ["T_AFTER(d, DATE('2026-01-01'))", '"t_after" is not supported. Supported: and, or,'],
      ['S_WITHIN(geometry, POINT(1 1))', '"s_within" is not supported.'],
      [
        'S_INTERSECTS(shape, POINT(1 1))',
        'at character 14, "shape" is not a geometry; features have one, named geometry.',
      ],
      ['S_INTERSECTS(geometry, geometry)', 'compares the property geometry to a geometry or bounding box.'],
      ['S_INTERSECTS(geometry, POINT(1))', 'at character 31, expected a number, but found ")".'],
      ['S_INTERSECTS(geometry, BBOX(1, 2, 3))', 'a bounding box needs four or six numbers'],
      ['S_INTERSECTS(geometry)', '"s_intersects" needs 2 arguments, but has 1.'],
    ] as const) {
      const fault = catchFault(text);
      assert.ok(fault.startsWith('/inputs/filter cannot be read as CQL2 text: '), fault);
      assert.ok(fault.includes(expected), `${text}: ${fault}`);
    }
  });

  it('as JSON is refused with a pointer to the part', () => {
    for (const [json, pointer] of [
      [{}, ''],
      [{ op: 'and', args: [{ op: '=', args: [1] }, true] }, '/args/0'],
      [{ op: 'and', args: [true] }, ''],
      [{ op: 'and', args: 'a' }, ''],
      [{ op: 'not', args: [{ op: 'or', args: [true, 5] }] }, '/args/0/args/1'],
      [{ op: '=', args: [{ property: 'a' }, null] }, '/args/1'],
      [{ op: 'in', args: [{ property: 'a' }, 3] }, '/args/1'],
      [{ op: 'in', args: [{ property: 'a' }, [1, []]] }, '/args/1/1'],
      [{ op: 'like', args: [{ property: 'a' }, { op: 'casei', args: [5] }] }, '/args/1/args/0'],
      [
        { op: 's_intersects', args: [{ property: 'geometry' }, { type: 'Point', coordinates: ['x'] }] },
        '/args/1',
      ],
      [{ op: '=', args: [{ timestamp: 5 }, 1] }, '/args/0'],
    ] as const) {
      assert.ok(
        catchFault(json).startsWith(`/inputs/filter${pointer} cannot be used as a filter: `),
        catchFault(json),
      );
    }
  });

  it('says that it is too long, not what else it might be', () => {
    assert.match(
      catchFault(`a = '${'x'.repeat(70_000)}'`),
      /has 70006 characters; CQL2 text may have up to 65536/,
    );
  });

  it('guesses what a misspelt operation was meant to be', () => {
    assert.match(
      catchFault({ op: 's_intersect', args: [{ property: 'geometry' }, { bbox: [1, 2, 3, 4] }] }),
      /Did you mean "s_intersects"\?/,
    );
  });

  it('must not be nested too deep, whichever way', () => {
    const deep = 20_000;
    const longest = 6000;
    const nested = [
      `${'('.repeat(longest)}a = 1${')'.repeat(longest)}`,
      `${'NOT '.repeat(longest)}a = 1`,
      `a = ${'-'.repeat(longest)}1`,
      `a = 1${' + 1'.repeat(longest)}`,
      `${'casei('.repeat(longest)}a`,
      `S_INTERSECTS(geometry, ${'GEOMETRYCOLLECTION('.repeat(longest / 2)}`,
      '['.repeat(longest),
    ];
    for (const text of nested) assert.match(catchFault(text), /nested|no meaning/);
    const wrap = (make: (inner: unknown) => unknown, seed: unknown) => {
      let tree = seed;
      for (let level = 0; level < deep; level++) tree = make(tree);
      return tree;
    };
    const not = wrap((inner) => ({ op: 'not', args: [inner] }), true);
    const lists = wrap((inner) => [inner], 1);
    const collections = wrap((inner) => ({ type: 'GeometryCollection', geometries: [inner] }), null);
    const folded = wrap((inner) => ({ op: 'casei', args: [inner] }), 'x');
    const a = { property: 'a' };
    for (const tree of [
      not,
      lists,
      { op: '=', args: [lists, 1] },
      { op: 'in', args: [a, lists] },
      { op: 'like', args: [a, folded] },
      { op: '=', args: [a, folded] },
      { op: 's_intersects', args: [{ property: 'geometry' }, collections] },
    ]) {
      catchFault(tree);
    }
  });

  it('may be long where it is not deep', () => {
    const many = Array.from({ length: 5000 }, (_, index) => `a = ${index}`);
    assert.ok(holds(many.join(' OR '), { a: 4999 }));
    assert.ok(holds(`a IN (${Array.from({ length: 9000 }, (_, index) => index).join(', ')})`, { a: 8999 }));
  });
});

describe('any text and any JSON', () => {
  const words = fc.constantFrom(
    ...[
      'a',
      'b',
      '"c d"',
      '1',
      '-2.5e3',
      "'text'",
      "'%_\\'",
      '(',
      ')',
      ',',
      '=',
      '<>',
      '<',
      '>=',
      '+',
      '-',
      '*',
      '/',
    ],
    ...[
      'AND',
      'OR',
      'NOT',
      'IS',
      'NULL',
      'LIKE',
      'IN',
      'BETWEEN',
      'TRUE',
      'CASEI',
      'DATE',
      'TIMESTAMP',
      'POINT',
    ],
    ...['POLYGON', 'BBOX', 'GEOMETRYCOLLECTION', 'S_INTERSECTS', 'geometry', 'T_AFTER', '#', "'", '"'],
  );
  const properties = { a: 1, b: 'text', 'c d': null };
  const usable = (filter: unknown) => {
    try {
      assert.equal(typeof compileFilter(filter as string, at)(feature(properties)), 'boolean');
    } catch (error) {
      assert.ok(error instanceof InvalidInput, String((error as Error).stack));
    }
  };

  it('is used or refused, never a fault of the service', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 14 }), (parts) => usable(parts.join(' '))),
      { numRuns: 5000 },
    );
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), usable), { numRuns: 2000 });
    const op = fc.constantFrom(
      'and',
      'or',
      'not',
      '=',
      '<',
      'in',
      'like',
      'between',
      'isNull',
      'casei',
      '+',
      's_intersects',
      '__proto__',
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.record({ property: fc.constantFrom('a', 'b', 'geometry') }),
        fc.record({ type: fc.constantFrom('Point', 'Polygon', 'toString'), coordinates: fc.jsonValue() }),
        fc.record({ op, args: fc.array(tie('tree'), { maxLength: 3 }) }),
      ),
    }));
    fc.assert(fc.property(tree, usable), { numRuns: 5000 });
  });
});
