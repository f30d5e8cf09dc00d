import type { RunContext } from '../../core/run/context.ts';
import { counted } from '../../core/shared/quote.ts';
import type { Layer } from '../layer/layer.ts';

/**
 * Says that edges of more than half a turn go the long way round, which is not what they mean in all software.
 *
 * @param long the features that have such edges, by their indexes
 */
export function warnOfLongEdges(
  long: readonly number[],
  { geometryPointer }: Pick<Layer, 'geometryPointer'>,
  { warn }: Pick<RunContext, 'warn'>,
): void {
  const [first] = long;
  if (first === undefined) return;
  warn(
    `${counted(long.length, 'feature has', 'features have')} edges that span more than 180 degrees of longitude. These are taken as straight lines in longitude and latitude, along the longer path. If these edges are meant to cross the antimeridian, use longitudes beyond 180 degrees, or cut the geometries there.`,
    { first: geometryPointer(first) },
  );
}
