import fc from 'fast-check';
import type { Geometry, Polygon, Position } from 'geojson';
import { MediaType } from '../../../core/shared/uris.ts';
import { wound } from '../../../geo/geometry/winding.ts';
import { geometries, properties, starPolygons } from './arbitraries.ts';

/** What each format can carry of a layer, for tests that send layers through files. */
export interface Carrier {
  /** Geometries of one layer that the format holds. */
  readonly geometries: readonly fc.Arbitrary<Geometry>[];
  readonly properties: fc.Arbitrary<Record<string, unknown>>;
  /** A geometry as it comes back. */
  readonly geometry: (geometry: Geometry) => Geometry;
  /** A value, not null, as it comes back. */
  readonly value: (value: unknown) => unknown;
  /** Values of several types in one property as they come back; by default each as it is. */
  readonly mixed: (value: unknown) => unknown;
}

const same = <T>(value: T): T => value;
const text = (value: unknown) =>
  value === null || typeof value === 'string' ? value : JSON.stringify(value);
const objectAsText = (value: unknown) => (typeof value === 'object' ? text(value) : value);

const all: Carrier = { geometries: [geometries], properties, geometry: same, value: same, mixed: same };

/** MultiGeometry stands for collections and for Multi geometries: parts of one simple type become the latter. */
function gathered(geometry: Geometry): Geometry {
  if (geometry.type !== 'GeometryCollection') return geometry;
  const [type = ''] = new Set(geometry.geometries.map((part) => part.type));
  if (!/^(Point|LineString|Polygon)$/.test(type) || geometry.geometries.some((part) => part.type !== type))
    return geometry;
  const coordinates = geometry.geometries.map((part) => (part as Polygon).coordinates);
  return { type: `Multi${type}`, coordinates } as unknown as Geometry;
}

const ordinate = fc.double({ min: -80, max: 80, noNaN: true }).map((value) => value + 0);
const flat: fc.Arbitrary<Position> = fc.tuple(ordinate, ordinate);
const tall: fc.Arbitrary<Position> = fc.tuple(ordinate, ordinate, ordinate);
const line = (position: fc.Arbitrary<Position>) => fc.array(position, { minLength: 2, maxLength: 5 });
const geometry = (type: string, coordinates: fc.Arbitrary<unknown>) =>
  coordinates.map((value) => ({ type, coordinates: value }) as unknown as Geometry);

/** A polygon with a hole of half its size, in the directions of RFC 7946. */
const holed = (centre: readonly [number, number]): fc.Arbitrary<Position[][]> =>
  starPolygons(fc.constant(centre)).map(({ coordinates: [ring = []] }) => {
    const middle = ring.map(([x = 0, y = 0]) => [(x + centre[0]) / 2, (y + centre[1]) / 2]);
    return [ring, middle.toReversed()];
  });

const shapes = [
  ...[flat, tall].flatMap((position) => [
    geometry('Point', position),
    geometry('MultiPoint', fc.array(position, { minLength: 1, maxLength: 4 })),
    fc.oneof(
      geometry('LineString', line(position)),
      geometry('MultiLineString', fc.array(line(position), { minLength: 2, maxLength: 3 })),
    ),
  ]),
  fc.oneof(
    starPolygons(),
    geometry('Polygon', holed([5, 5])),
    geometry('MultiPolygon', fc.tuple(holed([-40, 0]), holed([0, 0]), holed([40, 0]))),
  ),
];

/** Fields are padded with spaces, so that empty texts and spaces at both ends are lost. */
const shortProperties = fc.record(
  {
    name: fc.option(fc.string({ unit: 'grapheme', maxLength: 5 }).map((value) => `.${value}.`)),
    count: fc.option(fc.maxSafeInteger().map((value) => value + 0)),
    value: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)),
    flag: fc.option(fc.boolean()),
    day: fc.option(
      fc
        .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
        .map((day) => day.toISOString().slice(0, 10)),
    ),
    tags: fc.option(fc.array(fc.string({ maxLength: 5 }), { maxLength: 3 })),
  },
  { requiredKeys: [], noNullPrototype: true },
);

const others: Readonly<Record<string, Carrier>> = {
  [MediaType.geojson]: { ...all, geometry: wound },
  [MediaType.geojsonSequence]: { ...all, geometry: wound },
  [MediaType.jsonFg]: { ...all, geometry: wound },
  [MediaType.csv]: { ...all, value: objectAsText, mixed: text },
  [MediaType.kml]: { ...all, geometry: (one) => wound(gathered(one)), value: objectAsText, mixed: text },
  [MediaType.shapefile]: {
    geometries: shapes,
    properties: shortProperties,
    geometry: same,
    value: objectAsText,
    mixed: text,
  },
};

export const chooseCarrier = (mediaType: string): Carrier => others[mediaType] ?? all;
