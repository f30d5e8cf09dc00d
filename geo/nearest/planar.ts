import type { HeldLayer } from '../overlay/held-layer.ts';
import type { Operand } from '../overlay/operand.ts';
import type { Distances, Neighbourhood } from './k-nearest.ts';

/**
 * The overlay as seen from a feature in the same plane; distances are in units of the plane.
 *
 * @throws Error
 */
export function planarNeighbourhood(operand: Operand, overlay: HeldLayer): Neighbourhood {
  const [xmin, ymin, xmax, ymax] = operand.bounds;
  const known: Distances = new Map();
  const measured = (position: number): number => {
    const before = known.get(position);
    if (before !== undefined) return before;
    const other = overlay.operand(position);
    if (!other) throw new Error(`The overlay has no geometry at ${position}`);
    const distance = operand.distanceTo(other);
    known.set(position, distance);
    return distance;
  };
  return {
    seeds: (count) => {
      for (const position of overlay.index.neighbours((xmin + xmax) / 2, (ymin + ymax) / 2, count))
        measured(position);
      return known;
    },
    within: async (distance, _count, breathe) => {
      const margin = distance * (1 + 1e-9);
      for (const position of overlay.near([xmin - margin, ymin - margin, xmax + margin, ymax + margin])) {
        // Waiting for nothing would take longer than the distance.
        const breath = breathe();
        if (breath) await breath;
        measured(position);
      }
      return known;
    },
  };
}
