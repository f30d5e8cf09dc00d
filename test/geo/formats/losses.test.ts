import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry, Polygon, Position } from 'geojson';
import { InvalidInput } from '../../../core/shared/errors.ts';
import { layerFormats, layerOutputFormats } from '../../../core/shared/formats.ts';
import { quote } from '../../../core/shared/quote.ts';
import { MediaType } from '../../../core/shared/uris.ts';
import { crs84 } from '../../../geo/crs/crs.ts';
import { boxesOf, orderByPlace } from '../../../geo/formats/flatgeobuf/flatgeobuf-index.ts';
import { readLayer } from '../../../geo/formats/read.ts';
import { writeLayer } from '../../../geo/formats/write.ts';
import { eachPosition, mapPositions } from '../../../geo/geometry/positions.ts';
import { wound } from '../../../geo/geometry/winding.ts';
import { isEmptyGeometry, type LayerFeature, type Properties } from '../../../geo/layer/layer.ts';
import { setProperty } from '../../../geo/layer/properties.ts';
import { starPolygons } from './arbitraries.ts';
import { bytesSource, makeRunContext } from './support.ts';

/** Whatever a layer may have comes back as it was from each format, or a warning names what does not. */

const ordinate = fc.double({ min: -80, max: 80, noNaN: true }).map((value) => value + 0);
const positions: readonly fc.Arbitrary<Position>[] = [
  fc.tuple(ordinate, ordinate),
  fc.tuple(ordinate, ordinate, ordinate),
  fc.tuple(ordinate, ordinate, ordinate, ordinate),
  // Some with heights, some without.
  fc.oneof(fc.tuple(ordinate, ordinate), fc.tuple(ordinate, ordinate, ordinate)),
];
const make = (type: string, coordinates: fc.Arbitrary<unknown>) =>
  coordinates.map((value) => ({ type, coordinates: value }) as unknown as Geometry);

const empties: readonly Geometry[] = [
  { type: 'Point', coordinates: [] },
  { type: 'LineString', coordinates: [] },
  { type: 'Polygon', coordinates: [] },
  { type: 'GeometryCollection', geometries: [] },
];

/** Geometries of one kind, as most layers have, or of several. */
const kinds: readonly fc.Arbitrary<Geometry>[] = positions.flatMap((position) => {
  const line = fc.array(position, { minLength: 2, maxLength: 4 });
  const point = make('Point', position);
  const points = make('MultiPoint', fc.array(position, { minLength: 1, maxLength: 3 }));
  const lines = make('MultiLineString', fc.array(line, { minLength: 1, maxLength: 2 }));
  const parts = fc.array(fc.oneof(point, make('LineString', line)), { minLength: 1, maxLength: 2 });
  const collection = parts.map((geometries): Geometry => ({ type: 'GeometryCollection', geometries }));
  return [
    point,
    fc.oneof(point, points),
    fc.oneof(make('LineString', line), lines),
    fc.oneof(point, lines, collection),
  ];
});
const areas = fc.oneof(
  starPolygons(),
  fc
    .tuple(starPolygons(fc.constant([-40, 0])), starPolygons(fc.constant([40, 0])))
    .map(
      (both): Geometry => ({ type: 'MultiPolygon', coordinates: both.map(({ coordinates }) => coordinates) }),
    ),
);
const geometries = [...kinds, areas].map((kind) =>
  fc.oneof({ weight: 6, arbitrary: kind }, { weight: 1, arbitrary: fc.constantFrom(null, null, ...empties) }),
);

