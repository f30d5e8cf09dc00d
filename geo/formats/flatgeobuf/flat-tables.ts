/**
 * Tables of FlatBuffers (flatbuffers.dev), read where they stand: the classes of the schema make an object of each,
 * of which a large layer has hundreds of thousands.
 */

/** Where the value of a field stands; 0 where the table does not have it. */
export function fieldOf(view: DataView, table: number, field: number): number {
  const layout = table - view.getInt32(table, true);
  const entry = 4 + field * 2;
  if (entry >= view.getUint16(layout, true)) return 0;
  const offset = view.getUint16(layout + entry, true);
  return offset === 0 ? 0 : table + offset;
}

/** The place that the offset at a place leads to. */
export const followed = (view: DataView, at: number): number => at + view.getUint32(at, true);
