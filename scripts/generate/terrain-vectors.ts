import { type Code, get, op, set, vectorModule } from './vector-code.ts';

/**
 * The kernels of geo/raster/terrain in vector instructions of WebAssembly, four pixels at once: what they
 * compute is stated there, in TypeScript, and a test compares both to the last digit. Single precision is what these
 * instructions compute in, whereas JavaScript rounds after each operation.
 *
 * A kernel is (above, middle, below, results, count, ...settings): addresses of rows with a pixel more at both ends and of
 * the results, and how many these are. It reads and writes up to three pixels more than there are, and tells with 1
 * whether one of the results may not be a number.
 */

const single = {
  add: op('f32x4.add'),
  subtract: op('f32x4.sub'),
  least: op('f32x4.min'),
  most: op('f32x4.max'),
};
const [add, subtract, multiply, divide] = ['add', 'sub', 'mul', 'div'].map((name) => op(`f64x2.${name}`)) as [
  ReturnType<typeof op>,
  ReturnType<typeof op>,
  ReturnType<typeof op>,
  ReturnType<typeof op>,
];
const root = op('f64x2.sqrt');
const less = op('f64x2.lt');
const isZero = (value: Code): Code => op('f64x2.eq')(value, constant(0));
const constant = (value: number): Code => `(v128.const f64x2 ${value} ${value})`;
/** A setting of the kernel for both pixels. */
const setting = (name: string): Code => `(f64x2.splat ${get(name)})`;
const choose = (condition: Code, yes: Code, no: Code): Code => op('v128.bitselect')(yes, no, condition);

/** Four pixels of a row, from some columns after the first. */
const pixels = (row: string, shift: number): Code => `(v128.load offset=${shift * 4} ${get(row)})`;

/** 1 2 1, as `weighted` in gradient.ts. */
const weighted = (first: Code, middle: Code, last: Code): Code =>
  single.add(single.add(single.add(first, middle), middle), last);
const column = (shift: number): Code =>
  weighted(pixels('above', shift), pixels('middle', shift), pixels('below', shift));
const along = (row: string): Code => weighted(pixels(row, 0), pixels(row, 1), pixels(row, 2));

/** The differences of gradient.ts in the variables `across` and `down`. */
const differences = {
  horn: [
    set('across', single.subtract(column(0), column(2))),
    set('down', single.subtract(along('below'), along('above'))),
  ],
  zevenbergenThorne: [
    set('across', single.subtract(pixels('middle', 0), pixels('middle', 2))),
    set('down', single.subtract(pixels('below', 1), pixels('above', 1))),
  ],
} as const;

/** Two of four pixels in double precision. */
const lower = (value: Code): Code => `(f64x2.promote_low_f32x4 ${value})`;
const upper = (value: Code): Code =>
  lower(`(i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 ${value} ${value})`);

/** Stores four pixels, and keeps in mind whether one is not a number. */
const store = (four: Code): Code[] => [
  set('four', four),
  set('missing', op('v128.or')(get('missing'), op('f32x4.ne')(get('four'), get('four')))),
  `(v128.store ${get('results')} ${get('four')})`,
];

/** Stores four pixels of which `compute` gives two at a time. */
const storeHalves = (compute: (half: (value: Code) => Code) => readonly Code[]): Code[] => [
  ...compute(lower),
  set('first', '(f32x4.demote_f64x2_zero (local.get $value))'),
  ...compute(upper),
  ...store(`(i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
    ${get('first')} (f32x4.demote_f64x2_zero (local.get $value)))`),
];

/** The gradient of two pixels in the variables `x` and `y`. */
const gradient = (half: (value: Code) => Code): Code[] => [
  set('x', multiply(half(get('across')), setting('perColumn'))),
  set('y', multiply(half(get('down')), setting('perRow'))),
];
const square = (name: string): Code => multiply(get(name), get(name));

const hillshade = (half: (value: Code) => Code): Code[] => [
  ...gradient(half),
  set(
    'value',
    divide(
      subtract(
        setting('level'),
        subtract(multiply(get('y'), setting('northward')), multiply(get('x'), setting('eastward'))),
      ),
      root(add(add(constant(1), square('x')), square('y'))),
    ),
  ),
  set('value', op('f64x2.floor')(add(constant(1.5), op('f64x2.max')(constant(0), get('value'))))),
];

