import type { Geometry } from 'geojson';
import type { RunContext } from '../../core/run/context.ts';
import { ClassLimitExceeded } from '../../core/shared/errors.ts';

/** How many vertices buffers may have for each that a process takes. */
const FACTOR = 4;

/**
 * Refuses buffers of points that would have more vertices than a result may, before they are computed: each is a circle of
 * four times as many segments as a quadrant has.
 *
 * @throws LimitExceeded
 */
export function checkBufferSize(
  geometries: Iterable<Geometry | null>,
  quadrantSegments: number,
  { limits }: Pick<RunContext, 'limits'>,
): void {
  const most = FACTOR * (limits.vertices ?? Infinity);
  const circle = 4 * quadrantSegments + 1;
  let vertices = 0;
  for (const geometry of geometries) {
    if (geometry?.type === 'Point') vertices += circle;
    else if (geometry?.type === 'MultiPoint') vertices += circle * geometry.coordinates.length;
  }
  if (vertices <= most) return;
  throw new ClassLimitExceeded(
    '/inputs/quadrantSegments',
    `The circles around the points would have ${vertices} vertices; up to ${most} can be computed. Give fewer segments per quadrant, or send the layer in parts.`,
  );
}
