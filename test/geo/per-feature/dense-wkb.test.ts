import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry } from 'geojson';
import { geometryFromWkb, WkbWriter } from '../../../geo/formats/wkb/wkb.ts';
import { alongPlane, densified, type Pieces } from '../../../geo/geodesy/densify.ts';
import { denseWkb } from '../../../geo/per-feature/dense-wkb.ts';

const pieces: Pieces = (length) => Math.max(1, Math.ceil(length / 7));
const dense = (geometry: Geometry): Geometry =>
  geometryFromWkb(denseWkb(new WkbWriter().write(geometry), pieces));

const coordinate = fc.double({ min: -50, max: 50, noNaN: true });
const position = fc.tuple(coordinate, coordinate).map(([x, y]) => [x, y]);
const line = fc.array(position, { minLength: 2, maxLength: 8 });
const lines = fc.array(line, { maxLength: 3 });
const geometries: fc.Arbitrary<Geometry> = fc.oneof(
  line.map((coordinates): Geometry => ({ type: 'LineString', coordinates })),
  lines.map((coordinates): Geometry => ({ type: 'MultiLineString', coordinates })),
  lines.map((coordinates): Geometry => ({ type: 'Polygon', coordinates })),
  fc.array(lines, { maxLength: 3 }).map((coordinates): Geometry => ({ type: 'MultiPolygon', coordinates })),
);

describe('WKB with more vertices', () => {
  it('is that of the geometry with more positions, bit for bit', () => {
    fc.assert(
      fc.property(geometries, (geometry) => {
        assert.deepEqual(dense(geometry), densified(geometry, alongPlane(pieces)));
      }),
    );
  });

  it('is empty where there is nothing, and the same where no edge is long', () => {
    for (const geometry of [
      { type: 'LineString', coordinates: [] },
      {
        type: 'MultiLineString',
        coordinates: [
          [],
          [
            [0, 0],
            [20, 0],
          ],
        ],
      },
      { type: 'Polygon', coordinates: [] },
      {
        type: 'LineString',
        coordinates: [
          [0, 0],
          [1, 1],
        ],
      },
    ] as Geometry[])
      assert.deepEqual(dense(geometry), densified(geometry, alongPlane(pieces)));
  });

  it('does not change the bytes that it was made of', () => {
    const wkb = new WkbWriter().write({
      type: 'LineString',
      coordinates: [
        [0, 0],
        [1, 1],
      ],
    });
    assert.notEqual(denseWkb(wkb, pieces).buffer, wkb.buffer);
  });
});
