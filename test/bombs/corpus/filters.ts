import { type Bomb, invalid } from '../support/bomb.ts';

const point = (properties: object) => ({
  type: 'FeatureCollection',
  features: [{ type: 'Feature', properties, geometry: { type: 'Point', coordinates: [1, 1] } }],
});
const cql2 = (
  name: string,
  filter: () => unknown,
  answer: Bomb['answer'],
  properties: () => object = () => ({ a: 'x', n: 1 }),
): Bomb => ({
  name: `CQL2: ${name}`,
  process: 'filter',
  inputs: () => ({ features: point(properties()), filter: filter() }),
  answer,
});
const nested = (open: string, inner: string, close: string, depth: number) =>
  open.repeat(depth) + inner + close.repeat(depth);
function nestedJson(op: string, depth: number): unknown {
  let condition: unknown = { op: '=', args: [{ property: 'n' }, 1] };
  for (let level = 0; level < depth; level++) condition = { op, args: [condition] };
  return condition;
}

/** Filters in both encodings: depth, width, patterns and geometries. */
export const filterBombs: readonly Bomb[] = [
  cql2('a million brackets', () => nested('(', 'n = 1', ')', 1e6), invalid(/filter/)),
  cql2('5000 brackets', () => nested('(', 'n = 1', ')', 5000), invalid(/filter/)),
  cql2('NOT 100 000 times', () => `${'NOT '.repeat(1e5)}n = 1`, invalid(/filter/)),
  cql2('AND 100 000 times', () => `n = 1${' AND n = 1'.repeat(1e5)}`, invalid(/filter/)),
  cql2('OR 100 000 times', () => `n = 1${' OR n = 1'.repeat(1e5)}`, invalid(/filter/)),
  cql2('a sum of 100 000 terms', () => `n${' + n'.repeat(1e5)} = 1`, invalid(/filter/)),
  cql2('powers of powers', () => `n = ${nested('(9 ^ ', '9', ')', 300)}`, invalid(/filter/)),
  cql2('minus 100 000 times', () => `n = ${'-'.repeat(1e5)}1`, invalid(/filter/)),
  cql2('CASEI 2000 deep', () => `${nested('CASEI(', 'a', ')', 2000)} = 'x'`, invalid(/filter/)),
  cql2('IN of 500 000 values', () => `n IN (${'1,'.repeat(5e5)}1)`, invalid(/filter/)),
  cql2(
    'a pattern of many wildcards',
    () => `a LIKE '${'%a'.repeat(1000)}b'`,
    'computed',
    () => ({ a: 'a'.repeat(100_000) }),
  ),
  cql2(
    'a pattern of single wildcards',
    () => `a LIKE '${'_%'.repeat(1500)}b'`,
    'computed',
    () => ({ a: 'a'.repeat(100_000) }),
  ),
  cql2(
    'CASEI of a pattern of many wildcards',
    () => `CASEI(a) LIKE CASEI('${'%A'.repeat(1000)}B')`,
    'computed',
    () => ({ a: 'a'.repeat(100_000) }),
  ),
  cql2('a text that never closes', () => `a = '${'x'.repeat(3e6)}`, invalid(/filter/)),
  cql2('a name of a million characters', () => `${'n'.repeat(1e6)} = 1`, invalid(/filter/)),
  cql2('a number of 100 000 digits', () => `n = ${'9'.repeat(1e5)}`, invalid(/filter/)),
  cql2(
    'a geometry of 100 000 collections',
    () => `S_INTERSECTS(geometry, ${nested('GEOMETRYCOLLECTION(', 'POINT(1 1)', ')', 1e5)})`,
    invalid(/filter/),
  ),
  cql2(
    'a geometry of 200 000 vertices',
    () => `S_INTERSECTS(geometry, LINESTRING(${'1 1,'.repeat(2e5)}1 1))`,
    invalid(/filter/),
  ),
  cql2('in JSON, 40 deep', () => nestedJson('not', 40), 'computed'),
  cql2(
    'in JSON, 20 000 deep',
    () => JSON.parse(`${'{"op":"not","args":['.repeat(1900)}true${']}'.repeat(1900)}`),
    invalid(/nest/),
  ),
  cql2(
    'in JSON, 75 000 conditions',
    () => ({
      op: 'and',
      args: Array.from({ length: 75_000 }, () => ({ op: '=', args: [{ property: 'n' }, 1] })),
    }),
    'computed',
  ),
  cql2(
    'in JSON, IN of 500 000 values',
    () => ({ op: 'in', args: [{ property: 'n' }, Array.from({ length: 5e5 }, () => 1)] }),
    'computed',
  ),
  cql2(
    'in JSON, a geometry of 100 000 positions',
    () => ({
      op: 's_intersects',
      args: [
        { property: 'geometry' },
        { type: 'MultiPoint', coordinates: Array.from({ length: 1e5 }, () => [1, 1]) },
      ],
    }),
    'computed',
  ),
  cql2(
    'an array of arrays',
    () => ({ op: 'a_equals', args: [{ property: 'a' }, Array.from({ length: 1e5 }, () => [])] }),
    invalid(/filter/),
  ),
];
