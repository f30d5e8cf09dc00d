import type { Polygon } from 'geojson';

/** The area between four bounds, in their units; its ring goes counter-clockwise from the lower left. */
export const makeRectangle = (west: number, south: number, east: number, north: number): Polygon => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
});
