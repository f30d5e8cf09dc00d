import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Geometry, Position } from 'geojson';
import { mendedDxf } from '../../../../geo/formats/by-gdal/mend-dxf.ts';
import { readLayer } from '../../../../geo/formats/read.ts';
import { bytesSource, makeRunContext } from '../support.ts';

type Groups = readonly (readonly [code: number, value: string | number])[];

const drawing = (entities: Groups, newline = '\n'): Uint8Array => {
  const groups = [[0, 'SECTION'], [2, 'ENTITIES'], ...entities, [0, 'ENDSEC'], [0, 'EOF']] as Groups;
  return Buffer.from(groups.flatMap(([code, value]) => [`${code}${newline}${value}${newline}`]).join(''));
};

const read = async (bytes: Uint8Array): Promise<Geometry> => {
  const source = bytesSource(bytes, { href: 'https://example.org/arcs.dxf' });
  const { features } = await readLayer(source, makeRunContext());
  assert.equal(features.length, 1);
  return features[0]!.geometry!;
};

const ringOf = (geometry: Geometry): Position[] =>
  geometry.type === 'LineString'
    ? geometry.coordinates
    : geometry.type === 'Polygon'
      ? geometry.coordinates[0]!
      : geometry.type === 'MultiPolygon'
        ? geometry.coordinates[0]![0]!
        : assert.fail(geometry.type);

const lengthOf = (line: readonly Position[]): number =>
  line.reduce((length, [x = 0, y = 0], index) => {
    const [fromX = x, fromY = y] = line[index - 1] ?? [];
    return length + Math.hypot(x - fromX, y - fromY);
  }, 0);

/** The radius of the arc over a chord, and its length. */
const arcOver = (chord: number, bulge: number) => {
  const radius = (chord * (1 + bulge * bulge)) / (4 * Math.abs(bulge));
  return { radius, length: radius * 4 * Math.atan(Math.abs(bulge)) };
};

const vertices = [
  [1, 1],
  [3, 2],
] as const;
const chord = Math.hypot(2, 1);

/** What a path of a hatch that is one cubic spline begins with. */
const splineEdge = (knots: number, points: number): Groups => [
  [92, 1],
  [93, 1],
  [72, 4],
  [94, 3],
  [73, 0],
  [74, 0],
  [95, knots],
  [96, points],
];

const light = (bulge: number, flags: number): Groups => [
  [0, 'LWPOLYLINE'],
  [8, 'a'],
  [90, 2],
  [70, flags],
  ...vertices.flatMap(
    ([x, y]): Groups => [
      [10, x],
      [20, y],
      [42, bulge],
    ],
  ),
];
const heavy = (bulge: number, flags: number): Groups => [
  [0, 'POLYLINE'],
  [8, 'a'],
  [66, 1],
  [10, 0],
  [20, 0],
  [30, 0],
  [70, flags],
  ...vertices.flatMap(
    ([x, y], index): Groups => [
      [0, 'VERTEX'],
      [5, 40 + index],
      [8, 'a'],
      [10, x],
      [20, y],
      [30, 0],
      [42, bulge],
    ],
  ),
  [0, 'SEQEND'],
];
const hatch = (bulge: number): Groups => [
  [0, 'HATCH'],
  [8, 'a'],
  [10, 0],
  [20, 0],
  [30, 0],
  [2, 'SOLID'],
  [70, 1],
  [71, 0],
  [91, 1],
  [92, 2],
  [72, 1],
  [73, 1],
  [93, 2],
  ...vertices.flatMap(
    ([x, y]): Groups => [
      [10, x],
      [20, y],
      [42, bulge],
    ],
  ),
  [97, 0],
  [75, 0],
  [76, 1],
  [98, 0],
];

describe('an arc of a drawing', () => {
  for (const bulge of [0.3, 1, -1, 1.7, -1.7, 2.54, 3.9, -3.9])
    for (const [name, entity] of Object.entries({ 'a light polyline': light, 'a polyline': heavy })) {
      it(`of ${name} with the bulge ${bulge} is all there`, async () => {
        const { length } = arcOver(chord, bulge);
        const line = ringOf(await read(drawing(entity(bulge, 0))));
        for (const [index, [x, y]] of vertices.entries()) {
          const [ownX = 0, ownY = 0] = line.at(-index) ?? [];
          assert.ok(Math.hypot(ownX - x, ownY - y) < 1e-12, `${ownX}, ${ownY}`);
        }
        assert.ok(Math.abs(lengthOf(line) / length - 1) < 1e-3, `${lengthOf(line)} of ${length}`);
      });

      it(`of ${name} that is closed with the bulges ${bulge} too`, async () => {
        const { length } = arcOver(chord, bulge);
        const line = ringOf(await read(drawing(entity(bulge, 1), '\r\n')));
        assert.ok(Math.abs(lengthOf(line) / (2 * length) - 1) < 1e-3, `${lengthOf(line)} of ${2 * length}`);
      });
    }

  for (const bulge of [1, 1.7, -2.54, 3.9])
    it(`of a hatch with the bulges ${bulge} is all there`, async () => {
      const { length } = arcOver(chord, bulge);
      const line = ringOf(await read(drawing(hatch(bulge))));
      assert.ok(Math.abs(lengthOf(line) / (2 * length) - 1) < 1e-3, `${lengthOf(line)} of ${2 * length}`);
    });
});

