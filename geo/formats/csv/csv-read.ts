import { type CastingContext, type Options, parse } from 'csv-parse/sync';
import type { Geometry } from 'geojson';
import { greatest } from '../../../core/shared/arrays.ts';
import { LimitExceeded } from '../../../core/shared/errors.ts';
import { exactNumber } from '../../../core/shared/exact-json.ts';
import { FormatError, parsing } from '../../../core/shared/format-error.ts';
import { quote } from '../../../core/shared/quote.ts';
import { requirePresent } from '../../../core/shared/require-present.ts';
import { type Crs, crs84, sameCrs } from '../../crs/crs.ts';
import { crsFromCode } from '../../crs/find-crs.ts';
import type { TellCurve } from '../../geometry/arcs.ts';
import { CurveError } from '../../geometry/arcs.ts';
import type { LayerFeature, Properties } from '../../layer/layer.ts';
import { setProperty } from '../../layer/properties.ts';
import { MAXIMUM_COLUMNS } from '../common/columns.ts';
import { CurveTally } from '../common/curve-tally.ts';
import { type FileReader, LEFT_OUT_MEASURES } from '../common/file-reader.ts';
import { guessText } from '../common/text.ts';
import { uniqueNames } from '../common/unique-names.ts';
import { checkValues } from '../common/values.ts';
import { geometryFromWkt, WktError } from '../wkt/wkt.ts';

/** Name of the column with the geometries. */
export const WKT_COLUMN = 'WKT';

/** Names under which other programs write well-known text, in lower case; the first that is there is taken. */
const geometryNames = [WKT_COLUMN.toLowerCase(), '_wkt', 'wkt_geom', 'geometry', 'geom', 'the_geom'];

/** Characters of the line with the names of the columns. */
const LONGEST_HEADER = 1_000_000;

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[-+]?\d+)?$/i;
const INTEGER = /^-?\d+$/;
const BOOLEAN = /^(?:true|false)$/i;

/**
 * Reads comma-separated values (RFC 4180; also with semicolons or tabs) with  geometries as well-known text, or points as columns of
 * coordinates. The
 * format has no types: columns of numbers or of true and false without quotes become such, all others stay text.
 * Empty fields are null, empty quotes an empty text. The CRS is that of `SRID=n;` in the texts, if any.
 *
 * @throws FormatError, LimitExceeded
 */
export const readCsv: FileReader = async (bytes, { pointer }, count) => {
  const { text, remarks: guesses } = guessText(bytes);
  if (text.search(/\r|\n|$/) > LONGEST_HEADER)
    throw new FormatError(
      `its first line, the names of its columns, has more than ${LONGEST_HEADER} characters.`,
    );
  const delimiter = detectSeparator(text);
  const size = measureTable(bytes, delimiter);
  checkValues(size.fields, pointer);
  count(size.rows);
  const kinds: Kinds[] = [];
  const options: Options = {
    delimiter,
    // Programs that append rows end them in their own way.
    record_delimiter: ['\r\n', '\n', '\r'],
    skip_empty_lines: true,
    // Rows by hand have more or fewer fields than the table has columns, and quotes inside of words.
    relax_column_count: true,
    relax_quotes: true,
    cast: (value, context) => nullOrText(value, context, kinds),
  };
  const [header = [], ...rows] = parsing(() => parse(text, options) as unknown as (string | null)[][]);
  count(rows.length);
  if (header.length > MAXIMUM_COLUMNS)
    throw new LimitExceeded(
      pointer,
      `The table has ${header.length} columns; the service accepts up to ${MAXIMUM_COLUMNS}.`,
    );
  const geometryColumn = findGeometryColumn(header);
  const coordinates = geometryColumn === undefined ? findCoordinateColumns(header) : undefined;
  const uneven = describeUnevenRows(header.length, rows);
  const names = uniqueNames(header.map((name, column) => (name ?? '').trim() || nameOfUnnamed(column, rows)));
  const converters = kinds.map(chooseConverter);
  const unreadable = new UnreadableRows('coordinates that are not numbers', ' has ');
  let crs: Crs | undefined;
  let measured = 0;
  let read = 0;
  const malformed = new UnreadableRows('well-known text that is not valid', ': ');
  const curves = new CurveTally(pointer);
  const features = rows.map((row, index): LayerFeature => {
    const properties: Properties = {};
    for (const [column, name] of names.entries()) {
      if (column !== geometryColumn && name !== '') {
        const value = row[column] ?? null;
        setProperty(properties, name, value === null ? null : (converters[column]?.(value) ?? null));
      }
    }
    if (geometryColumn === undefined)
      return {
        type: 'Feature',
        properties,
        geometry: pointOfRow(row, requirePresent(coordinates, 'The columns of coordinates'), (texts) =>
          unreadable.add(index, texts),
        ),
      };
    if (MEASURED.test(row[geometryColumn] ?? '')) measured++;
    const { geometry, srid } = parseRowGeometry(row[geometryColumn] ?? null, curves.tell, (fault) => {
      // Where no row before it could be read, it is not its end that is wrong with the file.
      if (read > 0 && index === rows.length - 1 && !/[\r\n]$/.test(text))
        throw new FormatError(`it is truncated: the geometry of row ${index + 1}: ${fault}`);
      malformed.add(index, fault);
    });
    if (geometry) read++;
    if (srid !== undefined) {
      const named = crsFromCode('EPSG', srid);
      if (crs !== undefined && !sameCrs(crs, named))
        throw new FormatError(`row ${index + 1} is in ${named.name}, others in ${crs.name}.`);
      crs = named;
    }
    return { type: 'Feature', properties, geometry };
  });
  if (read === 0 && malformed.first !== undefined)
    throw new FormatError(`the geometry of ${malformed.first}`);
  const remarks = [
    ...guesses,
    ...uneven,
    ...unreadable.remarks,
    ...malformed.remarks,
    ...(measured > 0 ? [LEFT_OUT_MEASURES] : []),
    ...curves.remarks,
  ];
  return { features, crs: coordinates?.areDegrees ? crs84 : crs, remarks };
};

