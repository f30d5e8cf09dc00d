import type { Samples } from '../../../geo/raster/raster.ts';
import { makeRaster } from '../../processes/support/raster-process.ts';
import { crsFrom } from '../../support/crs.ts';
import { type Bomb, invalid, tooLarge } from '../support/bomb.ts';

type Inputs = Readonly<Record<string, unknown>>;

const repeat = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const layer = (geometries: readonly object[], properties: (index: number) => object = () => ({ a: 1 })) => ({
  type: 'FeatureCollection',
  features: geometries.map((geometry, index) => ({
    type: 'Feature',
    properties: properties(index),
    geometry,
  })),
});
const point = (x: number, y: number) => ({ type: 'Point', coordinates: [x, y] });
const line = (...coordinates: number[][]) => ({ type: 'LineString', coordinates });
const polygon = (...ring: number[][]) => ({ type: 'Polygon', coordinates: [[...ring, ring[0]]] });
const rectangle = (west: number, south: number, east: number, north: number) =>
  polygon([west, south], [east, south], [east, north], [west, north]);

const bomb = (
  process: string,
  name: string,
  inputs: () => Inputs | Promise<Inputs>,
  answer: Bomb['answer'],
): Bomb => ({ name: `${process}: ${name}`, process, inputs, answer });

/** Points that lie together, and one that lies elsewhere. */
const withOutlier = layer([...repeat(50, (i) => point(5 + i / 1e4, 52)), point(-170, -80)]);
/** The same in metres, with one at a distance that nothing on Earth has. */
const farOff = {
  ...layer([point(0, 0), point(1, 1), point(1e15, 1e15)]),
  crs: { type: 'name', properties: { name: 'EPSG:3857' } },
};

const floats = (count: number, value: (index: number) => number): Samples =>
  Float32Array.from({ length: count }, (_, index) => value(index));
const mercator = 'EPSG:3857';