describe('a drawing without arcs of more than half a circle', () => {
  it('stays as it is, and so does what is none', () => {
    for (const bytes of [
      drawing(light(1, 1)),
      drawing(heavy(3, 8)),
      drawing([
        [0, 'CIRCLE'],
        [8, 'a'],
        [10, 0],
        [20, 0],
        [40, 1],
        [42, 5],
      ]),
      Buffer.from('a,b\n42\n5\n'),
      Buffer.from(
        `${Buffer.from(drawing(light(2, 0)))
          .toString()
          .replace('LWPOLYLINE', 'LWPOLYLINE\nx')}`,
      ),
    ])
      assert.equal(mendedDxf(bytes), bytes);
  });
});

describe('a flat polyline of a drawing', () => {
  /** The polyline with a height, and vertices with groups of their own for theirs. */
  const raised = (height: number, ofVertices: Groups, bulge = 0): Groups => {
    let isVertex = false;
    return heavy(bulge, 0).flatMap(([code, value]): Groups => {
      if (code === 0) isVertex = value === 'VERTEX';
      if (code === 30) return isVertex ? ofVertices : [[30, height]];
      return [[code, value]];
    });
  };
  const heights = async (entity: Groups) => {
    const line = ringOf(await read(drawing(entity)));
    return [...new Set(line.map(([, , z = 0]) => Math.round(z * 1e9) / 1e9))];
  };

  it('has its own height where its vertices have none', async () => {
    assert.deepEqual(await heights(raised(7, [[30, 0]])), [7]);
    assert.deepEqual(await heights(raised(7, [])), [7]);
    assert.deepEqual(await heights(raised(7, [[30, 0]], 2.5)), [7]);
    assert.deepEqual(await heights(raised(7, [], 2.5)), [7]);
  });

  it('has that of its vertices where these have one', async () => {
    assert.deepEqual(await heights(raised(7, [[30, 5]])), [5]);
    assert.deepEqual(await heights(raised(0, [[30, 5]])), [5]);
  });
});

describe('a spline of a drawing', () => {
  const spline = (height: number): Groups => [
    [0, 'SPLINE'],
    [8, 'a'],
    [70, 8],
    [71, 3],
    [72, 8],
    [73, 4],
    [74, 0],
    ...[0, 0, 0, 0, 1, 1, 1, 1].map((knot) => [40, knot] as const),
    ...[1, 2, 3, 4].flatMap(
      (x): Groups => [
        [10, x],
        [20, x * x],
        [30, height],
      ],
    ),
  ];
  const told = async (bytes: Uint8Array) => {
    const context = makeRunContext();
    await readLayer(bytesSource(bytes, { href: 'https://example.org/spline.dxf' }), context);
    return context.logged.filter((message) => /splines/.test(message));
  };

  it('has no heights, which is told where it had some', async () => {
    assert.deepEqual(await told(drawing(spline(5))), [
      'The splines of the drawing have heights, which were left out.',
    ]);
    assert.deepEqual(await told(drawing(spline(0))), []);
  });

  it('that bounds a hatch has none either', async () => {
    const edge: Groups = [
      ...splineEdge(8, 4),
      ...[0, 0, 0, 0, 1, 1, 1, 1].map((knot) => [40, knot] as const),
      ...[
        [0, 0],
        [3, 0],
        [0, 3],
        [0, 0],
      ].flatMap(
        ([x = 0, y = 0]): Groups => [
          [10, x],
          [20, y],
        ],
      ),
      [97, 0],
    ];
    const bounded = (height: number): Groups => [
      ...hatch(0).slice(0, 4),
      [30, height],
      ...hatch(0).slice(5, 9),
      ...edge,
      ...hatch(0).slice(-4),
    ];
    assert.equal((await told(drawing(bounded(5)))).length, 1);
    assert.deepEqual(await told(drawing(bounded(0))), []);
  });
});

it('a drawing that is damaged is refused in the words of GDAL, without where its source is', async () => {
  const damaged = drawing([...hatch(0).slice(0, 9), ...splineEdge(2, 1), [40, 0]]);
  await assert.rejects(read(damaged), ({ message }: Error) => {
    assert.match(message, /GDAL reported: error at line \d+ of arcs\.dxf/);
    return true;
  });
});