/** The name that GDAL gives to a column without one, such as that of row numbers; none where it holds nothing. */
const nameOfUnnamed = (column: number, rows: readonly (readonly (string | null)[])[]): string =>
  rows.some((row) => row[column] !== null && row[column] !== undefined) ? `field_${column + 1}` : '';

/** What is told of rows that are longer or shorter than the first one. Fields that are missing are null. */
function describeUnevenRows(columns: number, rows: readonly (readonly (string | null)[])[]): string[] {
  const uneven = (what: string, isSo: (row: readonly (string | null)[]) => boolean): string[] => {
    const first = rows.findIndex(isSo);
    if (first === -1) return [];
    const count = rows.filter(isSo).length;
    const has = count === 1 ? 'One row has' : `${count} rows have`;
    return [`${has} ${what}: row ${first + 1} has ${rows[first]?.length ?? 0} for ${columns} columns.`];
  };
  return [
    ...uneven('more fields than there are columns; the extra ones were dropped', (row) =>
      row.slice(columns).some((field) => field !== null),
    ),
    ...uneven(
      'fewer fields than there are columns; the missing ones are null',
      ({ length }) => length < columns,
    ),
  ];
}

/** What the fields of a column may still be, seen so far. */
interface Kinds {
  number: boolean;
  boolean: boolean;
}

function nullOrText(
  value: string,
  { column, quoting, records }: CastingContext,
  kinds: Kinds[],
): string | null {
  if (value === '' && !quoting) return null;
  const index = column as number;
  if (records === 0) return value;
  kinds[index] ??= { number: true, boolean: true };
  const kind = kinds[index];
  kind.number &&= !quoting && isNumber(value);
  kind.boolean &&= !quoting && BOOLEAN.test(value);
  return value;
}

/** Numbers that keep their digits: others, such as codes with leading zeros, stay text. */
function isNumber(value: string): boolean {
  if (!NUMBER.test(value)) return false;
  return INTEGER.test(value) ? isExact(value) : Number.isFinite(Number(value));
}

const isExact = (digits: string): boolean => {
  const value = exactNumber(digits);
  return typeof value === 'bigint' || Number.isSafeInteger(value);
};

function chooseConverter({ number, boolean }: Kinds): (value: string) => unknown {
  if (number) return exactNumber;
  return boolean ? (value) => value.toLowerCase() === 'true' : (value) => value;
}

function detectSeparator(text: string): string {
  const header = text.slice(0, Math.max(0, text.search(/\r|\n|$/))).replace(/"[^"]*"/g, '');
  const separators = [',', ';', '\t'];
  const counts = separators.map((separator) => header.split(separator).length);
  return requirePresent(separators[counts.indexOf(greatest(counts))], 'The separator');
}

