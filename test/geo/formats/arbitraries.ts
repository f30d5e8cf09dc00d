import fc from 'fast-check';
import type { Geometry, Polygon, Position } from 'geojson';

/** Arbitrary features for property tests; everything is structurally right, not necessarily valid. */
const longitude = fc.double({ min: -180, max: 180, noNaN: true }).map((value) => value + 0);
const latitude = fc.double({ min: -90, max: 90, noNaN: true }).map((value) => value + 0);
const height = fc.integer({ min: -100, max: 9000 });

const flat: fc.Arbitrary<Position> = fc.tuple(longitude, latitude);
const tall: fc.Arbitrary<Position> = fc.tuple(longitude, latitude, height);

const simple = (position: fc.Arbitrary<Position>): fc.Arbitrary<Geometry> => {
  const line = fc.array(position, { minLength: 2, maxLength: 5 });
  const ring = fc
    .array(position, { minLength: 3, maxLength: 6 })
    .map((positions): Position[] => [...positions, positions[0]!]);
  const polygon = fc.array(ring, { minLength: 1, maxLength: 3 });
  const of = <T>(type: Geometry['type'], coordinates: fc.Arbitrary<T>) =>
    coordinates.map((value) => ({ type, coordinates: value }) as unknown as Geometry);
  return fc.oneof(
    of('Point', position),
    of('MultiPoint', fc.array(position, { minLength: 1, maxLength: 4 })),
    of('LineString', line),
    of('MultiLineString', fc.array(line, { minLength: 1, maxLength: 3 })),
    of('Polygon', polygon),
    of('MultiPolygon', fc.array(polygon, { minLength: 1, maxLength: 3 })),
  );
};

const single = fc.oneof(simple(flat), simple(tall));

export const geometries: fc.Arbitrary<Geometry> = fc.oneof(
  { weight: 4, arbitrary: single },
  {
    weight: 1,
    arbitrary: fc
      .oneof(
        fc.array(simple(flat), { minLength: 1, maxLength: 3 }),
        fc.array(simple(tall), { minLength: 1, maxLength: 3 }),
      )
      .map((parts): Geometry => ({ type: 'GeometryCollection', geometries: parts })),
  },
);

/** Each name has one type of value, as in most data. */
export const properties: fc.Arbitrary<Record<string, unknown>> = fc.record(
  {
    name: fc.option(fc.string({ unit: 'grapheme' })),
    count: fc.option(fc.maxSafeInteger().map((value) => value + 0)),
    value: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)),
    flag: fc.option(fc.boolean()),
    tags: fc.option(fc.array(fc.string())),
    details: fc.option(fc.record({ a: fc.integer(), b: fc.option(fc.string()) }, { noNullPrototype: true })),
  },
  { requiredKeys: [], noNullPrototype: true },
);

/**
 * Valid polygons around a centre: one vertex per direction, so that rings never cross themselves.
 * @param centre default: somewhere within 10 of the origin; radii are 1 to 10.
 */
export const starPolygons = (
  centre: fc.Arbitrary<readonly [number, number]> = fc.tuple(
    fc.double({ min: -10, max: 10, noNaN: true }),
    fc.double({ min: -10, max: 10, noNaN: true }),
  ),
): fc.Arbitrary<Polygon> =>
  fc
    .tuple(centre, fc.array(fc.double({ min: 1, max: 10, noNaN: true }), { minLength: 3, maxLength: 12 }))
    .map(([[x, y], radii]) => {
      const ring = radii.map((radius, index): Position => {
        const angle = (2 * Math.PI * index) / radii.length;
        return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
      });
      return { type: 'Polygon', coordinates: [[...ring, ring[0]!]] };
    });