/** Sizes that depend on what the data say, and on no other input. */
export const valueBombs: readonly Bomb[] = [
  bomb(
    'heatmap',
    'an outlier and no extent',
    () => ({ features: withOutlier, radius: 0.01, resolution: 0.001 }),
    tooLarge(/pixels/),
  ),
  bomb(
    'idw-interpolation',
    'an outlier and no extent',
    () => ({ features: withOutlier, valueField: 'a', resolution: 0.001 }),
    tooLarge(/pixels/),
  ),
  bomb(
    'rasterize',
    'an outlier and no extent',
    () => ({ features: withOutlier, resolution: 0.001 }),
    tooLarge(/pixels/),
  ),
  bomb(
    'heatmap',
    'an outlier at 1e15 m',
    () => ({ features: farOff, radius: 10, resolution: 1, crs: mercator }),
    tooLarge(/pixels/),
  ),
  bomb(
    'rasterize',
    'an outlier at 1e15 m',
    () => ({ features: farOff, resolution: 1, crs: mercator }),
    tooLarge(/pixels/),
  ),
  bomb(
    'rasterize',
    'a line of 1e15 m in an extent of few pixels',
    () => ({
      features: { ...farOff, features: layer([line([-1e15, -1e15], [1e15, 1e15])]).features },
      resolution: 1,
      crs: mercator,
      allTouched: true,
      extent: { bbox: [0, 0, 100, 100], crs: mercator },
    }),
    'computed',
  ),
  bomb(
    'rasterize',
    'a polygon of 1e15 m in an extent of few pixels',
    () => ({
      features: { ...farOff, features: layer([rectangle(-1e15, -1e15, 1e15, 1e15)]).features },
      resolution: 1,
      crs: mercator,
      allTouched: true,
      extent: { bbox: [0, 0, 100, 100], crs: mercator },
    }),
    'computed',
  ),
  bomb(
    'rasterize',
    '3000 polygons over all of a large grid',
    () => ({
      features: layer(repeat(3000, () => rectangle(0, 0, 10, 10))),
      resolution: 0.001,
      merge: 'add',
    }),
    tooLarge(/about \d+ pixels/),
  ),
  bomb(
    'heatmap',
    '20 000 points of 40 000 pixels each',
    () => ({
      features: layer(repeat(20_000, (i) => point(5 + i / 1e5, 52))),
      radius: 0.1,
      resolution: 0.001,
    }),
    'computed',
  ),
  bomb(
    'idw-interpolation',
    '50 000 points of a million pixels each',
    () => ({
      features: layer(repeat(25_000, (i) => point(5 + (i % 500) / 500, 52 + i / 25_000))),
      valueField: 'a',
      resolution: 0.0005,
    }),
    tooLarge(/pairs/),
  ),
  bomb(
    'rasterize',
    'a line of 1e15 m by Bresenham in an extent of few pixels',
    () => ({
      features: {
        ...farOff,
        features: layer([line([-1e15, -1e15], [1e15, 1e15]), line([5, 5], [7, -1e15])]).features,
      },
      resolution: 1,
      crs: mercator,
      extent: { bbox: [0, 0, 100, 100], crs: mercator },
    }),
    'computed',
  ),
  bomb(
    'rasterize',
    'a steep line of 1e15 m that leaves an extent of few pixels',
    () => ({
      features: {
        ...farOff,
        features: layer([line([5, 5], [7, -1e15]), line([7, 7], [5, 1e15]), line([50, 1e15], [3, -1e15])])
          .features,
      },
      resolution: 1,
      crs: mercator,
      allTouched: true,
      extent: { bbox: [0, 0, 100, 100], crs: mercator },
    }),
    'computed',
  ),
  bomb(
    'contour',
    'one pixel of 1e30 and an interval of 1',
    async () => ({
      raster: await makeRaster([floats(256, (i) => (i === 100 ? 1e30 : i % 7))], 16, { dataType: 'float32' }),
      interval: 1,
    }),
    tooLarge(/vertices/),
  ),
  bomb(
    'contour',
    'noise of 1000 x 600 pixels at 100 levels',
    async () => ({
      raster: await makeRaster([floats(600_000, (i) => (i * 7919) % 101)], 1000, { dataType: 'float32' }),
      interval: 1,
    }),
    tooLarge(/vertices/),
  ),
  bomb(
    'contour',
    'a peak in every other pixel of 1600 x 1400',
    async () => ({
      raster: await makeRaster(
        [floats(2_240_000, (i) => ((i % 1600) % 2) * (Math.floor(i / 1600) % 2))],
        1600,
        { dataType: 'float32' },
      ),
      levels: [0.5],
    }),
    tooLarge(/lines/),
  ),
  bomb(
    'polygonize',
    'a board of 1000 x 1000 squares',
    async () => ({
      raster: await makeRaster([floats(1_000_000, (i) => ((i % 1000) + Math.floor(i / 1000)) % 2)], 1000, {
        dataType: 'float32',
      }),
    }),
    tooLarge(/polygons/),
  ),
  bomb(
    'polygonize',
    'a board of 1000 x 1000 squares that touch at corners',
    async () => ({
      raster: await makeRaster([floats(1_000_000, (i) => ((i % 1000) + Math.floor(i / 1000)) % 2)], 1000, {
        dataType: 'float32',
      }),
      connectivity: 8,
    }),
    tooLarge(/polygons/),
  ),
  bomb(
    'mosaic',
    'two pixels at 1e9 m of each other',
    async () => ({
      rasters: [
        await makeRaster([floats(4, () => 1)], 2, { dataType: 'float32' }),
        await makeRaster([floats(4, () => 1)], 2, {
          dataType: 'float32',
          transform: [1e9, 10, 0, 1e9, 0, -10],
        }),
      ],
    }),
    tooLarge(/pixels/),
  ),
  bomb(
    'mosaic',
    'two pixels at 1e300 m of each other',
    async () => ({
      rasters: [
        await makeRaster([floats(4, () => 1)], 2, { dataType: 'float32' }),
        await makeRaster([floats(4, () => 1)], 2, {
          dataType: 'float32',
          transform: [1e300, 10, 0, 1e300, 0, -10],
        }),
      ],
    }),
    tooLarge(/pixels/),
  ),
  bomb(
    'reproject-raster',
    'to where one edge is at infinity',
    async () => ({
      raster: await makeRaster([floats(256, () => 1)], 16, {
        dataType: 'float32',
        crs: crsFrom('EPSG:4326'),
        transform: [-180, 22.5, 0, 90, 0, -11.25],
      }),
      targetCrs: mercator,
    }),
    'computed',
  ),
  bomb(
    'reproject-raster',
    'to a pole from where it is a line',
    async () => ({
      raster: await makeRaster([floats(2, () => 1)], 2, {
        dataType: 'float32',
        transform: [1e7, 1, 0, 1e9, 0, -1e9],
      }),
      targetCrs: 'EPSG:3413',
      resolution: 1,
    }),
    tooLarge(/pixels/),
  ),
  bomb(
    'raster-statistics',
    'a histogram from -1e38 to 1e38',
    async () => ({
      raster: await makeRaster([floats(256, (i) => (i % 2 ? 3e38 : -3e38))], 16, { dataType: 'float32' }),
      histogramBins: 65_536,
    }),
    'computed',
  ),
  bomb(
    'zonal-statistics',
    'a zone of 1e300 on 16 x 16 pixels',
    async () => ({
      raster: await makeRaster([floats(256, () => 1)], 16, { dataType: 'float32' }),
      features: { ...layer([rectangle(-1e300, -1e300, 1e300, 1e300)]), crs: farOff.crs },
      allTouched: true,
    }),
    invalid(/numbers up to 1000000000000000/),
  ),
  bomb(
    'zonal-statistics',
    '10 000 zones of all of 4 million pixels',
    async () => ({
      raster: await makeRaster([new Uint8Array(4_000_000)], 2000, { dataType: 'uint8' }),
      features: { ...layer(repeat(10_000, () => rectangle(0, -20_000, 20_000, 0))), crs: farOff.crs },
      statistics: ['median'],
    }),
    tooLarge(/about \d+ pixels/),
  ),
  bomb(
    'clip-raster',
    'an area of 1e300',
    async () => ({
      raster: await makeRaster([floats(256, () => 1)], 16, { dataType: 'float32' }),
      features: { ...layer([rectangle(-1e300, -1e300, 1e300, 1e300)]), crs: farOff.crs },
      crop: false,
      allTouched: true,
    }),
    invalid(/numbers up to 1000000000000000/),
  ),
  bomb(
    'sample-raster',
    'a point at 1e300',
    async () => ({
      raster: await makeRaster([floats(256, () => 1)], 16, { dataType: 'float32' }),
      features: { ...layer([point(1e300, -1e300)]), crs: farOff.crs },
      interpolation: 'bilinear',
    }),
    invalid(/numbers up to 1000000000000000/),
  ),
  bomb(
    'buffer',
    'a distance of 1e300 from a property',
    () => ({
      features: layer([point(5, 52)], () => ({ a: 1e300 })),
      distance: 1,
      distanceField: 'a',
      quadrantSegments: 360,
    }),
    invalid(/reaches/),
  ),
  bomb(
    'buffer',
    'distances from a property between 1e-9 and 1e7',
    () => ({
      features: layer(
        repeat(2000, (i) =>
          line(...repeat(40, (k) => [5 + ((i * k) % 97) / 1e4, 52 + ((i + k * 7) % 89) / 1e4])),
        ),
        (i) => ({ a: 10 ** ((i % 17) - 9) }),
      ),
      distance: 1,
      distanceField: 'a',
      quadrantSegments: 360,
    }),
    invalid(/reaches/),
  ),
  bomb(
    'densify',
    'one segment of 1e15 m among short ones',
    () => ({
      features: { ...farOff, features: layer([line([0, 0], [1, 1]), line([0, 0], [1e15, 0])]).features },
      maxLength: 1,
      crs: mercator,
    }),
    tooLarge(/vertices/),
  ),
  bomb(
    'densify',
    '100 000 segments halfway round the globe, each not too long',
    () => ({
      features: layer(repeat(200, () => line(...repeat(500, (i) => [i % 2 ? 89 : -89, (i % 80) + 1])))),
      maxLength: 100,
      distanceUnit: 'kilometre',
      method: 'geodesic',
    }),
    tooLarge(/vertices/),
  ),
  bomb(
    'h3-cells',
    '2000 polygons that each cover a country',
    () => ({
      features: layer(repeat(2000, (i) => rectangle(i / 1e3, 40, 5 + i / 1e3, 45))),
      resolution: 6,
      containment: 'overlap',
    }),
    tooLarge(/cells/),
  ),
  bomb(
    'h3-bin',
    '2000 aggregates of 20 000 cells',
    () => ({
      features: layer(
        repeat(20_000, (i) => point((i % 360) - 180, ((i * 7) % 170) - 85)),
        () => ({ a: 1 }),
      ),
      resolution: 15,
      aggregates: repeat(2000, (i) => ({ field: 'a', statistic: 'mean', name: `n${i}` })),
    }),
    tooLarge(/values/),
  ),
  bomb(
    'create-grid',
    'an extent in metres with cells in degrees',
    () => ({
      extent: { bbox: [-2e7, -2e7, 2e7, 2e7], crs: mercator },
      cellSize: 0.0001,
    }),
    tooLarge(/cells/),
  ),
  bomb(
    'create-grid',
    'an extent of a pole',
    () => ({
      extent: { bbox: [-180, 89.999, 180, 90] },
      cellSize: 1,
      crs: 'EPSG:3857',
      shape: 'hexagon',
    }),
    tooLarge(/cells/),
  ),
  bomb(
    'voronoi-polygons',
    'points at 1e300 and at 1e-300',
    () => ({
      features: {
        ...layer([point(1e300, 0), point(0, 1e300), point(1e-300, 1e-300), point(-1e300, 3)]),
        crs: farOff.crs,
      },
      crs: mercator,
    }),
    invalid(/numbers up to 1000000000000000/),
  ),
  bomb(
    'delaunay-triangulation',
    'points at 1e300 and at 1e-300',
    () => ({
      features: {
        ...layer([point(1e300, 0), point(0, 1e300), point(1e-300, 1e-300), point(-1e300, 3)]),
        crs: farOff.crs,
      },
    }),
    invalid(/numbers up to 1000000000000000/),
  ),
  bomb(
    'terrain-index',
    'heights of 3e38',
    async () => ({
      raster: await makeRaster([floats(256, (i) => (i % 2 ? 3e38 : -3e38))], 16, { dataType: 'float32' }),
    }),
    'computed',
  ),
  bomb(
    'convert-raster',
    'PNG of one pixel with a transform of 1e300',
    async () => ({
      raster: await makeRaster([floats(4, () => 1)], 2, {
        dataType: 'float32',
        transform: [1e300, 1e300, 0, 1e300, 0, -1e300],
      }),
    }),
    'computed',
  ),
  bomb(
    'rasterize',
    '200 000 edges over 100 000 rows',
    () => ({
      features: layer([
        {
          type: 'Polygon',
          coordinates: [[...repeat(200_000, (i) => [i / 1e5, (i % 2) * 10]), [3, -1], [0, 0]]],
        },
      ]),
      resolution: 1e-4,
      extent: { bbox: [0, 0, 0.1, 10] },
    }),
    tooLarge(/about \d+ pixels or \d+ rows/),
  ),
  bomb(
    'summary-statistics',
    '30 000 aggregates of 20 000 features',
    () => ({
      features: layer(repeat(20_000, () => point(1, 1))),
      groupBy: [],
      aggregates: repeat(30_000, (i) => ({ field: 'a', statistic: 'mean', name: `n${i}` })),
    }),
    tooLarge(/values to look at/),
  ),
];
