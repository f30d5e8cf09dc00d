import { FormatError } from '../../../core/shared/format-error.ts';

/**
 * Tables of FlatBuffers (flatbuffers.dev), read where they stand: the classes of the schema make an object of each,
 * of which a large layer has hundreds of thousands.
 */

/** What is said of a file whose offsets or lengths lead out of it. */
export const BROKEN = 'a list in it extends beyond its end.';

/** Bytes of an offset, and of the length of a list. */
const OFFSET = 4;

/** Where the value of a field stands; 0 where the table does not have it. @throws FormatError outside of the file */
export function findField(view: DataView, table: number, field: number): number {
  const layout = table - view.getInt32(within(view, table), true);
  const entry = 4 + field * 2;
  if (entry >= view.getUint16(within(view, layout), true)) return 0;
  const offset = view.getUint16(within(view, layout + entry - 2) + 2, true);
  return offset === 0 ? 0 : within(view, table + offset, 1);
}

/** The place that the offset at a place leads to. @throws FormatError outside of the file */
export const followed = (view: DataView, at: number): number =>
  within(view, at + view.getUint32(within(view, at), true));

/** The place, if so many bytes stand there: a damaged file leads anywhere. */
function within(view: DataView, at: number, bytes = OFFSET): number {
  if (at < 0 || at + bytes > view.byteLength) throw new FormatError(BROKEN);
  return at;
}
