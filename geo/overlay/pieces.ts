import type { WorkingPlane } from '../geodesy/working-planes.ts';
import type { Bounds } from '../geometry/bounds.ts';
import { countVertices } from '../geometry/positions.ts';
import { readDimension, vertexCount } from '../geos/geometry-types.ts';
import type { GeosScope, Handle } from '../geos/geos.ts';
import { packResult } from '../geos/results.ts';
import type { GeometryPacker } from '../layer/packed-geometries.ts';
import { collectGeometries, type Dimension, ofDimension } from './dimension.ts';
import type { Operand } from './operand.ts';

/** What an operation leaves of an operand: all of it, or what of its result has the dimension that counts. */
export type Piece = { readonly whole: Operand } | { readonly result: Handle; readonly dimension: Dimension };

/**
 * Packs the pieces of one feature as one geometry in the CRS of the layer, parts of other dimensions left out.
 *
 * @param within bounds around all of them.
 * @returns its number of vertices; undefined where nothing is left.
 */
export function writePieces(
  pieces: readonly Piece[],
  within: Bounds,
  plane: WorkingPlane,
  scope: GeosScope,
  packer: GeometryPacker,
): number | undefined {
  const [first] = pieces;
  if (!first) return undefined;
  const simple = pieces.length === 1 && 'result' in first && plane.keeps(within) ? first : undefined;
  const dimension = simple && readDimension(scope.geos, simple.result);
  if (!simple || dimension === undefined) return writeParts(pieces, plane, scope, packer);
  const { result, dimension: wanted } = simple;
  // Where boundaries only touch, the result has a smaller dimension.
  if (dimension !== wanted || scope.isEmpty(result)) return undefined;
  packResult(scope.geos, result, packer);
  return vertexCount(scope.geos, result);
}

/** The same where parts are to be chosen or moved. */
function writeParts(
  pieces: readonly Piece[],
  plane: WorkingPlane,
  scope: GeosScope,
  packer: GeometryPacker,
): number | undefined {
  const geometries = pieces.flatMap((piece) =>
    'whole' in piece
      ? [piece.whole.geometry]
      : (ofDimension(scope.geometry(piece.result), piece.dimension) ?? []),
  );
  const geometry = collectGeometries(geometries);
  if (!geometry) return undefined;
  const moved = plane.back(geometry);
  packer.add(moved);
  return countVertices(moved);
}
