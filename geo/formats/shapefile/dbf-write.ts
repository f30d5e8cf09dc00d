import type { LayerFeature } from '../../layer/layer.ts';
import { inferTextColumns, type TextColumn } from '../common/columns.ts';
import { describeRenaming, uniqueNames } from '../common/unique-names.ts';
import {
  END_OF_FIELDS,
  END_OF_FILE,
  FIELD_BYTES,
  HEADER_BYTES,
  NAME_BYTES,
  PRESENT,
  RECORD_BYTES,
  TEXT_BYTES,
} from './dbf-types.ts';

interface Field {
  readonly name: string;
  readonly type: 'C' | 'N' | 'L' | 'D';
  readonly length: number;
  readonly decimals: number;
  /** The bytes of a value; fewer than the length where the rest is spaces. */
  readonly bytes: (feature: LayerFeature, index: number) => Uint8Array;
}

export interface Dbf {
  readonly bytes: Uint8Array;
  /** What was lost, in sentences. */
  readonly remarks: readonly string[];
}

/**
 * A dBASE III table of the properties in UTF-8. Columns of ISO dates become dates; texts are cut to 254 bytes and
 * names to 10, with a remark. Missing values are written as GDAL does.
 *
 * @throws Error when a record would be longer than the format holds.
 */
export function dbfBytes(features: readonly LayerFeature[]): Dbf {
  const columns = inferTextColumns(features);
  const names = uniqueNames(
    columns.map(({ name }) => name),
    shortened,
  );
  const remarks = describeRenaming(
    columns.map(({ name }) => name),
    names,
    `a Shapefile, whose field names have at most ${NAME_BYTES} bytes`,
  );
  const fields = columns.map((column, index) => buildField(column, names[index] ?? '', features, remarks));
  return { bytes: tableBytes(features, fields.length > 0 ? fields : [counter(features.length)]), remarks };
}

const encoder = new TextEncoder();

/** The name with its number in at most 10 bytes of UTF-8. */
const shortened = (name: string, number: string): string =>
  cutText(name.replaceAll('\0', '').trim() || 'field', NAME_BYTES - number.length) + number;

/** At most so many bytes of a text, without half a character at the end. */
function cutText(text: string, bytes: number): string {
  const { read } = encoder.encodeInto(text, new Uint8Array(bytes));
  return text.slice(0, read);
}

function buildField(
  { name: property, type, read }: TextColumn,
  name: string,
  features: readonly LayerFeature[],
  remarks: string[],
): Field {
  const values = features.map(read).filter((value) => value !== null);
  const field = (
    form: Field['type'],
    length: number,
    decimals: number,
    none: string,
    text: (value: never) => string,
  ) => ({
    name,
    type: form,
    length,
    decimals,
    bytes: (feature: LayerFeature) => {
      const value = read(feature);
      return encoder.encode(value === null ? none.repeat(length) : text(value as never));
    },
  });
  switch (type) {
    case 'boolean':
      return field('L', 1, 0, '?', (value: boolean) => (value ? 'T' : 'F'));
    case 'integer': {
      const length = values.reduce<number>((longest, value) => Math.max(longest, String(value).length), 1);
      // Readers take longer ones for doubles.
      if (length > LONGEST_INTEGER) {
        remarks.push(
          `Values of "${property}" were written as text: they have more digits than a numeric field of a Shapefile holds.`,
        );
        return field('C', length, 0, ' ', (value: number) => String(value));
      }
      return field('N', length, 0, '*', (value: number) => String(value).padStart(length));
    }
    case 'number':
      return field('N', 24, 15, '*', (value: number) => formatNumber(value).padStart(24));
    case 'string': {
      if (values.length > 0 && values.every((value) => isDate(value as string)))
        return field('D', 8, 0, '0', (value: string) => value.replaceAll('-', ''));
      const longest = values.reduce<number>(
        (most, value) => Math.max(most, Buffer.byteLength(value as string)),
        1,
      );
      if (longest > TEXT_BYTES)
        remarks.push(
          `Values of "${property}" were truncated to ${TEXT_BYTES} bytes, the most that a Shapefile holds.`,
        );
      if (values.some((value) => /^$|^ |[\0 ]$/.test(value as string)))
        remarks.push(
          `Empty text in "${property}" became null, and leading and trailing spaces were lost: a Shapefile pads text with spaces.`,
        );
      return field('C', Math.min(longest, TEXT_BYTES), 0, ' ', (value: string) => cutText(value, TEXT_BYTES));
    }
  }
}

/** Characters of integers that GDAL and others read as such. */
const LONGEST_INTEGER = 18;

/** All digits of a number in at most 24 characters. */
function formatNumber(value: number): string {
  const text = String(value);
  return text.length > 24 ? value.toExponential() : text;
}

const isDate = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && text !== '0000-00-00' && !Number.isNaN(Date.parse(text));

/** The field where there are no properties, because a table must have one: numbers from 0, as GDAL writes them. */
function counter(count: number): Field {
  const length = Math.max(1, String(count).length);
  const bytes = (_: LayerFeature, index: number) => encoder.encode(String(index).padStart(length));
  return { name: 'FID', type: 'N', length, decimals: 0, bytes };
}

function tableBytes(features: readonly LayerFeature[], fields: readonly Field[]): Uint8Array {
  const headerLength = HEADER_BYTES + FIELD_BYTES * fields.length + 1;
  const recordLength = 1 + fields.reduce((sum, { length }) => sum + length, 0);
  if (Math.max(headerLength, recordLength) > RECORD_BYTES)
    throw new Error(
      `the properties need ${recordLength} bytes per feature; a Shapefile holds ${RECORD_BYTES}`,
    );
  const bytes = Buffer.alloc(headerLength + recordLength * features.length + 1, PRESENT);
  bytes.fill(0, 0, headerLength);
  // Version 3, and 1 January 1970 as the day of the last change: the same layer gives the same bytes.
  bytes.set([3, 70, 1, 1]);
  bytes.writeUInt32LE(features.length, 4);
  bytes.writeUInt16LE(headerLength, 8);
  bytes.writeUInt16LE(recordLength, 10);
  for (const [index, { name, type, length, decimals }] of fields.entries()) {
    const at = HEADER_BYTES + FIELD_BYTES * index;
    bytes.write(name, at, 'utf8');
    bytes.write(type, at + 11, 'latin1');
    bytes[at + 16] = length;
    bytes[at + 17] = decimals;
  }
  bytes[headerLength - 1] = END_OF_FIELDS;
  let offset = headerLength;
  for (const [index, feature] of features.entries()) {
    offset++;
    for (const { length, bytes: value } of fields) {
      bytes.set(value(feature, index), offset);
      offset += length;
    }
  }
  bytes[offset] = END_OF_FILE;
  return bytes;
}
