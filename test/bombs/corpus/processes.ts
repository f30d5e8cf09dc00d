import { processes } from '../../../processes/index.ts';
import { type Bomb, invalid, tooLarge } from '../support/bomb.ts';

type Inputs = Readonly<Record<string, unknown>>;

const exampleInputs = (id: string): Inputs =>
  processes.find((process) => process.id === id)?.examples[0]?.request.inputs ?? {};

const bomb = (
  process: string,
  name: string,
  changes: () => Inputs,
  answer: Bomb['answer'],
  without: readonly string[] = [],
): Bomb => ({
  name: `${process}: ${name}`,
  process,
  inputs: () =>
    Object.fromEntries(
      Object.entries({ ...exampleInputs(process), ...changes() }).filter(([id]) => !without.includes(id)),
    ),
  answer,
});

const layer = (geometries: readonly object[], properties: object = {}) => ({
  type: 'FeatureCollection',
  features: geometries.map((geometry) => ({ type: 'Feature', properties, geometry })),
});
const repeat = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const square = (west: number, south: number, size: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west + size, south],
      [west + size, south + size],
      [west, south + size],
      [west, south],
    ],
  ],
});
const world = {
  type: 'Polygon',
  coordinates: [
    [
      [-180, -90],
      [180, -90],
      [180, 90],
      [-180, 90],
      [-180, -90],
    ],
  ],
};
const point = (x: number, y: number) => ({ type: 'Point', coordinates: [x, y] });
const line = (...coordinates: number[][]) => ({ type: 'LineString', coordinates });
const squares = (count: number) => layer(repeat(count, () => square(1, 1, 1)));
/** Teeth of two combs that cross each other everywhere. */
const comb = (teeth: number, upright: boolean) => {
  const coordinates = repeat(teeth * 2, (index) => {
    const along = Math.floor(index / 2) / teeth;
    const across = (index + Math.floor(index / 2)) % 2;
    return upright ? [along, across] : [across, along];
  });
  return line(...coordinates);
};
const nested = (open: string, inner: string, close: string, depth: number) =>
  open.repeat(depth) + inner + close.repeat(depth);

