import type { Position } from 'geojson';
import { InvalidInput } from '../../core/shared/errors.ts';
import { type Crs, sameCrs } from '../crs/crs.ts';
import { transformBetweenCrs } from '../crs/transformation.ts';
import type { Layer } from '../layer/layer.ts';

/**
 * Moves single positions of a layer to another CRS; unlike `layerInCrs` it cuts nothing.
 *
 * @returns takes a position and the index of its feature. @throws InvalidInput for a position that has no place there
 */
export function positionMover(
  { crs: from, geometryPointer }: Layer,
  crs: Crs,
): (position: Position, index: number) => Position {
  if (sameCrs(from, crs)) return (position) => position;
  const transform = transformBetweenCrs(from, crs);
  return (position, index) => {
    const moved = transform(position);
    if (moved.every(Number.isFinite)) return moved;
    throw new InvalidInput(
      geometryPointer(index),
      `has the position ${JSON.stringify(position)} in ${from.name}, which cannot be transformed to ${crs.name}.`,
    );
  };
}
