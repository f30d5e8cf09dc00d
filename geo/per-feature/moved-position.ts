import type { Position } from 'geojson';
import { InvalidInput } from '../../core/shared/errors.ts';
import { transformerOf } from '../crs/crs.ts';
import type { Layer } from '../layer/layer.ts';

/**
 * Moves single positions of a layer to another CRS; unlike `layerInCrs` it cuts nothing.
 *
 * @param crs canonical name, as `crsOf` gives it.
 * @returns takes a position and the index of its feature. @throws InvalidInput for a position that has no place there
 */
export function positionMover(
  { crs: from, geometryPointer }: Layer,
  crs: string,
): (position: Position, index: number) => Position {
  if (from === crs) return (position) => position;
  const transform = transformerOf(from, crs);
  return (position, index) => {
    const moved = transform(position);
    if (moved.every(Number.isFinite)) return moved;
    throw new InvalidInput(
      geometryPointer(index),
      `has the position ${JSON.stringify(position)} in ${from}, which has no place in ${crs}.`,
    );
  };
}