const rise = (): Code => root(add(square('x'), square('y')));
const toDegrees = (radians: Code): Code => divide(multiply(radians, constant(180)), constant(Math.PI));

const slopeDegrees = (half: (value: Code) => Code): Code[] => [
  ...gradient(half),
  set('value', rise()),
  ...arctangent(),
  set('value', toDegrees(get('value'))),
];

const slopePercent = (half: (value: Code) => Code): Code[] => [
  ...gradient(half),
  set('value', multiply(constant(100), rise())),
];

/** Replaces `value`, which is not negative, by its arctangent, as in arctangent.ts: of all branches one is chosen. */
function arctangent(): Code[] {
  const value = get('value');
  /** By the upper end of an interval: what is reduced, and the arctangent of its middle in two parts. */
  const intervals = [
    { end: 0.4375, top: value, bottom: constant(1), high: 0, low: 0 },
    {
      end: 0.6875,
      top: subtract(multiply(constant(2), value), constant(1)),
      bottom: add(constant(2), value),
      high: 0.4636476090008061,
      low: 2.2698777452961687e-17,
    },
    {
      end: 1.1875,
      top: subtract(value, constant(1)),
      bottom: add(value, constant(1)),
      high: 0.7853981633974483,
      low: 3.061616997868383e-17,
    },
    {
      end: 2.4375,
      top: subtract(value, constant(1.5)),
      bottom: add(constant(1), multiply(constant(1.5), value)),
      high: 0.982793723247329,
      low: 1.3903311031230998e-17,
    },
  ];
  const beyond = { top: constant(-1), bottom: value, high: 1.5707963267948966, low: 6.123233995736766e-17 };
  const chosen = (of: (interval: Omit<(typeof intervals)[number], 'end'>) => Code): Code =>
    intervals.reduceRight(
      (otherwise, interval) => choose(less(value, constant(interval.end)), of(interval), otherwise),
      of(beyond),
    );
  const polynomial = (name: string, coefficients: readonly number[]): Code =>
    coefficients
      .slice(0, -1)
      .reduceRight(
        (sum, coefficient) => add(constant(coefficient), multiply(get(name), sum)),
        constant(coefficients.at(-1) ?? 0),
      );
  const odd = [
    0.3333333333333293, 0.14285714272503466, 0.09090887133436507, 0.06661073137387531, 0.049768779946159324,
    0.016285820115365782,
  ];
  const even = [
    -0.19999999999876483, -0.11111110405462356, -0.0769187620504483, -0.058335701337905735,
    -0.036531572744216916,
  ];
  return [
    set(
      'reduced',
      divide(
        chosen(({ top }) => top),
        chosen(({ bottom }) => bottom),
      ),
    ),
    set(
      'high',
      chosen(({ high }) => constant(high)),
    ),
    set(
      'low',
      chosen(({ low }) => constant(low)),
    ),
    set('z', multiply(get('reduced'), get('reduced'))),
    set('w', multiply(get('z'), get('z'))),
    set('tail', add(multiply(get('z'), polynomial('w', odd)), multiply(get('w'), polynomial('w', even)))),
    set(
      'value',
      subtract(
        get('high'),
        subtract(subtract(multiply(get('reduced'), get('tail')), get('low')), get('reduced')),
      ),
    ),
  ];
}

/** As Math.atan2 of fdlibm (e_atan2.c): the arctangent of the quotient, moved into the quadrant by the signs. */
const aspect = (half: (value: Code) => Code): Code[] => {
  // By its sign, which zero has as well.
  const isNegative = (name: string): Code => op('i64x2.lt_s')(get(name), constant(0));
  const beyondQuarter = subtract(get('value'), constant(1.2246467991473532e-16));
  return [
    ...gradient(half),
    set('value', `(f64x2.abs ${divide(get('y'), get('x'))})`),
    ...arctangent(),
    set('value', choose(isNegative('x'), subtract(constant(Math.PI), beyondQuarter), get('value'))),
    set('value', choose(isNegative('y'), `(f64x2.neg ${get('value')})`, get('value'))),
    // In single precision, as gdaldem has it.
    set('angle', lower(`(f32x4.demote_f64x2_zero ${toDegrees(get('value'))})`)),
    set(
      'value',
      choose(
        less(constant(0), setting('trigonometric')),
        choose(less(get('angle'), constant(0)), add(get('angle'), constant(360)), get('angle')),
        subtract(choose(less(constant(90), get('angle')), constant(450), constant(90)), get('angle')),
      ),
    ),
    set('turned', lower(`(f32x4.demote_f64x2_zero ${get('value')})`)),
    set('value', choose(op('f64x2.eq')(get('turned'), constant(360)), constant(0), get('value'))),
    set('value', choose(op('v128.and')(isZero(get('x')), isZero(get('y'))), setting('flat'), get('value'))),
  ];
};

