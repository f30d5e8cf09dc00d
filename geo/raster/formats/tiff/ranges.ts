/** A block of a file. */
export interface BlockPlace {
  readonly index: number;
  readonly offset: number;
  readonly length: number;
}

/** Bytes that are read at once, with the blocks in them. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
  readonly blocks: readonly BlockPlace[];
}

/** Bytes between two blocks that are read along rather than asked for anew. */
const GAP = 32 * 1024;
/** Bytes of one request. */
const LONGEST = 8 * 1024 * 1024;

/** Puts blocks that lie close to each other into ranges. */
export function mergeRanges(blocks: readonly BlockPlace[]): ByteRange[] {
  const ranges: { offset: number; length: number; blocks: BlockPlace[] }[] = [];
  for (const block of [...blocks].sort((one, other) => one.offset - other.offset)) {
    const range = ranges.at(-1);
    const end = block.offset + block.length;
    if (range && block.offset - (range.offset + range.length) <= GAP && end - range.offset <= LONGEST) {
      range.length = Math.max(range.length, end - range.offset);
      range.blocks.push(block);
    } else ranges.push({ offset: block.offset, length: block.length, blocks: [block] });
  }
  return ranges;
}