/** Requests of a hundred bytes, or of a few thousand, that ask for more than any worker has. */
export const processBombs: readonly Bomb[] = [
  bomb(
    'create-grid',
    'cells of a millionth over the globe',
    () => ({ extent: { bbox: [-180, -90, 180, 90] }, cellSize: 1e-6 }),
    tooLarge(/cells/),
  ),
  bomb(
    'create-grid',
    'hexagons of a millionth over the globe',
    () => ({ extent: { bbox: [-180, -90, 180, 90] }, cellSize: 1e-6, shape: 'hexagon' }),
    tooLarge(/cells/),
  ),
  bomb(
    'create-grid',
    'cells of 1e-300',
    () => ({ extent: { bbox: [0, 0, 1, 1] }, cellSize: 1e-300 }),
    invalid(/too small/),
  ),
  bomb(
    'create-grid',
    'a strip of a billion cells',
    () => ({ extent: { bbox: [0, 0, 100, 1e-9] }, cellSize: 1e-7 }),
    tooLarge(/cells/),
  ),
  bomb('densify', 'a vertex every nanometre', () => ({ maxLength: 1e-9 }), tooLarge(/vertices/)),
  bomb('densify', 'a vertex every 1e-300', () => ({ maxLength: 1e-300 }), tooLarge(/vertices/)),
  bomb(
    'densify',
    'planar, a vertex every 1e-12 of a degree',
    () => ({ features: layer([world]), maxLength: 1e-12, method: 'planar' }),
    tooLarge(/vertices/),
    ['distanceUnit', 'crs'],
  ),
  bomb(
    'h3-cells',
    'the globe at resolution 15',
    () => ({ features: layer([world]), resolution: 15 }),
    tooLarge(/cells/),
  ),
  bomb(
    'h3-cells',
    'the globe at resolution 15, compact',
    () => ({ features: layer([world]), resolution: 15, compact: true }),
    tooLarge(/cells/),
  ),
  bomb(
    'h3-cells',
    'the globe a thousand times at resolution 4',
    () => ({ features: layer(repeat(1000, () => world)), resolution: 4 }),
    tooLarge(/cells/),
  ),
  bomb(
    'h3-cells',
    'a sliver round the globe at resolution 15',
    () => ({
      features: layer([
        square(-179, 0, 1e-7),
        {
          type: 'Polygon',
          coordinates: [
            [
              [-179, 0],
              [0, 0],
              [179, 0],
              [179, 1e-7],
              [0, 1e-7],
              [-179, 0],
            ],
          ],
        },
      ]),
      resolution: 15,
      containment: 'overlap',
    }),
    tooLarge(/cells/),
  ),
  bomb(
    'buffer',
    '20 000 points of 1440 vertices each',
    () => ({
      features: layer(repeat(20_000, (i) => point((i % 100) / 10, Math.floor(i / 100) / 10))),
      distance: 10,
      quadrantSegments: 360,
    }),
    tooLarge(/vertices/),
  ),
  bomb(
    'buffer',
    'a comb of 10 000 teeth',
    () => ({ features: layer([comb(5_000, true)]), distance: 100_000, quadrantSegments: 360 }),
    tooLarge(/cross about/),
  ),
  bomb(
    'contour',
    'an interval of 1e-9',
    () => ({ interval: 1e-9 }),
    tooLarge(/The result would have more than \d+ vertices, which is the limit of the process/),
    ['levels'],
  ),
  bomb('contour', 'an interval of 5e-324', () => ({ interval: 5e-324 }), 'computed', ['levels']),
  bomb(
    'contour',
    '10 000 levels that are all the same',
    () => ({ levels: repeat(10_000, () => 25) }),
    'computed',
    ['interval'],
  ),
  bomb('heatmap', 'pixels of 1e-9', () => ({ resolution: 1e-9 }), tooLarge(/pixels/)),
  bomb('heatmap', 'pixels of 1e-300', () => ({ resolution: 1e-300 }), invalid(/too small/)),
  bomb(
    'heatmap',
    'a radius over all pixels of a large grid',
    () => ({
      features: layer(
        repeat(20_000, () => point(0, 0)),
        {},
      ),
      resolution: 0.05,
      radius: 360,
      extent: { bbox: [-180, -90, 180, 90] },
    }),
    tooLarge(/There are \d+ pairs of a point and a pixel within its radius; up to \d+ can be/),
    ['weightField', 'crs', 'template'],
  ),
  bomb('idw-interpolation', 'pixels of 1e-9', () => ({ resolution: 1e-9 }), tooLarge(/pixels/)),
  bomb('rasterize', 'pixels of 1e-9', () => ({ resolution: 1e-9 }), tooLarge(/pixels/)),
  bomb(
    'rasterize',
    'a row of 1e12 pixels',
    () => ({ extent: { bbox: [0, 0, 100, 1e-10] }, resolution: 1e-10 }),
    tooLarge(/pixels/),
  ),
  bomb('reproject-raster', 'pixels of 1e-9', () => ({ resolution: 1e-9 }), tooLarge(/pixels/)),
  bomb('reproject-raster', 'pixels of 1e-300', () => ({ resolution: 1e-300 }), invalid(/too small/)),
  bomb(
    'raster-calculator',
    'brackets 1900 deep',
    () => ({ expression: nested('(', 'A', ')', 1900) }),
    invalid(/expression/),
  ),
  bomb(
    'raster-calculator',
    '1900 times minus',
    () => ({ expression: `${'-'.repeat(3900)}A` }),
    invalid(/expression/),
  ),
  bomb(
    'raster-calculator',
    'powers of powers',
    () => ({ expression: nested('(A ^ ', '9', ')', 500) }),
    invalid(/expression/),
  ),
  bomb(
    'raster-calculator',
    'more than 4000 characters',
    () => ({ expression: `A${' + A'.repeat(1500)}` }),
    invalid(/4000/),
  ),
  bomb(
    'raster-calculator',
    'functions 300 deep',
    () => ({ expression: nested('abs(', 'A', ')', 600) }),
    invalid(/expression/),
  ),
  bomb(
    'reclassify',
    '1001 classes',
    () => ({ classes: repeat(1001, (i) => ({ min: i, max: i + 1, newValue: i })) }),
    invalid(/1000/),
  ),
  bomb('focal-statistics', 'a window of 99 x 99', () => ({ size: 99, statistic: 'median' }), 'computed'),
  bomb(
    'mosaic',
    '101 rasters',
    () => {
      const [one] = exampleInputs('mosaic')['rasters'] as unknown[];
      return { rasters: repeat(101, () => one) };
    },
    invalid(/100/),
  ),
  bomb(
    'spatial-join',
    '1500 squares with 1500 squares',
    () => ({ features: squares(1500), overlay: squares(1500), predicate: 'intersects' }),
    tooLarge(/The result would have more than \d+ features or \d+ vertices, which is the limit/),
  ),
  bomb(
    'intersection',
    '3000 squares with 3000 squares',
    () => ({ features: squares(3000), overlay: squares(3000) }),
    tooLarge(/The result would have more than \d+ features or \d+ vertices, which is the limit/),
  ),
  bomb(
    'intersection',
    'two combs of 4000 teeth',
    () => ({ features: layer([comb(4000, true)]), overlay: layer([comb(4000, false)]) }),
    tooLarge(/cross about/),
  ),
  bomb(
    'union',
    'two combs of 60 polygons that cross everywhere',
    () => ({
      features: layer(
        repeat(60, (i) => ({
          type: 'Polygon',
          coordinates: [
            [
              [0, i / 30],
              [3, i / 30],
              [3, i / 30 + 0.001],
              [0, i / 30 + 0.001],
              [0, i / 30],
            ],
          ],
        })),
      ),
      overlay: layer(
        repeat(60, (i) => ({
          type: 'Polygon',
          coordinates: [
            [
              [i / 30, 0],
              [i / 30 + 0.001, 0],
              [i / 30 + 0.001, 3],
              [i / 30, 3],
              [i / 30, 0],
            ],
          ],
        })),
      ),
    }),
    'computed',
  ),
  bomb(
    'nearest',
    '1000 points with the 100 nearest of large ones',
    () => ({
      features: layer(repeat(1000, (i) => point(i / 100, 1))),
      overlay: layer(
        repeat(100, (i) => point(i / 10, 2)),
        { text: 'x'.repeat(20_000) },
      ),
      k: 100,
    }),
    tooLarge(/bytes/),
  ),
  bomb(
    'spatial-join',
    'a property of 500 KB that 2000 points get',
    () => ({
      features: layer(repeat(2000, () => point(1.5, 1.5))),
      overlay: layer([square(1, 1, 1)], { text: 'x'.repeat(500_000) }),
      predicate: 'within',
    }),
    tooLarge(/bytes/),
  ),
  bomb('dissolve', '20 000 squares on top of each other', () => ({ features: squares(20_000) }), 'computed', [
    'groupBy',
    'aggregates',
    'fields',
  ]),
  bomb(
    'summary-statistics',
    '10 000 aggregates',
    () => ({ aggregates: repeat(10_000, (i) => ({ field: 'height', statistic: 'mean', name: `n${i}` })) }),
    'computed',
  ),
  bomb(
    'summary-statistics',
    'a group for each feature and 2500 aggregates',
    () => ({
      features: {
        type: 'FeatureCollection',
        features: repeat(10_000, (a) => ({ type: 'Feature', properties: { a }, geometry: point(1, 1) })),
      },
      groupBy: ['a'],
      aggregates: repeat(2500, (i) => ({ field: 'a', statistic: 'count', name: `n${i}` })),
    }),
    tooLarge(/The result would have more than 5000000 values, 2502 in each group/),
  ),
  bomb(
    'voronoi-polygons',
    '20 000 points at the same place',
    () => ({ features: layer(repeat(20_000, () => point(5, 52))) }),
    invalid(/must have at least two distinct points, but has 1/),
    ['extent', 'crs'],
  ),
  bomb(
    'delaunay-triangulation',
    '40 000 points on a line',
    () => ({ features: layer(repeat(40_000, (i) => point(i / 1000, 1))) }),
    invalid(/has only collinear vertices, so there is no triangulation/),
  ),
  bomb(
    'concave-hull',
    '40 000 points on a grid',
    () => ({
      features: layer([
        {
          type: 'MultiPoint',
          coordinates: repeat(40_000, (i) => [(i % 200) / 10, Math.floor(i / 200) / 10]),
        },
      ]),
    }),
    'computed',
  ),
  bomb(
    'simplify',
    'a spiral of 100 000 vertices',
    () => ({
      features: layer([
        line(
          ...repeat(100_000, (i) => [Math.round(Math.cos(i) * i) / 1e6, Math.round(Math.sin(i) * i) / 1e6]),
        ),
      ]),
      tolerance: 1e-9,
    }),
    tooLarge(/not enough memory/),
    ['crs', 'distanceUnit'],
  ),
  bomb(
    'make-valid',
    'a polygon that crosses itself 2000 times 2000 times',
    () => ({
      features: layer([
        {
          type: 'Polygon',
          coordinates: [
            [
              ...comb(1500, true).coordinates,
              ...comb(1500, false).coordinates,
              comb(1500, true).coordinates[0],
            ],
          ],
        },
      ]),
    }),
    tooLarge(/cross about/),
  ),
  bomb('polygonize', 'the example', () => ({}), 'computed'),
  bomb(
    'minimum-bounding-geometry',
    '50 000 features of one point',
    () => ({ features: layer(repeat(50_000, () => point(1, 1))) }),
    tooLarge(/features/),
  ),
];
