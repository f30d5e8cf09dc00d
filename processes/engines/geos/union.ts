import type { Geometry } from 'geojson';
import type { RunContext } from '../../../core/processes/declaration.ts';
import { boundsOf, countVertices } from '../layers/layer.ts';
import type { Geos } from './geos.ts';

/** Vertices that one call of GEOS unites at most, unless one geometry alone has more; a call takes about a second. */
const VERTICES_PER_CALL = 100_000;

/**
 * Union of geometries, dimension by dimension; undefined of none. Small sets are one call of GEOS. Large ones
 * are united by neighbourhood, so that the work can be dismissed in between.
 *
 * @param geometries valid ones.
 */
export async function unionOf(
  geometries: readonly Geometry[],
  geos: Geos,
  context: RunContext,
): Promise<Geometry | undefined> {
  let level = chunksOf(geometries);
  if (level.length > 1) level = chunksOf(inNeighbourhoods(geometries));
  while (level.length > 1) {
    const united: Geometry[] = [];
    for (const [index, chunk] of level.entries()) {
      await context.progress(index, level.length, 'Uniting neighbours');
      united.push(unite(chunk, geos));
    }
    const next = chunksOf(united);
    // Where uniting no longer makes anything smaller, pairs do until one is left.
    level = next.length < level.length ? next : pairsOf(united);
  }
  const last = level[0];
  return last && unite(last, geos);
}

const unite = (geometries: readonly Geometry[], geos: Geos): Geometry =>
  geos.scope((scope) =>
    scope.geometry(scope.unaryUnion(scope.read({ type: 'GeometryCollection', geometries: [...geometries] }))),
  );

function chunksOf(geometries: readonly Geometry[]): Geometry[][] {
  const chunks: Geometry[][] = [];
  let vertices = Infinity;
  for (const geometry of geometries) {
    const count = countVertices(geometry);
    if (vertices + count > VERTICES_PER_CALL) {
      chunks.push([]);
      vertices = 0;
    }
    chunks.at(-1)!.push(geometry);
    vertices += count;
  }
  return chunks;
}

const pairsOf = (geometries: readonly Geometry[]): Geometry[][] =>
  Array.from({ length: Math.ceil(geometries.length / 2) }, (_, index) =>
    geometries.slice(index * 2, index * 2 + 2),
  );

/** Sorted along a Z-order curve of their centres; equal places keep their order. */
function inNeighbourhoods(geometries: readonly Geometry[]): Geometry[] {
  const [xmin, ymin, xmax, ymax] = boundsOf(geometries) ?? [0, 0, 0, 0];
  const cell = (value: number, least: number, most: number) =>
    most > least ? Math.min(0xffff, Math.floor(((value - least) / (most - least)) * 0x10000)) : 0;
  return geometries
    .map((geometry) => {
      const [west, south, east, north] = boundsOf([geometry]) ?? [xmin, ymin, xmin, ymin];
      const x = cell((west + east) / 2, xmin, xmax);
      const y = cell((south + north) / 2, ymin, ymax);
      return { geometry, key: spread(x) + spread(y) * 2 };
    })
    .sort((one, other) => one.key - other.key)
    .map(({ geometry }) => geometry);
}

/** Puts a zero between the 16 bits of a number. */
function spread(value: number): number {
  let bits = value;
  bits = (bits | (bits << 8)) & 0x00ff00ff;
  bits = (bits | (bits << 4)) & 0x0f0f0f0f;
  bits = (bits | (bits << 2)) & 0x33333333;
  bits = (bits | (bits << 1)) & 0x55555555;
  return bits;
}
