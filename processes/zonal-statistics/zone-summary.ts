import { deserialize, serialize } from 'node:v8';
import type { Source } from '../../core/run/context.ts';
import type { Samples } from '../../geo/raster/raster.ts';
import {
  joinMoments,
  type Moments,
  meanFrom,
  momentsOf,
  noMoments,
  sumFrom,
  varianceFrom,
} from '../../geo/statistics/moments.ts';
import type { Statistic } from '../../geo/statistics/statistics.ts';
import {
  checkTables,
  joinTables,
  medianFrom,
  tabulate,
  type ValueTable,
} from '../../geo/statistics/value-table.ts';

/** What the statistics of a zone are computed from; that of its parts, joined from above to below, is that of all of it. */
export interface ZoneSummary {
  readonly moments: Moments;
  /** The uppermost, leftmost value. */
  readonly first?: number;
  /** Only where a statistic needs it. */
  readonly table?: ValueTable;
}

export const noPixels: ZoneSummary = { moments: noMoments };

/** Whether some of the pixels of a zone are infinite. */
export const hasInfinite = ({ moments, first }: ZoneSummary): boolean =>
  first !== undefined && !(Number.isFinite(moments.min) && Number.isFinite(moments.max));

/** Whether statistics need the distinct values of a zone. */
export const needsTable = (statistics: readonly Statistic[]): boolean =>
  statistics.includes('median') || statistics.includes('unique');

/** @param values of the pixels of a zone, row by row */
export function summariseZone(values: Samples, withTable: boolean): ZoneSummary {
  const [first] = values;
  if (first === undefined) return noPixels;
  return { moments: momentsOf(values), first, ...(withTable && { table: tabulate(values) }) };
}

/** @param below of rows below those of the other one */
function joinSummaries(above: ZoneSummary, below: ZoneSummary): ZoneSummary {
  if (above.first === undefined) return below;
  if (below.first === undefined) return above;
  return {
    moments: joinMoments(above.moments, below.moments),
    first: above.first,
    ...(above.table && below.table && { table: joinTables(above.table, below.table) }),
  };
}

/**
 * What a part has found of the zones that it has pixels of, on its way to where all are merged.
 *
 * @throws LimitExceeded where that is too much
 */
export function packZones(zones: readonly ZoneSummary[]): Uint8Array {
  checkDistinct(zones);
  return serialize([...zones.entries()].filter(([, { first }]) => first !== undefined));
}

/**
 * The zones of a raster of what its parts have found.
 *
 * @param parts from above to below
 * @throws LimitExceeded where that is too much
 */
export async function mergeZones(
  parts: readonly Pick<Source, 'bytes'>[],
  count: number,
): Promise<ZoneSummary[]> {
  const zones = Array.from({ length: count }, () => noPixels);
  // One after the other: all of them at once may be more than there is memory.
  for (const part of parts) {
    for (const [index, zone] of deserialize(await part.bytes()) as [number, ZoneSummary][])
      zones[index] = joinSummaries(zones[index] ?? noPixels, zone);
    checkDistinct(zones);
  }
  return zones;
}

const checkDistinct = (zones: readonly ZoneSummary[]): void =>
  checkTables(
    zones.flatMap(({ table }) => table ?? []),
    '/inputs/statistics',
  );

/** A statistic of the pixels of a zone; null of no pixels, but for the count. */
export function zoneStatistic(statistic: Statistic, { moments, first, table }: ZoneSummary): number | null {
  if (statistic === 'count') return moments.count;
  if (first === undefined) return null;
  switch (statistic) {
    case 'sum':
      return sumFrom(moments);
    case 'min':
      return moments.min;
    case 'max':
      return moments.max;
    case 'range':
      return moments.max - moments.min;
    case 'mean':
      return meanFrom(moments);
    case 'variance':
      return varianceFrom(moments);
    case 'stddev':
      return Math.sqrt(varianceFrom(moments));
    case 'first':
      return first;
    case 'median':
      return table ? medianFrom(table) : null;
    case 'unique':
      return table ? table.values.length : null;
  }
}
