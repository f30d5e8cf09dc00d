import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry, Position } from 'geojson';
import { WkbWriter } from '../../../geo/formats/wkb/wkb.ts';
import { GeometryChecker } from '../../../geo/layer/geometry-faults.ts';
import { lazyGeometry } from '../../../geo/layer/packed-geometries.ts';
import { crsFrom } from '../../support/crs.ts';

/** Mostly sound, sometimes not a number, beyond the poles, beyond a turn or beyond all limits. */
const coordinate = fc.oneof(
  { weight: 60, arbitrary: fc.integer({ min: -80, max: 80 }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, 90, 90 + 1e-12, 100, 180, 200, 1e16) },
);
const line = (least: number) =>
  fc
    .array(fc.tuple(coordinate, coordinate), { minLength: least, maxLength: 8 })
    .map((all): Position[] => all);
const lines = fc.oneof({ weight: 9, arbitrary: line(2) }, { weight: 1, arbitrary: line(0) });
const ring = fc
  .tuple(
    fc.oneof({ weight: 9, arbitrary: line(3) }, { weight: 1, arbitrary: line(0) }),
    fc.integer({ max: 9, min: 0 }),
  )
  .map(([positions, open]) => (open === 0 ? positions : [...positions, ...positions.slice(0, 1)]));
const some = <T>(items: fc.Arbitrary<T>) => fc.array(items, { maxLength: 3 });
const geometry = fc.oneof(
  lines.map((coordinates): Geometry => ({ type: 'LineString', coordinates })),
  some(lines).map((coordinates): Geometry => ({ type: 'MultiLineString', coordinates })),
  some(ring).map((coordinates): Geometry => ({ type: 'Polygon', coordinates })),
  some(some(ring)).map((coordinates): Geometry => ({ type: 'MultiPolygon', coordinates })),
);

describe('geometries that are kept as WKB', () => {
  for (const name of ['EPSG:32631', 'EPSG:4326', 'EPSG:4807'])
    it(`are checked as those with coordinates are: ${name}`, () => {
      const crs = crsFrom(name);
      const check = (value: Geometry) => {
        const checker = new GeometryChecker({ crs, lenient: true });
        const found = checker.check(value, '/geometry', 0);
        const { faults, vertices, degenerate, mayCross, beyondDegrees } = checker;
        // Faults end the work, and what is left of the geometry is of no use then.
        const geometry = faults.length > 0 ? undefined : JSON.parse(JSON.stringify(found));
        return { faults, vertices, degenerate, mayCross, beyondDegrees, geometry };
      };
      fc.assert(
        fc.property(geometry, (value) => {
          const lazy = lazyGeometry(new WkbWriter().write(value).slice());
          assert.deepEqual(check(lazy), check(value));
        }),
        { numRuns: 500 },
      );
    });

  it('have no members but those of GeoJSON', () => {
    const coordinates = [
      [0, 0],
      [1, 1],
    ];
    const lazy = lazyGeometry(new WkbWriter().write({ type: 'LineString', coordinates }).slice());
    assert.deepEqual(
      { ...lazy, coordinates: lazy.type === 'LineString' ? lazy.coordinates : [] },
      {
        type: 'LineString',
        coordinates,
      },
    );
  });
});
