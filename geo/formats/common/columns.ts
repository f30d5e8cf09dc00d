import { LimitExceeded } from '../../../core/shared/errors.ts';
import { MOST_SIGNED } from '../../../core/shared/exact-json.ts';
import { textFromValue } from '../../../core/shared/json.ts';
import type { LayerFeature } from '../../layer/layer.ts';

/** Whether the ids of features can be the keys of a table: ascending integers from 0. */
export const areKeys = (features: readonly LayerFeature[]): boolean =>
  features.every(({ id }, index) => {
    const previous = index === 0 ? -1 : (features[index - 1]?.id as number);
    return Number.isSafeInteger(id) && (id as number) > previous;
  });

/**
 * Type of a property over all features of a layer, as the binary formats need it: one type per column. `json`
 * holds whatever does not share a simple type, as JSON text.
 */
export type ColumnType = 'boolean' | 'integer' | 'number' | 'string' | 'json';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly read: (feature: LayerFeature) => unknown;
}

/** Columns of a table at most: SQLite, and so a GeoPackage, holds 2000, two of which are the key and the geometry. */
export const MAXIMUM_COLUMNS = 1998;
/** Fields of a table up to which nobody asks whether they are filled. */
const UNASKED_FIELDS = 20_000_000;
/** Fields for each value beyond that: features with properties of their own make tables of nothing but nulls. */
const FIELDS_PER_VALUE = 10;

/** Name of the column that carries feature ids in formats without ids of their own. */
const ID_COLUMN = 'id';

/**
 * The columns that hold the properties of all features, in order of first appearance. Absent and null values
 * are null. Feature ids come first, as column `id`, unless a property has that name or `ids` is false.
 */
export const inferColumns = (features: readonly LayerFeature[], ids = true): Column[] =>
  rawColumns(features, ids).map(({ name, type, raw }) => ({
    name,
    type,
    read: (feature) => {
      const value = raw(feature) ?? null;
      if (type === 'number' && value !== null) return Number(value);
      return type === 'json' && value !== null ? JSON.stringify(value) : value;
    },
  }));

/**
 * The same for formats that know no JSON: what has no simple type becomes text, strings as they are and all else as
 * JSON text.
 */
export const inferTextColumns = (features: readonly LayerFeature[]): TextColumn[] =>
  rawColumns(features, true).map(({ name, type, raw }) => ({
    name,
    type: type === 'json' ? 'string' : type,
    read: (feature) => {
      const value = raw(feature) ?? null;
      if (type === 'number' && value !== null) {
        const number = Number(value);
        // Tables of texts have no word for it that all programs take for one.
        return Number.isFinite(number) ? number : null;
      }
      return type === 'json' && value !== null ? textFromValue(value) : value;
    },
  }));

export interface TextColumn extends Column {
  readonly type: Exclude<ColumnType, 'json'>;
}

/** @throws LimitExceeded for more columns than tables have, and for tables that are nearly empty and very large. */
function checkSize(columns: number, features: number, values: number): void {
  const others = 'Ask for GeoJSON (application/geo+json), which has no columns, or keep fewer properties.';
  if (columns > MAXIMUM_COLUMNS) {
    const detail = `is a table with a column for each property; the result has ${columns} properties, and up to ${MAXIMUM_COLUMNS} can be written. ${others}`;
    throw new LimitExceeded('/outputs/result/format', detail);
  }
  const fields = columns * features;
  if (fields > UNASKED_FIELDS && fields > values * FIELDS_PER_VALUE) {
    const detail = `is a table with a column for each property: ${features} features with ${columns} properties would have ${fields} fields, only ${values} of which have a value. ${others}`;
    throw new LimitExceeded('/outputs/result/format', detail);
  }
}

interface RawColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly raw: (feature: LayerFeature) => unknown;
}

function rawColumns(features: readonly LayerFeature[], ids: boolean): RawColumn[] {
  const names: string[] = [];
  const types: (ColumnType | undefined)[] = [];
  const places = new Map<string, number>();
  let values = 0;
  for (const { properties } of features) {
    const own = Object.keys(properties);
    values += own.length;
    for (let index = 0; index < own.length; index++) {
      const name = own[index] as string;
      // Most features have the same properties in the same order.
      const place = names[index] === name ? index : (places.get(name) ?? names.length);
      if (place === names.length) {
        names.push(name);
        places.set(name, place);
      }
      types[place] = common(types[place], inferType(properties[name]));
    }
  }
  checkSize(names.length, features.length, values);
  const columns = names.map(
    (name, place): RawColumn => ({
      name,
      type: types[place] ?? 'string',
      raw: rawReader(name),
    }),
  );
  if (!ids || places.has(ID_COLUMN) || !features.some(({ id }) => id !== undefined)) return columns;
  const idType = features.reduce<ColumnType | undefined>(
    (type, { id }) => common(type, inferType(id)),
    undefined,
  );
  return [{ name: ID_COLUMN, type: idType ?? 'string', raw: ({ id }) => id }, ...columns];
}

/** Only of names that all objects have need it be asked whether a feature has the property itself, which takes time. */
const rawReader = (name: string): RawColumn['raw'] =>
  name in Object.prototype
    ? ({ properties }) => (Object.hasOwn(properties, name) ? properties[name] : null)
    : ({ properties }) => properties[name];

/** Type of one value; undefined for null, which goes with every type. */
function inferType(value: unknown): ColumnType | undefined {
  switch (typeof value) {
    case 'boolean':
      return 'boolean';
    case 'string':
      return 'string';
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? 'integer' : 'number';
    case 'bigint':
      // Unsigned ones are beyond what the formats have, and keep their digits as JSON.
      return value <= MOST_SIGNED ? 'integer' : 'json';
    case 'object':
      return value === null ? undefined : 'json';
    default:
      return undefined;
  }
}

function common(one: ColumnType | undefined, other: ColumnType | undefined): ColumnType | undefined {
  if (one === undefined || one === other) return other ?? one;
  if (other === undefined) return one;
  const numeric = (type: ColumnType) => type === 'integer' || type === 'number';
  return numeric(one) && numeric(other) ? 'number' : 'json';
}
