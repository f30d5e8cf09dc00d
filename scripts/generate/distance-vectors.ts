import { distanceLayout, distancePowers } from '../../geo/surfaces/distance-layout.ts';
import { type Code, get, op, set, vectorModule } from './vector-code.ts';

/**
 * Sums of weights by distance, and of values times these, in vector instructions of WebAssembly: sixteen pixels at once, in single
 * precision, for points one after the other. What they add up is stated in geo/surfaces/inverse-distance.ts, and how they are used
 * in geo/surfaces/vector-means.ts.
 *
 * A kernel is (pixels, points, y, turn): the address of the x of sixteen pixels, the number of points, the y of the pixels, and
 * after which difference of x it is as far the other way round.
 */

const [add, subtract, multiply, divide, root, absolute, least] = [
  'add',
  'sub',
  'mul',
  'div',
  'sqrt',
  'abs',
  'pmin',
].map((name) => op(`f32x4.${name}`)) as [Op, Op, Op, Op, Op, Op, Op];
type Op = ReturnType<typeof op>;

const { x, y, value, weights, sums, group } = distanceLayout;
/** Four pixels each. */
const vectors = Array.from({ length: group / 4 }, (_, vector) => vector);

/** A power of the distance, whose square is given. */
const powers: Readonly<Record<(typeof distancePowers)[number], (squared: Code) => Code>> = {
  1: root,
  2: (squared) => squared,
  3: (squared) => multiply(squared, root(squared)),
};

/** A number of the point for all pixels. */
const ofPoint = (offset: number): Code => `(v128.load32_splat offset=${offset} ${get('point')})`;
const addTo = (sum: string, addend: Code): Code => set(sum, add(get(sum), addend));

function kernel(power: (typeof distancePowers)[number], isRound: boolean): Code {
  const across = (vector: number): Code[] => {
    const direct = subtract(`(v128.load offset=${vector * 16} ${get('pixels')})`, get('x'));
    if (!isRound) return [set('across', direct)];
    return [
      set('across', absolute(direct)),
      set('across', least(get('across'), subtract(`(f32x4.splat ${get('turn')})`, get('across')))),
    ];
  };
  const pixelsOf = (vector: number): Code[] => [
    ...across(vector),
    set('squared', add(multiply(get('across'), get('across')), get('down'))),
    set('weight', divide('(v128.const f32x4 1 1 1 1)', powers[power](get('squared')))),
    addTo(`weights${vector}`, get('weight')),
    addTo(`sums${vector}`, multiply(get('weight'), get('value'))),
  ];
  const locals = ['x', 'value', 'down', 'across', 'squared', 'weight'].concat(
    vectors.flatMap((vector) => [`weights${vector}`, `sums${vector}`]),
  );
  return `(func (export "power-${power}${isRound ? '-round' : ''}")
  (param $pixels i32) (param $points i32) (param $y f32) (param $turn f32) (local $point i32) (local $end i32)
  ${locals.map((name) => `(local $${name} v128)`).join(' ')}
  ${set('end', `(i32.shl ${get('points')} (i32.const 2))`)}
  (loop $next
    ${set('x', ofPoint(x))}
    ${set('value', ofPoint(value))}
    ${set('down', subtract(`(f32x4.splat ${get('y')})`, ofPoint(y)))}
    ${set('down', multiply(get('down'), get('down')))}
    ${vectors.flatMap(pixelsOf).join('\n    ')}
    ${set('point', `(i32.add ${get('point')} (i32.const 4))`)}
    (br_if $next (i32.lt_u ${get('point')} ${get('end')})))
  ${vectors
    .flatMap((vector) => [
      `(v128.store offset=${weights + vector * 16} ${get('pixels')} ${get(`weights${vector}`)})`,
      `(v128.store offset=${sums + vector * 16} ${get('pixels')} ${get(`sums${vector}`)})`,
    ])
    .join('\n  ')})`;
}

/** The module with the kernels, as source of TypeScript that holds its bytes. */
export const distanceVectors = (): Promise<string> =>
  vectorModule(
    'distanceVectors',
    'distance-vectors.ts',
    distancePowers.flatMap((power) => [kernel(power, false), kernel(power, true)]),
  );
