import type { Geometry } from 'geojson';
import type { RunContext } from '../../core/run/context.ts';
import { itemAt } from '../../core/shared/item-at.ts';
import { geometryFromWkb, WkbWriter } from '../formats/wkb/wkb.ts';
import { featureProgress } from '../layer/feature-progress.ts';
import { isEmptyGeometry } from '../layer/layer.ts';
import { GeometryPacker, sharedNumbers, unpackWkbs } from '../layer/packed-geometries.ts';
import { estimateVertices, splitItems } from '../parallel/parts.ts';
import { shareWork } from '../parallel/share-work.ts';
import { neighbourhoods } from './neighbourhoods.ts';
import { uniteGroups } from './unite-groups.ts';

/** Bytes of WKB that are united at once, about 40 000 vertices, unless one geometry alone has more. */
const BYTES_AT_ONCE = 640_000;

/** Union of geometries, dimension by dimension; undefined of none. See {@link unionWkbGroups}. */
export async function unionGeometries(
  geometries: readonly Geometry[],
  context: RunContext,
): Promise<Geometry | undefined> {
  const [union] = await unionGroups([geometries], context);
  return union;
}

/** Unions of groups of geometries. See {@link unionWkbGroups}. */
export function unionGroups(
  groups: readonly (readonly Geometry[])[],
  context: RunContext,
): Promise<(Geometry | undefined)[]> {
  const writer = new WkbWriter();
  const encoded = groups.map((group) =>
    withoutEmpty(group).map((geometry) => writer.write(geometry).slice()),
  );
  return unionWkbGroups(encoded, context);
}

/** Without what is empty, which GEOS would keep as a part beside those of other dimensions; where all is, as it is. */
function withoutEmpty(group: readonly Geometry[]): readonly Geometry[] {
  const parts = group.flatMap(presentParts);
  return parts.length > 0 ? parts : group;
}

function presentParts(geometry: Geometry): Geometry[] {
  if (geometry.type === 'GeometryCollection') return geometry.geometries.flatMap(presentParts);
  return isEmptyGeometry(geometry) ? [] : [geometry];
}

/**
 * Unions of groups of geometries, dimension by dimension; undefined of empty groups. Large groups are united by
 * neighbourhoods and these two by two, so that the work can be shared. The neighbourhoods depend on the
 * geometries alone, so the union does too.
 *
 * @param groups of valid geometries.
 * @throws InvalidInput when GEOS cannot work on them, LimitExceeded
 */
export async function unionWkbGroups(
  groups: readonly (readonly Uint8Array[])[],
  context: RunContext,
): Promise<(Geometry | undefined)[]> {
  const leaves = groups.map((geometries) => neighbourhoods(geometries, BYTES_AT_ONCE));
  let level = await unitedEach(leaves, false, 'Merging neighbours', context);
  while (level.some((pieces) => pieces.length > 1))
    level = await unitedEach(level.map(pairUp), true, 'Merging groups of neighbours', context);
  return level.map(([union]) => union && geometryFromWkb(union));
}

const pairUp = (pieces: readonly Uint8Array[]): Uint8Array[][] =>
  Array.from({ length: Math.ceil(pieces.length / 2) }, (_, index) => pieces.slice(index * 2, index * 2 + 2));

/**
 * Unites the members of each piece of each group.
 *
 * @param areUnions true of pairs that were united before; what has no partner is a union already.
 */
async function unitedEach(
  groups: readonly (readonly (readonly Uint8Array[])[])[],
  areUnions: boolean,
  message: string,
  context: RunContext,
): Promise<Uint8Array[][]> {
  const isDone = (members: readonly Uint8Array[]) => areUnions && members.length === 1;
  const waiting = groups.flat().filter((members) => !isDone(members));
  const packer = new GeometryPacker();
  const starts = [0];
  for (const members of waiting) {
    for (const wkb of members) packer.addWkb(wkb);
    starts.push(packer.count);
  }
  const geometries = packer.shared();
  const measurePiece = (piece: number) =>
    itemAt(geometries.offsets, itemAt(starts, piece + 1)) - itemAt(geometries.offsets, itemAt(starts, piece));
  const parts = splitItems(waiting.length, measurePiece);
  const results = await shareWork(
    uniteGroups,
    { geometries, groups: sharedNumbers(starts), starts: parts.starts, areUnions },
    {
      context,
      sizes: parts.sizes,
      vertices: estimateVertices(geometries),
      reportProgress: featureProgress(context, waiting.length, message),
    },
  );
  const unions = results.flatMap(unpackWkbs);
  let next = 0;
  return groups.map((pieces) =>
    pieces.map((members) => (isDone(members) ? itemAt(members, 0) : itemAt(unions, next++))),
  );
}
