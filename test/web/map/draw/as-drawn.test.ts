import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Geometry, Position } from 'geojson';
import { asDrawn } from '../../../../web/map/draw/as-drawn.ts';

const drawn = (geometry: Geometry): Geometry | undefined =>
  asDrawn({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry }] })
    .features[0]?.geometry;
const rectangle = (west: number, east: number): Position[] => [
  [west, -10],
  [east, -10],
  [east, 10],
  [west, 10],
  [west, -10],
];

describe('what is drawn', () => {
  test('has vertices on edges that would be read as crossing the antimeridian', () => {
    assert.deepEqual(drawn({ type: 'Polygon', coordinates: [rectangle(-150, 150)] }), {
      type: 'Polygon',
      coordinates: [
        [
          [-150, -10],
          [0, -10],
          [150, -10],
          [150, 10],
          [0, 10],
          [-150, 10],
          [-150, -10],
        ],
      ],
    });
    assert.deepEqual(
      drawn({
        type: 'LineString',
        coordinates: [
          [-179, 0],
          [179, 3],
        ],
      }),
      {
        type: 'LineString',
        coordinates: [
          [-179, 0],
          [-179 + 358 / 2, 1.5],
          [179, 3],
        ],
      },
    );
  });

  test('is left as it is otherwise', () => {
    const area: Geometry = { type: 'Polygon', coordinates: [rectangle(-80, 80)] };
    assert.deepEqual(drawn(area), area);
    assert.deepEqual(drawn({ type: 'Point', coordinates: [5, 52] }), { type: 'Point', coordinates: [5, 52] });
  });
});
