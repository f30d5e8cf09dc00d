import type { Crs } from './crs.ts';
import type { Definition } from './definition.ts';
import { definitionsBetween } from './definitions.ts';
import type { Move } from './moves.ts';
import { moveBetween, type Transform, transformBetween } from './transformer.ts';

/**
 * The transformation of positions from one CRS to another; heights are kept. Positions that have no place in the
 * target come back with coordinates that are not finite.
 */
export const transformerOf = (from: Crs, to: Crs): Transform => transformBetween(...definitionsFor(from, to));

/** The same for many places, each moved where it stands; undefined where the coordinates are the same in both. */
export const moveOf = (from: Crs, to: Crs): Move | undefined => moveBetween(...definitionsFor(from, to));

/** True when edges across the antimeridian run on in one CRS and are torn in the other. */
export const tearsEdges = (from: Crs, to: Crs): boolean => to.isGeographic && !from.isGeographic;

function definitionsFor(from: Crs, to: Crs): readonly [from: Definition, to: Definition] {
  const definitions = definitionsBetween(codeOf(from), codeOf(to));
  if (!definitions) throw new Error(`Not two CRSs that can be computed: ${from.name}, ${to.name}`);
  return definitions;
}

/** WGS 84 stands for CRS84, as coordinates are longitude first anyway. */
const codeOf = ({ identifier }: Crs): number =>
  identifier?.authority === 'OGC' ? 4326 : Number(identifier?.code);
