import type { LayerFeature } from '../../layer/layer.ts';

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

/** Name of the column that carries feature ids in formats without ids of their own. */
export const ID_COLUMN = 'id';

/**
 * The columns that hold the properties of all features, in order of first appearance. Absent and null values
 * are null. Feature ids come first, as column `id`, unless a property has that name or `ids` is false.
 */
export const columnsOf = (features: readonly LayerFeature[], ids = true): Column[] =>
  rawColumns(features, ids).map(({ name, type, raw }) => ({
    name,
    type,
    read: (feature) => {
      const value = raw(feature) ?? null;
      return type === 'json' && value !== null ? JSON.stringify(value) : value;
    },
  }));

/**
 * The same for formats that know no JSON: what has no simple type becomes text, strings as they are and all else as
 * JSON text.
 */
export const textColumnsOf = (features: readonly LayerFeature[]): TextColumn[] =>
  rawColumns(features, true).map(({ name, type, raw }) => ({
    name,
    type: type === 'json' ? 'string' : type,
    read: (feature) => {
      const value = raw(feature) ?? null;
      return type === 'json' && value !== null ? textOfValue(value) : value;
    },
  }));

export interface TextColumn extends Column {
  readonly type: Exclude<ColumnType, 'json'>;
}

/** A value as text: strings as they are, all else as JSON. */
export const textOfValue = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

interface RawColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly raw: (feature: LayerFeature) => unknown;
}

function rawColumns(features: readonly LayerFeature[], ids: boolean): RawColumn[] {
  const names: string[] = [];
  const types: (ColumnType | undefined)[] = [];
  const places = new Map<string, number>();
  for (const { properties } of features) {
    const own = Object.keys(properties);
    for (let index = 0; index < own.length; index++) {
      const name = own[index]!;
      // Most features have the same properties in the same order.
      const place = names[index] === name ? index : (places.get(name) ?? names.length);
      if (place === names.length) {
        names.push(name);
        places.set(name, place);
      }
      types[place] = common(types[place], typeOf(properties[name]));
    }
  }
  const columns = names.map(
    (name, place): RawColumn => ({
      name,
      type: types[place] ?? 'string',
      raw: ({ properties }) => (Object.hasOwn(properties, name) ? properties[name] : null),
    }),
  );
  if (!ids || places.has(ID_COLUMN) || !features.some(({ id }) => id !== undefined)) return columns;
  const idType = features.reduce<ColumnType | undefined>(
    (type, { id }) => common(type, typeOf(id)),
    undefined,
  );
  return [{ name: ID_COLUMN, type: idType ?? 'string', raw: ({ id }) => id }, ...columns];
}

/** Type of one value; undefined for null, which goes with every type. */
function typeOf(value: unknown): ColumnType | undefined {
  switch (typeof value) {
    case 'boolean':
      return 'boolean';
    case 'string':
      return 'string';
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? 'integer' : 'number';
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
