import { type Crs, sameCrs } from './crs.ts';
import type { Definition } from './definition.ts';
import { type Computable, definitionsBetween, findComputable } from './definitions.ts';
import type { Move } from './moves.ts';
import { moveBetween, type Transform, transformBetween } from './transformer.ts';

/**
 * The transformation of positions from one CRS to another; heights are kept. Positions that have no place in the
 * target come back with coordinates that are not finite.
 */
export const transformBetweenCrs = (from: Crs, to: Crs): Transform =>
  transformBetween(...definitionsFor(from, to));

/** The same for many places, each moved where it stands; undefined where the coordinates are the same in both. */
export const moveBetweenCrs = (from: Crs, to: Crs): Move | undefined =>
  moveBetween(...definitionsFor(from, to));

/** True when edges across the antimeridian run on in one CRS and are torn in the other. */
export const tearsEdges = (from: Crs, to: Crs): boolean => to.isGeographic && !from.isGeographic;

function definitionsFor(from: Crs, to: Crs): readonly [from: Definition, to: Definition] {
  const source = computableFor(from);
  return sameCrs(from, to)
    ? [source.definition, source.definition]
    : definitionsBetween(source, computableFor(to));
}

/** What positions in a CRS are computed with. @throws Error where they are not */
export function computableFor({ identifier, computable, name }: Crs): Computable {
  // WGS 84 stands for CRS84, as coordinates are longitude first anyway.
  const code = identifier?.authority === 'OGC' ? 4326 : Number(identifier?.code);
  const found = computable ?? findComputable(code);
  if (!found) throw new Error(`Not a CRS that can be computed: ${name}`);
  return found;
}