const [QUOTE, LINE_FEED, RETURN] = [34, 10, 13];

/** Rows below the header and fields of a table, counted by the signs that end them outside of quotes. */
function measureTable(
  bytes: Uint8Array,
  separator: string,
): { readonly rows: number; readonly fields: number } {
  const end = separator.charCodeAt(0);
  let [rows, fields, lineStart, isQuoted] = [0, 0, 0, false];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (byte === end) fields++;
    else if (byte === LINE_FEED || byte === RETURN) {
      if (at > lineStart) rows++;
      lineStart = at + 1;
    }
  }
  if (lineStart === 0) return { rows: 0, fields };
  const isOpen = lineStart < bytes.length;
  return { rows: rows - 1 + (isOpen ? 1 : 0), fields: fields + rows + 1 };
}

function findGeometryColumn(header: readonly (string | null)[]): number | undefined {
  const names = header.map((name) => (name ?? '').trim().toLowerCase());
  return geometryNames.map((name) => names.indexOf(name)).find((index) => index !== -1);
}

/** Names of columns of coordinates, in lower case; the first pair that is there is taken. */
const coordinateNames = [
  ['longitude', 'latitude'],
  ['lon', 'lat'],
  ['long', 'lat'],
  ['lng', 'lat'],
  ['x', 'y'],
  ['easting', 'northing'],
] as const;

interface CoordinateColumns {
  readonly x: number;
  readonly y: number;
  readonly areDegrees: boolean;
}

function findCoordinateColumns(header: readonly (string | null)[]): CoordinateColumns {
  const names = header.map((name) => (name ?? '').trim().toLowerCase());
  for (const [x, y] of coordinateNames) {
    const columns = { x: names.indexOf(x), y: names.indexOf(y), areDegrees: y.startsWith('lat') };
    if (columns.x !== -1 && columns.y !== -1) return columns;
  }
  throw new FormatError(
    `it has neither a geometry column "${WKT_COLUMN}" nor columns "longitude" and "latitude" or "x" and "y"; its columns: ${header.join(', ') || 'none'}.`,
  );
}

/** Well-known text of a type with measures: POINT M, POINTZM. */
const MEASURED = /^\s*(?:SRID\s*=\s*\d+\s*;)?\s*[a-z]+?\s*Z?M\s*\(/i;

/** Null where both coordinates are missing; where they are no numbers the position is none, which is told and mended. */
function pointOfRow(
  row: readonly (string | null)[],
  { x, y }: CoordinateColumns,
  tell: (texts: string) => void,
): Geometry | null {
  const texts = [row[x]?.trim() ?? '', row[y]?.trim() ?? ''];
  if (texts.every((text) => text === '')) return null;
  const coordinates = texts.map((text) => (text === '' ? Number.NaN : Number(text)));
  if (!coordinates.every(Number.isFinite)) tell(texts.map((text) => quote(text)).join(', '));
  return { type: 'Point', coordinates };
}

/** Rows whose geometry cannot be read. */
class UnreadableRows {
  readonly #what: string;
  readonly #between: string;
  #count = 0;
  #first: string | undefined;

  /** @param between stands between the number of a row and what is said of it */
  constructor(what: string, between: string) {
    this.#what = what;
    this.#between = between;
  }

  add(index: number, text: string): void {
    this.#first ??= `row ${index + 1}${this.#between}${text}`;
    this.#count++;
  }

  /** The first of them, and what is wrong with it. */
  get first(): string | undefined {
    return this.#first;
  }

  get remarks(): string[] {
    if (this.#count === 0) return [];
    const [rows, whose] = this.#count === 1 ? ['One row has', 'its'] : [`${this.#count} rows have`, 'their'];
    return [`${rows} ${this.#what}, so ${whose} geometry is null: ${this.#first?.replace(/\.$/, '') ?? ''}.`];
  }
}

function parseRowGeometry(text: string | null, tellCurve: TellCurve, tellFault: (fault: string) => void) {
  if (text === null || text.trim() === '') return { geometry: null, srid: undefined };
  try {
    return geometryFromWkt(text, tellCurve);
  } catch (cause) {
    if (!(cause instanceof WktError || cause instanceof CurveError)) throw cause;
    tellFault(cause.message);
    return { geometry: null, srid: undefined };
  }
}
