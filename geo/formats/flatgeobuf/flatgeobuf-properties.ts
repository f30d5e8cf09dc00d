import { ColumnType as FlatType } from 'flatgeobuf/lib/mjs/flat-geobuf/column-type.js';
import { FormatError } from '../../../core/shared/format-error.ts';
import { jsonOrText } from '../../../core/shared/json.ts';
import { requirePresent } from '../../../core/shared/require-present.ts';
import type { LayerFeature, Properties } from '../../layer/layer.ts';
import { setProperty } from '../../layer/properties.ts';
import type { Column } from '../common/columns.ts';

/** Writes the properties of features, one after the other into the same memory. */
export class PropertyWriter {
  readonly #columns: readonly Column[];
  #bytes = Buffer.alloc(1024);
  #length = 0;

  constructor(columns: readonly Column[]) {
    this.#columns = columns;
  }

  /** @returns pairs of column number and value, nulls left out; a view that the next call overwrites. */
  write(feature: LayerFeature): Uint8Array {
    this.#length = 0;
    for (let index = 0; index < this.#columns.length; index++) {
      const { type, read } = requirePresent(this.#columns[index], 'The column');
      const value = read(feature);
      if (value === null) continue;
      const at = this.#room(2);
      this.#bytes.writeUInt16LE(index, at);
      this.#value(type, value);
    }
    return this.#bytes.subarray(0, this.#length);
  }

  #value(type: Column['type'], value: unknown): void {
    switch (type) {
      case 'boolean':
        this.#bytes.writeUInt8(value ? 1 : 0, this.#room(1));
        return;
      case 'integer':
        this.#integer(value as number | bigint, this.#room(8));
        return;
      case 'number':
        this.#bytes.writeDoubleLE(value as number, this.#room(8));
        return;
      default: {
        const size = Buffer.byteLength(value as string);
        const at = this.#room(4 + size);
        this.#bytes.writeUInt32LE(size, at);
        this.#bytes.write(value as string, at + 4);
      }
    }
  }

  /** In two halves: 64 bits at once take a BigInt for each. */
  #integer(value: number | bigint, at: number): void {
    if (typeof value === 'bigint') {
      this.#bytes.writeBigInt64LE(value, at);
      return;
    }
    const high = Math.floor(value / 2 ** 32);
    this.#bytes.writeUInt32LE(value - high * 2 ** 32, at);
    this.#bytes.writeInt32LE(high, at + 4);
  }

  /** Where so many bytes can be written. */
  #room(size: number): number {
    const at = this.#length;
    this.#length += size;
    if (this.#length > this.#bytes.length) {
      const grown = Buffer.alloc(Math.max(this.#bytes.length * 2, this.#length));
      this.#bytes.copy(grown, 0, 0, at);
      this.#bytes = grown;
    }
    return at;
  }
}

/** What is read of a column. */
export interface FlatColumn {
  readonly name: string;
  readonly type: FlatType;
}

const TOO_LONG = 'a property extends beyond the bytes of its feature.';

/** Reads the properties of features from the bytes of a file. */
export class PropertyReader {
  readonly #bytes: Buffer;
  readonly #view: DataView;
  readonly #columns: readonly FlatColumn[];
  /** All properties as null: copies of it have the same shape, which makes them cheap to make and to read. */
  readonly #absent: Properties;

  constructor(view: DataView, columns: readonly FlatColumn[]) {
    this.#view = view;
    this.#bytes = Buffer.from(view.buffer, view.byteOffset, view.byteLength);
    this.#columns = columns;
    this.#absent = Object.fromEntries(columns.map(({ name }) => [name, null]));
  }

  /** The properties of the columns, in their order; those that are not stored between both places are null. */
  read(start: number, end: number): Properties {
    const properties = { ...this.#absent };
    // Features may have columns of their own, which are left out.
    if (this.#columns.length === 0) return properties;
    for (let at = start; at < end; ) {
      if (end - at < 2) throw new FormatError(TOO_LONG);
      const column = this.#columns[this.#view.getUint16(at, true)];
      if (!column) throw new FormatError('it has a property whose column is not in its header.');
      at += 2;
      const sized = sizes[column.type];
      if (sized === undefined && end - at < 4) throw new FormatError(TOO_LONG);
      const size = sized ?? this.#view.getUint32(at, true) + 4;
      if (size > end - at) throw new FormatError(TOO_LONG);
      setProperty(properties, column.name, this.#value(column.type, at, at + size));
      at += size;
    }
    return properties;
  }

  #value(type: FlatType, at: number, end: number): unknown {
    const view = this.#view;
    switch (type) {
      case FlatType.Bool:
        return view.getUint8(at) !== 0;
      case FlatType.Byte:
        return view.getInt8(at);
      case FlatType.UByte:
        return view.getUint8(at);
      case FlatType.Short:
        return view.getInt16(at, true);
      case FlatType.UShort:
        return view.getUint16(at, true);
      case FlatType.Int:
        return view.getInt32(at, true);
      case FlatType.UInt:
        return view.getUint32(at, true);
      // In two halves, without a BigInt for each.
      case FlatType.Long: {
        const value = view.getInt32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
        return Number.isSafeInteger(value) ? value : view.getBigInt64(at, true);
      }
      case FlatType.ULong: {
        const value = view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
        return Number.isSafeInteger(value) ? value : view.getBigUint64(at, true);
      }
      case FlatType.Float:
        return view.getFloat32(at, true);
      case FlatType.Double:
        return view.getFloat64(at, true);
      case FlatType.String:
      case FlatType.DateTime:
        return this.#bytes.toString('utf8', at + 4, end);
      case FlatType.Json:
        return jsonOrText(this.#bytes.toString('utf8', at + 4, end));
      case FlatType.Binary:
        return this.#bytes.toString('base64', at + 4, end);
      default:
        throw new FormatError(`the column type ${type} is not supported.`);
    }
  }
}

/** Bytes of the values of a type; the others begin with their length. */
const sizes: Readonly<Partial<Record<FlatType, number>>> = {
  [FlatType.Bool]: 1,
  [FlatType.Byte]: 1,
  [FlatType.UByte]: 1,
  [FlatType.Short]: 2,
  [FlatType.UShort]: 2,
  [FlatType.Int]: 4,
  [FlatType.UInt]: 4,
  [FlatType.Long]: 8,
  [FlatType.ULong]: 8,
  [FlatType.Float]: 4,
  [FlatType.Double]: 8,
};
