import type { RunContext } from '../../core/run/context.ts';
import { itemAt } from '../../core/shared/item-at.ts';
import { lengthening } from '../geodesy/split-edges.ts';
import { geometryAt, type PackedGeometries, packedCount } from '../layer/packed-geometries.ts';

/** Share of the distance, less than that by which arcs are off, that edges of a buffer may be off; never less than a metre. */
const EDGES_OFF = 1e-3;

/** Metres by which edges may be off, for a buffer of a distance in metres. */
export const edgesOff = (metres: number): number => Math.max(1, EDGES_OFF * Math.abs(metres));

/**
 * How many times as long pieces of long edges have to be, which follow those of the map in planes about features; 1 where they need
 * not be longer.
 *
 * @param metres distances of the buffers
 */
export function lengthenEdges(
  geometries: PackedGeometries,
  metres: readonly number[],
  { warn }: Pick<RunContext, 'warn'>,
): number {
  const longer = lengthening(each(geometries), (index) => edgesOff(itemAt(metres, index)));
  if (longer > 1) {
    const most = metres.reduce((known, distance) => Math.max(known, edgesOff(distance)), 0);
    warn(
      `The layer has too many long edges to follow all of them closely: buffers may be off by up to ${Math.ceil(most * longer ** 2)} metres. For exact buffers, send the layer in parts.`,
    );
  }
  return longer;
}

function* each(geometries: PackedGeometries) {
  for (let index = 0; index < packedCount(geometries); index++) yield geometryAt(geometries, index);
}
