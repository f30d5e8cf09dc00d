import { textFromValue } from '../../../core/shared/json.ts';
import { isWgs84 } from '../../crs/crs.ts';
import type { LayerContent, LayerFeature } from '../../layer/layer.ts';
import { inferTextColumns } from '../common/columns.ts';
import { encodeTexts } from '../common/text.ts';
import { describeRenaming, uniqueNames } from '../common/unique-names.ts';
import type { WrittenFile } from '../common/written-file.ts';
import { wktFromGeometry } from '../wkt/wkt.ts';
import { WKT_COLUMN } from './csv-read.ts';

/**
 * A table as comma-separated values (RFC 4180) with the geometries as well-known text in the first column, `WKT`;
 * coordinates stay in the CRS of the layer, which the format cannot name: that is a remark. Programs that read
 * `SRID=28992;` before the text are few; GDAL does not. Ids become a column `id`; texts that look
 * like numbers or truth values are quoted, so that they are read as texts again; nulls are empty, empty texts `""`.
 */
export function csvBytes({ features, crs }: LayerContent): WrittenFile {
  const columns = inferTextColumns(features);
  const own = columns.map(({ name }) => name);
  const names = uniqueNames([WKT_COLUMN, ...own.map((name) => name.trim() || 'column')]);
  const row = (feature: LayerFeature) => [
    feature.geometry && wktFromGeometry(feature.geometry),
    ...columns.map(({ read }) => read(feature)),
  ];
  const remarks = [
    ...describeRenaming(own, names.slice(1), 'CSV, where names must differ by more than spaces and case'),
    ...(isWgs84(crs) ? [] : [`The CSV does not record its CRS, ${crs.name}: set it when you open the file.`]),
  ];
  return { bytes: encodeTexts(lines(names, features, row)), remarks };
}

/** A table without geometries, its columns in the order of their names. */
export const csvTable = (
  names: readonly string[],
  rows: readonly Readonly<Record<string, unknown>>[],
): Uint8Array => encodeTexts(lines(names, rows, (row) => names.map((name) => row[name] ?? null)));

function* lines<T>(
  names: readonly string[],
  items: readonly T[],
  row: (item: T) => readonly unknown[],
): Generator<string> {
  yield `${names.map(cell).join(',')}\r\n`;
  // An empty line would be no row at all.
  for (const item of items) yield `${row(item).map(cell).join(',') || '""'}\r\n`;
}

const NEEDS_QUOTES = /[",\r\n]|^\s|\s$|^$/;
const AMBIGUOUS = /^(?:[-+.\d].*|true|false)$/i;

function cell(value: unknown): string {
  if (value === null) return '';
  // With an exponent it is no integer whose digits would have to be kept.
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return (value as number).toExponential();
  if (typeof value !== 'string') return textFromValue(value);
  return NEEDS_QUOTES.test(value) || AMBIGUOUS.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
