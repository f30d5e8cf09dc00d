import type { FileMetaData, PageHeader } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { FormatError, parsing } from '../../../core/shared/format-error.ts';
import { itemAt } from '../../../core/shared/item-at.ts';

/** Chunks that a file may have, groups of rows times columns: each takes its time, however small it is. */
const MOST_CHUNKS = 50_000;
/** Groups of columns inside each other that a file may have. */
const MOST_NESTED = 100;

/** The library takes the footer as it comes. @throws FormatError where its lists are none */
export function checkFooter(metadata: FileMetaData): void {
  const { schema, row_groups: groups } = metadata as Partial<FileMetaData>;
  const sound =
    Array.isArray(schema) &&
    schema.length > 0 &&
    schema.every(({ name }) => typeof name === 'string') &&
    Array.isArray(groups) &&
    groups.every(
      (group) =>
        Array.isArray(group?.columns) &&
        group.columns.every(({ meta_data: column }) => !column || Array.isArray(column.path_in_schema)),
    );
  if (!sound) throw new FormatError('its footer is damaged: it does not describe its columns and rows.');
  checkTree(schema as FileMetaData['schema']);
}

/** The schema is a tree as a list, each group before its members; the library follows it as deep as it goes. */
function checkTree(schema: FileMetaData['schema']): void {
  /** Members still to come, of each group that is open. */
  const open: number[] = [];
  for (const [index, { num_children: members = 0 }] of schema.entries()) {
    const last = open.length - 1;
    if (index > 0) {
      if (last < 0) break;
      open[last] = itemAt(open, last) - 1;
    }
    if (members > 0) open.push(members);
    if (open.length > MOST_NESTED)
      throw new FormatError(`its columns are groups that are nested more than ${MOST_NESTED} deep.`);
    while (open.at(-1) === 0) open.pop();
  }
  if (open.length > 0)
    throw new FormatError('its footer is damaged: a group has more columns than the footer describes.');
}

/**
 * Walks over the headers of all pages before anything is decoded: a header without the size of its page would lead the
 * library round in circles for ever.
 *
 * @param check is called with the sum of all pages so far, and may refuse it
 * @throws FormatError that says which column is broken
 */
export function checkPages(
  file: ArrayBuffer,
  { row_groups: groups }: FileMetaData,
  check: (sum: PageSum) => void,
): void {
  const chunks = groups.reduce((count, { columns }) => count + columns.length, 0);
  if (chunks > MOST_CHUNKS) throw new FormatError(`it has ${chunks} column chunks, too many to read.`);
  const sum = { values: 0, bytes: 0 };
  for (const { columns } of groups) {
    for (const { meta_data: column } of columns) {
      if (!column) continue;
      const dictionary = Number(column.dictionary_page_offset ?? 0);
      const data = Number(column.data_page_offset);
      const start = dictionary > 0 && dictionary < data ? dictionary : data;
      checkChunk(
        file,
        start,
        Number(column.total_compressed_size),
        column.path_in_schema.join('.'),
        (page) => {
          sum.values += page.values;
          sum.bytes += page.bytes;
          check(sum);
        },
      );
    }
  }
}

function checkChunk(
  file: ArrayBuffer,
  start: number,
  length: number,
  name: string,
  visit: (page: PageSum) => void,
): void {
  if (!(start >= 0 && length >= 0 && start + length <= file.byteLength)) {
    throw new FormatError(`its column "${name}" is not within the file.`);
  }
  const reader = { view: new DataView(file, start, length), offset: 0 };
  while (reader.offset < length - 1) {
    const header = parsing(() => parquetHeader(reader));
    const { compressed_page_size: size } = header;
    if (!Number.isInteger(size) || size < 0 || reader.offset + size > length) {
      throw new FormatError(`its column "${name}" has a page without an end.`);
    }
    visit(sizeOfPage(header, name));
    reader.offset += size;
  }
}

/** What pages unfold to, as their headers say: a value may take no byte at all. */
export interface PageSum {
  readonly values: number;
  readonly bytes: number;
}

function sizeOfPage(header: PageHeader, name: string): PageSum {
  const values =
    header.data_page_header?.num_values ??
    header.data_page_header_v2?.num_values ??
    header.dictionary_page_header?.num_values ??
    0;
  const bytes = header.uncompressed_page_size;
  if (!(values >= 0 && bytes >= 0))
    throw new FormatError(`its column "${name}" has a page of a negative size.`);
  return { values, bytes };
}