const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    '',
    ' ',
    'x ',
    '1',
    'true',
    '007',
    '2024-02-29',
    '2024-02-29T12:00:00+02:00',
    'ä'.repeat(200),
  ),
);
const values: readonly fc.Arbitrary<unknown>[] = [
  fc.boolean(),
  fc.maxSafeInteger(),
  fc
    .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
    .filter((value) => !Number.isSafeInteger(Number(value))),
  fc.bigInt({ min: 2n ** 63n, max: 2n ** 64n - 1n }),
  fc.double(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  texts,
  fc.constantFrom('2024-02-29', '1999-12-31'),
  fc.array(fc.oneof(fc.integer(), texts, fc.double()), { maxLength: 2 }),
  fc.record({ a: fc.integer(), b: fc.option(texts) }, { noNullPrototype: true }),
];
const names = fc.oneof(
  fc.constantFrom(
    'name',
    'NAME',
    'description',
    'id',
    'fid',
    'geom',
    'geometry',
    'WKT',
    'wkt',
    '__proto__',
    '',
  ),
  fc.constantFrom(
    'a name that is long',
    'a name that is longer',
    ' a',
    'a',
    'constructor',
    'größe',
    'x\u0000y',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);
/** A column has one kind of values in most layers. */
const column = fc
  .tuple(names, fc.oneof(...values.map((each) => fc.constant(each)), fc.constant(fc.oneof(...values))))
  .map(([name, value]) => ({ name, value: fc.option(value) }));

const layers: fc.Arbitrary<LayerFeature[]> = fc
  .tuple(
    fc.uniqueArray(column, { maxLength: 4, selector: ({ name }) => name }),
    fc.oneof(...geometries.map((each) => fc.constant(each))),
    fc.constantFrom<fc.Arbitrary<string | number | undefined>>(
      fc.constant(undefined),
      fc.nat(),
      fc.oneof(fc.nat(), fc.constantFrom('x', 'y')),
    ),
  )
  .chain(([columns, geometry, id]) =>
    fc
      .array(fc.tuple(geometry, id, fc.tuple(...columns.map(({ value }) => value))), {
        minLength: 1,
        maxLength: 4,
      })
      .map((rows) =>
        rows.map(([place, key, row]): LayerFeature => {
          const properties: Properties = {};
          for (const [index, { name }] of columns.entries()) setProperty(properties, name, row[index]);
          return { type: 'Feature', ...(key === undefined ? {} : { id: key }), properties, geometry: place };
        }),
      ),
  );

/** Numbers are the same whatever holds them, and zero has no sign; what is absent is null. */
function equal(one: unknown, other: unknown): boolean {
  const [left, right] = [one ?? null, other ?? null];
  if (typeof left === 'number' && !Number.isSafeInteger(left) && typeof right === 'bigint')
    return left === Number(right);
  if (typeof left === 'number' && typeof right === 'number')
    return left === right || (Number.isNaN(left) && Number.isNaN(right));
  if (typeof left !== 'object' || left === null || typeof right !== 'object' || right === null)
    return left === right;
  const members = Object.keys(left);
  const member = (value: object, name: string) => (value as Readonly<Record<string, unknown>>)[name];
  return (
    Array.isArray(left) === Array.isArray(right) &&
    members.length === Object.keys(right).length &&
    members.every((name) => equal(member(left, name), member(right, name)))
  );
}

/** Formats that have one name for both do not tell a part from the collection of it. */
function plainGeometry(geometry: Geometry | null): unknown {
  if (!geometry) return null;
  if (geometry.type === 'GeometryCollection') {
    const parts = geometry.geometries.map(plainGeometry) as { type: string; coordinates: unknown }[];
    const [type = ''] = new Set(parts.map((part) => part.type));
    const isOne = /^(Point|LineString)$/.test(type) && parts.every((part) => part.type === type);
    const many = { type: `Multi${type}`, coordinates: parts.map(({ coordinates }) => coordinates) };
    return isOne ? plainGeometry(many as unknown as Geometry) : { type: geometry.type, parts };
  }
  const { type, coordinates } = wound(geometry) as Polygon;
  const single = type.replace(/^Multi/, '');
  return single !== type && coordinates.length === 1
    ? { type: single, coordinates: coordinates[0] }
    : { type, coordinates };
}

/** Drawings and tracks take up to this much apart: the digits that the writer tells of. */
const isNear = (one: unknown, other: unknown): boolean =>
  typeof one === 'number' && typeof other === 'number'
    ? Math.abs(one - other) <= Math.abs(one) * 1e-12 + 1e-9
    : typeof one !== 'object' || one === null || typeof other !== 'object' || other === null
      ? one === other
      : Object.keys({ ...one, ...other }).every((name) =>
          isNear(
            (one as Readonly<Record<string, unknown>>)[name],
            (other as Readonly<Record<string, unknown>>)[name],
          ),
        );

/** GDAL gives all points of a track a height, which is 0 where the file has none. */
function heightsFilled(geometry: Geometry): Geometry {
  let isHigh = false;
  eachPosition(geometry, ({ length }) => {
    isHigh ||= length > 2;
  });
  return isHigh ? mapPositions(geometry, ([x = 0, y = 0, z = 0, ...more]) => [x, y, z, ...more]) : geometry;
}

/** A FlatGeobuf has its features in the order of its index, as the guide says. */
const inOrderOf = (mediaType: string, features: readonly LayerFeature[]): LayerFeature[] =>
  mediaType === MediaType.flatgeobuf
    ? Array.from(orderByPlace(boxesOf(features)), (number) => features[number]!)
    : [...features];

/** Formats in which features may be others: those without geometry are missing, parts are features. */
const others: readonly string[] = [MediaType.gpx, MediaType.dxf];

for (const { mediaType, title } of layerOutputFormats) {
  it(`${title} holds all that a layer may have, or a warning names what it does not`, async () => {
    await fc.assert(
      fc.asyncProperty(layers, async (features) => {
        const written = await writeLayer({ features, crs: crs84 }, mediaType).catch((error: unknown) => {
          assert.ok(
            error instanceof InvalidInput && /cannot be written as (?:a Shapefile|GPX)/.test(error.message),
            String(error),
          );
        });
        if (!written) return;
        const { bytes, remarks } = written;
        const told = remarks.join('\n');
        const places = features.filter(({ geometry }) => geometry && !isEmptyGeometry(geometry));
        // Drivers that find nothing in a file do not take it for a layer.
        if ([...others, MediaType.gml].includes(mediaType) && places.length === 0)
          return assert.match(told, /left out|without geometries/);
        const read = await readLayer(bytesSource(bytes, { mediaType }), makeRunContext());
        if (others.includes(mediaType) && read.features.length !== features.length)
          return assert.match(told, /left out|Each point|entity per part|layer of their own/);
        assert.equal(read.features.length, features.length);
        for (const [index, { id, geometry, properties }] of inOrderOf(mediaType, features).entries()) {
          const back = read.features[index]!;
          const [sent, came] = [geometry, back.geometry].map((one) =>
            plainGeometry(mediaType === MediaType.gpx && one ? heightsFilled(one) : one),
          );
          if (/rounded to 13/.test(told) ? !isNear(sent, came) : !equal(sent, came))
            assert.match(
              told,
              /M values|Z value|empty geometr|MultiPoint|entity per part/,
              JSON.stringify([geometry, back.geometry]),
            );
          for (const name of Object.keys(properties)) {
            const value = Object.hasOwn(back.properties, name) ? back.properties[name] : undefined;
            if (!equal(properties[name], value))
              assert.ok(
                told.includes(quote(name)) || told.includes(`"${name}"`),
                `${quote(name)}: ${quote(properties[name])} is ${quote(value)}; ${told}`,
              );
          }
          const carried = [back.id, back.properties['id']];
          if (id !== undefined && !carried.some((one) => equal(one, id)))
            assert.match(told, /ids of|"id"/, `${id} is ${quote(carried)}`);
        }
      }),
      { numRuns: 300 },
    );
  });
}

describe('what is told of a layer that loses nothing', () => {
  it('is nothing', async () => {
    const properties = { name: 'a', count: 2, big: 9007199254740993n, value: 1.5, flag: true };
    const features: LayerFeature[] = [
      { type: 'Feature', properties, geometry: { type: 'Point', coordinates: [5, 52, 1] } },
    ];
    for (const { mediaType } of layerFormats)
      assert.deepEqual((await writeLayer({ features, crs: crs84 }, mediaType)).remarks, [], mediaType);
  });
});
