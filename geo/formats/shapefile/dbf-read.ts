import { exactNumber } from '../../../core/shared/exact-json.ts';
import { FormatError } from '../../../core/shared/format-error.ts';
import type { Properties } from '../../layer/layer.ts';
import { setProperty } from '../../layer/properties.ts';
import { uniqueNames } from '../common/unique-names.ts';
import { chooseDecoder } from './code-pages.ts';
import { DELETED, END_OF_FIELDS, FIELD_BYTES, HEADER_BYTES, NAME_BYTES } from './dbf-types.ts';

interface Field {
  readonly name: string;
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  /** Of numbers; integers have none. */
  readonly decimals: number;
}

export interface Records {
  readonly records: (Properties | undefined)[];
  /** What was guessed or left out, in sentences. */
  readonly remarks: readonly string[];
}

/**
 * The records of a .dbf file; undefined for deleted ones. Texts have no spaces at their start and end, and empty ones are null;
 * dates are written as in ISO 8601.
 *
 * @param codePage content of the .cpg file; without it the mark in the table's header counts, else UTF-8 if the
 *   texts are such, else Windows-1252.
 * @throws FormatError
 */
export function recordsFromDbf(bytes: Uint8Array, codePage: string | undefined): Records {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < HEADER_BYTES) throw new FormatError('its .dbf ends before its header does.');
  const count = view.getUint32(4, true);
  const headerLength = view.getUint16(8, true);
  const recordLength = view.getUint16(10, true);
  if (recordLength === 0 || headerLength + count * recordLength > view.byteLength)
    throw new FormatError('its .dbf ends before its last record does.');
  const { decode: text, remarks } = chooseDecoder(bytes, codePage);
  const fields = readFields(bytes, headerLength, text);
  const last = fields.at(-1);
  if (last && last.offset + last.length > recordLength)
    throw new FormatError('the fields of its .dbf are too long.');
  const records = Array.from({ length: count }, (_, index) => {
    const start = headerLength + index * recordLength;
    if (bytes[start] === DELETED) return undefined;
    const properties: Properties = {};
    for (const { name, type, offset, length, decimals } of fields) {
      const at = start + offset;
      const value = Object.hasOwn(binaryTypes, type)
        ? (binaryTypes[type]?.(view, at, length) ?? null)
        : parseFieldValue(type, text(bytes.subarray(at, at + length)), decimals);
      setProperty(properties, name, value);
    }
    return properties;
  });
  const unread = fields
    .filter(({ type, length }) => UNREAD.test(type) || (type === 'B' && length !== 8))
    .map(({ name, type }) => `"${name}" (${type})`);
  return {
    records,
    remarks: [
      ...remarks(),
      ...(unread.length > 0
        ? [
            `Fields of the types memo, picture and timestamp cannot be read, and are null: ${unread.join(', ')}.`,
          ]
        : []),
    ],
  };
}

/** Types of dBASE 7 and FoxPro whose values are bytes, not texts. */
const binaryTypes: Readonly<
  Record<string, ((view: DataView, at: number, length: number) => number | null) | undefined>
> = {
  I: (view, at, length) => (length === 4 ? view.getInt32(at, true) : null),
  B: (view, at, length) => (length === 8 ? view.getFloat64(at, true) : null),
  M: () => null,
  G: () => null,
  P: () => null,
  T: () => null,
  '@': () => null,
  Y: (view, at, length) => (length === 8 ? Number(view.getBigInt64(at, true)) / 10_000 : null),
};
const UNREAD = /[MGPT@]/;

function readFields(bytes: Uint8Array, headerLength: number, text: (bytes: Uint8Array) => string): Field[] {
  const fields: Field[] = [];
  let offset = 1;
  for (
    let at = HEADER_BYTES;
    at + FIELD_BYTES <= headerLength && bytes[at] !== END_OF_FIELDS;
    at += FIELD_BYTES
  ) {
    const nameBytes = bytes.subarray(at, at + NAME_BYTES + 1);
    const end = nameBytes.indexOf(0);
    const name = text(end === -1 ? nameBytes : nameBytes.subarray(0, end));
    const type = String.fromCharCode(bytes[at + 11] ?? 0);
    // Long texts of some programs use the place of the decimals for the upper half of the length.
    const length = (bytes[at + 16] ?? 0) + (type === 'C' ? (bytes[at + 17] ?? 0) * 256 : 0);
    fields.push({ name, type, offset, length, decimals: type === 'N' ? (bytes[at + 17] ?? 0) : 0 });
    offset += length;
  }
  const names = uniqueNames(fields.map(({ name }) => name));
  return fields.map((field, index) => ({ ...field, name: names[index] ?? field.name }));
}

function parseFieldValue(type: string, raw: string, decimals: number): unknown {
  const text = raw.replace(/[\0 ]+$/, '');
  switch (type) {
    case 'N':
    case 'F': {
      const number = text.trim() === '' ? Number.NaN : (decimals === 0 ? exactNumber : Number)(text.trim());
      // Missing numbers are blank or asterisks.
      return Number.isFinite(Number(number)) ? number : null;
    }
    case 'L':
      return /^[TtYy]$/.test(text) ? true : /^[FfNn]$/.test(text) ? false : null;
    case 'D': {
      const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(text) ?? [];
      return year && text !== '00000000' ? `${year}-${month}-${day}` : null;
    }
    // As GDAL has it: programs pad texts on either side.
    default:
      return text.trim() === '' ? null : text.replace(/^ +/, '');
  }
}
