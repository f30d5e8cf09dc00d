import { parseDatetime } from '../shared/datetime.ts';
import type { Fault } from '../shared/errors.ts';
import { isObject } from '../shared/json.ts';
import { type Bounds, boundsFault, flat } from './bounds.ts';

/** An input that is a collection of features, and which of them are wanted (2.0, class collection-input). */
export interface CollectionInput {
  /** Address of the collection, or the id of one of this service. */
  readonly collection: string;
  readonly bbox?: Bounds;
  readonly datetime?: string;
  /** CQL2, as text or as JSON. */
  readonly filter?: string | object;
  /** Names of the properties that are kept. */
  readonly properties?: readonly string[];
  readonly limit?: number;
  readonly ids?: readonly string[];
  /** Words that the server of the collection looks for in its own way. */
  readonly q?: string;
  /** Further parameters for the server of the collection, sent as they are. */
  readonly passThroughParameters?: Readonly<Record<string, string>>;
}

type Members = Readonly<Record<string, unknown>>;
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);

/** Each member with what it must be, and its check. */
const rules: Readonly<Record<string, readonly [must: string, fits: (value: unknown) => boolean]>> = {
  collection: ['be the URL or the id of a collection', isAddress],
  bbox: [
    'be four or six numbers: west, south, east, north',
    (value) => Array.isArray(value) && boundsFault(value) === undefined,
  ],
  datetime: [
    'be an RFC 3339 date-time or an interval of two',
    (value) => isText(value) && typeof parseDatetime(value) !== 'string',
  ],
  filter: ['be CQL2, as text or as an object', (value) => isText(value) || isObject(value)],
  filterLang: ['be "cql2-text" or "cql2-json"', (value) => value === 'cql2-text' || value === 'cql2-json'],
  filterCrs: ['be CRS84, the only CRS that is supported for filters', isCrs84],
  bboxCrs: ['be CRS84, the only CRS that is supported for bounding boxes', isCrs84],
  crs: ['be CRS84, in which features are fetched', isCrs84],
  properties: ['be an array of property names', isTexts],
  limit: ['be an integer of at least 1', (value) => Number.isSafeInteger(value) && (value as number) >= 1],
  ids: ['be an array of identifiers', isTexts],
  q: ['be text', isText],
  passThroughParameters: [
    'be an object whose values are strings',
    (value) => isObject(value) && Object.values(value).every(isText),
  ],
};

/** The draft spells some members with a hyphen where its schemas have capitals. */
const spellings: Readonly<Record<string, string>> = {
  'filter-lang': 'filterLang',
  'filter-crs': 'filterCrs',
  'bbox-crs': 'bboxCrs',
};

/** Relative addresses count: what they are relative to does not matter here. */
function isAddress(value: unknown): boolean {
  return isText(value) && URL.canParse(value, 'https://example.org');
}

function isCrs84(value: unknown): boolean {
  return isText(value) && /CRS84h?$/.test(value);
}

/** What is wrong with the members of a collection input; empty when nothing is. @param pointer of the input */
export function collectionFaults(raw: Members, pointer: string): Fault[] {
  return Object.entries(raw).flatMap(([name, value]): Fault[] => {
    const rule = rules[spellings[name] ?? name];
    const place = `${pointer}/${name}`;
    if (!rule)
      return [{ pointer: place, detail: `is not supported. Supported: ${Object.keys(rules).join(', ')}.` }];
    const [must, fits] = rule;
    return fits(value) ? [] : [{ pointer: place, detail: `must ${must}.` }];
  });
}

/** Reads a collection input that has no faults. */
export function collectionInput(raw: Members): CollectionInput {
  const { collection, bbox, datetime, filter, properties, limit, ids, q, passThroughParameters } = raw;
  const given = { datetime, filter, properties, limit, ids, q, passThroughParameters };
  return {
    collection: collection as string,
    ...(bbox === undefined ? {} : { bbox: flat(bbox as number[]) }),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
}

/** Whether a collection at an address is one of this service. */
export const isOwnCollection = (address: string, baseUrl: string): boolean =>
  address.startsWith(`${baseUrl}/collections/`);

/**
 * Where a collection is: a name without a slash is one of this service, anything else an address, relative to the
 * description of the process (/req/collection-input/referencing). Whatever comes after the collection is left out.
 */
export function collectionAddress(collection: string, baseUrl: string, processID: string): string {
  if (!collection.includes('/')) return `${baseUrl}/collections/${encodeURIComponent(collection)}`;
  const url = new URL(collection, `${baseUrl}/processes/${encodeURIComponent(processID)}`);
  const path = /^(.*\/collections\/[^/]+)/.exec(url.pathname)?.[1] ?? url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path}`;
}
