import type { FileMetaData } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { FormatError, parsing } from '../../../core/shared/format-error.ts';

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
}

/**
 * Walks over the headers of all pages before anything is decoded: a header without the size of its page would lead the
 * library round in circles for ever. @throws Error that says which column is broken
 */
export function checkPages(file: ArrayBuffer, { row_groups: groups }: FileMetaData): void {
  for (const { columns } of groups) {
    for (const { meta_data: column } of columns) {
      if (!column) continue;
      const dictionary = Number(column.dictionary_page_offset ?? 0);
      const data = Number(column.data_page_offset);
      const start = dictionary > 0 && dictionary < data ? dictionary : data;
      checkChunk(file, start, Number(column.total_compressed_size), column.path_in_schema.join('.'));
    }
  }
}

function checkChunk(file: ArrayBuffer, start: number, length: number, name: string): void {
  if (!(start >= 0 && length >= 0 && start + length <= file.byteLength)) {
    throw new FormatError(`its column "${name}" is not within the file.`);
  }
  const reader = { view: new DataView(file, start, length), offset: 0 };
  while (reader.offset < length - 1) {
    const { compressed_page_size: size } = parsing(() => parquetHeader(reader));
    if (!Number.isInteger(size) || size < 0 || reader.offset + size > length) {
      throw new FormatError(`its column "${name}" has a page without an end.`);
    }
    reader.offset += size;
  }
}
