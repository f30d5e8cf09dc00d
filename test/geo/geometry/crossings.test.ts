import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Geometry } from 'geojson';
import { WkbWriter } from '../../../geo/formats/wkb/wkb.ts';
import { listWkbSegments } from '../../../geo/formats/wkb/wkb-segments.ts';
import { estimateCrossings } from '../../../geo/geometry/crossings.ts';
import { offsetCurve } from '../../../geo/geometry/offset-curve.ts';

const listSegments = (geometries: Geometry[], least?: number) =>
  listWkbSegments(new WkbWriter().write({ type: 'GeometryCollection', geometries }), least);

/** Parallel lines of length 1 over the unit square. */
const hatch = (count: number, upright: boolean) => ({
  type: 'MultiLineString' as const,
  coordinates: Array.from({ length: count }, (_, index) => {
    const along = (index + 0.5) / count;
    return upright
      ? [
          [along, 0],
          [along, 1],
        ]
      : [
          [0, along],
          [1, along],
        ];
  }),
});

describe('crossings', () => {
  test('of few segments are counted, those of one layer once', () => {
    const [upright, level] = [listSegments([hatch(20, true)]), listSegments([hatch(30, false)])];
    assert.equal(estimateCrossings(upright, level), 600);
    assert.equal(estimateCrossings(listSegments([hatch(20, true), hatch(30, false)])), 600);
  });

  test('of many are estimated from a sample', () => {
    const found = estimateCrossings(listSegments([hatch(4000, true)]), listSegments([hatch(5000, false)]));
    assert.equal(found, 20_000_000);
    const alone = estimateCrossings(listSegments([hatch(4000, true), hatch(4000, false)]));
    assert.ok(Math.abs(alone / 16_000_000 - 1) < 0.1, `${alone}`);
  });

  test('are none where segments share ends, touch, or lie on each other', () => {
    const square = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
      [0, 0],
    ];
    const polygon = { type: 'Polygon' as const, coordinates: [square] };
    const touching = {
      type: 'LineString' as const,
      coordinates: [
        [0.5, 0],
        [0.5, -1],
      ],
    };
    assert.equal(estimateCrossings(listSegments([polygon, polygon, touching])), 0);
    assert.equal(estimateCrossings(listSegments([{ type: 'Point', coordinates: [1, 2] }])), 0);
  });

  test('of the curve around a comb grow with the square of its teeth, around a straight line there are few', () => {
    const comb = (teeth: number) => ({
      type: 'LineString' as const,
      coordinates: Array.from({ length: teeth * 2 }, (_, index) => [
        Math.floor(index / 2) / teeth,
        (index + Math.floor(index / 2)) % 2,
      ]),
    });
    const crossings = (teeth: number) => estimateCrossings(offsetCurve(listSegments([comb(teeth)]), 1));
    assert.ok(crossings(200) > 10 * crossings(50));
    const straight = {
      type: 'LineString' as const,
      coordinates: Array.from({ length: 100 }, (_, i) => [i, 0]),
    };
    assert.ok(estimateCrossings(offsetCurve(listSegments([straight], 0.5), 1)) < 100 * 20);
  });
});
