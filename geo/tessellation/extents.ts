import type { Position } from 'geojson';
import type { Bounds } from '../geometry/bounds.ts';

/** Share of the longer side by which bounds are grown. */
const MARGIN = 0.1;

/** Bounds, larger on all sides by a tenth of the longer one. */
export function grown([xmin, ymin, xmax, ymax]: Bounds): Bounds {
  const margin = MARGIN * Math.max(xmax - xmin, ymax - ymin);
  return [xmin - margin, ymin - margin, xmax + margin, ymax + margin];
}

/**
 * The same for longitudes and latitudes, but not beyond the poles, nor beyond the antimeridian where the bounds
 * themselves are not: what lies there would come a second time.
 */
export function grownOnGlobe(bounds: Bounds): Bounds {
  const [xmin, ymin, xmax, ymax] = grown(bounds);
  return [
    bounds[0] < -180 ? xmin : Math.max(xmin, -180),
    Math.max(ymin, -90),
    bounds[2] > 180 ? xmax : Math.min(xmax, 180),
    Math.min(ymax, 90),
  ];
}

/**
 * Gives geographic positions their place in bounds that run on beyond 180 or -180: the longitude nearest to the middle. In
 * other bounds they stay where they are.
 */
export function turnedInto([xmin, , xmax]: Bounds): (position: Position) => Position {
  if (xmin >= -180 && xmax <= 180) return (position) => position;
  const middle = (xmin + xmax) / 2;
  return (position) => {
    const [x = 0, ...rest] = position;
    return Math.abs(x - middle) <= 180 ? position : [x + 360 * Math.round((middle - x) / 360), ...rest];
  };
}