/** The eight neighbours in the order in which indices.ts adds them. */
const neighbours = [0, 1, 2]
  .map((shift) => pixels('above', shift))
  .concat(pixels('middle', 0), pixels('middle', 2))
  .concat([0, 1, 2].map((shift) => pixels('below', shift)));

/** Adds up what each neighbour contributes, from zero on. */
const sumNeighbours =
  (contribution: (neighbour: Code) => Code[], result: Code) => (half: (value: Code) => Code) => [
    set('sum', constant(0)),
    ...neighbours.flatMap((neighbour) => [
      set('x', half(neighbour)),
      ...contribution(half(single.subtract(neighbour, pixels('middle', 1)))),
    ]),
    set('y', half(pixels('middle', 1))),
    set('value', result),
  ];
const addToSum = (value: Code): Code => set('sum', add(get('sum'), value));
const mean = divide(get('sum'), constant(8));

const all = [...neighbours, pixels('middle', 1)];
const roughness = store(
  single.subtract(
    all.reduce((most, pixel) => single.most(most, pixel)),
    all.reduce((least, pixel) => single.least(least, pixel)),
  ),
);

const variables = 'across down first value x y reduced high low z w tail angle turned sum four missing';

function kernel(name: string, settings: readonly string[], body: readonly Code[]): Code {
  const rows = ['above', 'middle', 'below', 'results'];
  return `(func (export "${name}")
  ${[...rows, 'count'].map((row) => `(param $${row} i32)`).join(' ')}
  ${settings.map((setting) => `(param $${setting} f64)`).join(' ')}
  (result i32) (local $end i32) ${variables
    .split(' ')
    .map((variable) => `(local $${variable} v128)`)
    .join(' ')}
  ${set('end', `(i32.add ${get('results')} (i32.shl ${get('count')} (i32.const 2)))`)}
  (block $done (loop $next
    (br_if $done (i32.ge_u ${get('results')} ${get('end')}))
    ${body.join('\n    ')}
    ${rows.map((row) => set(row, `(i32.add ${get(row)} (i32.const 16))`)).join('\n    ')}
    (br $next)))
  (v128.any_true ${get('missing')}))`;
}

const slope = ['perColumn', 'perRow'];
const kernels = Object.entries(differences).flatMap(([algorithm, difference]) => [
  kernel(
    `hillshade-${algorithm}`,
    [...slope, 'level', 'eastward', 'northward'],
    [...difference, ...storeHalves(hillshade)],
  ),
  kernel(`slope-degree-${algorithm}`, slope, [...difference, ...storeHalves(slopeDegrees)]),
  kernel(`slope-percent-${algorithm}`, slope, [...difference, ...storeHalves(slopePercent)]),
  kernel(`aspect-${algorithm}`, [...slope, 'trigonometric', 'flat'], [...difference, ...storeHalves(aspect)]),
]);
const indices = {
  tri: storeHalves(
    sumNeighbours((difference) => [set('x', difference), addToSum(square('x'))], root(get('sum'))),
  ),
  triWilson: storeHalves(sumNeighbours((difference) => [addToSum(`(f64x2.abs ${difference})`)], mean)),
  tpi: storeHalves(sumNeighbours(() => [addToSum(get('x'))], subtract(get('y'), mean))),
  roughness,
};

/** The module with the kernels, as source of TypeScript that holds its bytes. */
export const terrainVectors = (): Promise<string> =>
  vectorModule('terrainVectors', 'terrain-vectors.ts', [
    ...kernels,
    ...Object.entries(indices).map(([index, body]) => kernel(`index-${index}`, [], body)),
  ]);
