import type { Entry } from './entries.ts';
import { FRAME, layOutFile } from './file-layout.ts';

/** An image that is ready to be put into a file. */
export interface EncodedImage {
  readonly entries: readonly Entry[];
  readonly tiles: readonly Uint8Array[];
}

/**
 * A little-endian TIFF file: the directories, then the tiles, those of the smallest image first.
 *
 * @param cloudOptimized each tile has its length before it and its last four bytes again behind it
 */
export function assemble(images: readonly EncodedImage[], cloudOptimized: boolean): Uint8Array {
  const { header, offsets, size } = layOutFile(
    images.map(({ entries, tiles }) => ({ entries, lengths: tiles.map(({ length }) => length) })),
    cloudOptimized,
  );
  const file = new Uint8Array(size);
  file.set(header);
  for (const [index, { tiles }] of images.entries())
    for (const [tile, bytes] of tiles.entries())
      putTile(bytes, file, offsets[index]?.[tile] ?? 0, cloudOptimized);
  return file;
}

/** Puts a tile into a file at an offset, with what is around it. */
export function putTile(bytes: Uint8Array, file: Uint8Array, offset: number, cloudOptimized: boolean): void {
  file.set(bytes, offset);
  if (!cloudOptimized) return;
  new DataView(file.buffer, file.byteOffset).setUint32(offset - FRAME, bytes.length, true);
  file.set(bytes.subarray(-FRAME), offset + bytes.length);
}
