import { parseDatetime } from '../shared/datetime.ts';
import { type Fault, InvalidQuery } from '../shared/errors.ts';
import { integerParameter, limitParameter, limits } from '../shared/page-query.ts';
import { type Bounds, boundsFault, flat } from './bounds.ts';

/** What `GET /collections/{collectionID}/items` asks for. */
export interface ItemsQuery {
  readonly limit: number;
  readonly offset: number;
  readonly bbox?: Bounds;
}

const known = ['limit', 'offset', 'bbox', 'bbox-crs', 'datetime', 'f', 'profile'];

/**
 * Reads the query of OGC API - Features. The features of a result have no time of their own, so that `datetime` selects
 * all of them, as that standard says. @throws InvalidQuery
 */
export function parseItemsQuery(query: Readonly<Record<string, readonly string[]>>): ItemsQuery {
  const limit = limitParameter(query, limits.items);
  const offset = integerParameter(query, 'offset', 0) ?? 0;
  const faults: Fault[] = Object.keys(query)
    .filter((name) => !known.includes(name))
    .map((name) => ({
      pointer: `?${name}`,
      detail: `is not a known parameter. Known: ${known.join(', ')}.`,
    }));
  const numbers = query['bbox']
    ?.flatMap((text) => text.split(','))
    .map((text) => (text.trim() === '' ? Number.NaN : Number(text)));
  const fault = numbers && boundsFault(numbers);
  if (fault) faults.push({ pointer: '?bbox', detail: fault });
  const crs = query['bbox-crs']?.[0];
  if (crs !== undefined && !/CRS84h?$/.test(crs)) {
    faults.push({ pointer: '?bbox-crs', detail: `"${crs}" is not supported; only CRS84 is.` });
  }
  const interval = query['datetime']?.map(parseDatetime).find((read) => typeof read === 'string');
  if (typeof interval === 'string') faults.push({ pointer: '?datetime', detail: interval });
  if (faults.length > 0) throw new InvalidQuery(faults);
  return { limit, offset, ...(numbers ? { bbox: flat(numbers) } : {}) };
}
