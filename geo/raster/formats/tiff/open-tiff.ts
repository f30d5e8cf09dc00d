import { Tiff } from '@cogeotiff/core';
import type { Source } from '../../../../core/run/context.ts';
import { BeyondReader, FormatError, parsingAsync } from '../../../../core/shared/format-error.ts';
import { HeaderSource } from './tiff-source.ts';

/** The file is of another format. */
export class NoTiff extends BeyondReader {
  static override readonly name: string = 'NoTiff';
}

/** Directories that a file may have: an image, its overviews and masks. */
const DIRECTORIES = 256;

/**
 * Reads the directories of a TIFF or BigTIFF file.
 *
 * @throws FormatError that says what is wrong with the file
 */
export async function openTiff(source: Source): Promise<Tiff> {
  const header = await HeaderSource.open(source);
  await checkDirectories(header);
  const tiff = await parsingAsync(() => Tiff.create(header));
  if (tiff.images.length === 0) throw new FormatError('it has no image');
  return tiff;
}

/** Follows the chain of directories, which in a damaged file may be a ring. */
async function checkDirectories(source: HeaderSource): Promise<void> {
  const head = new DataView(await source.fetch(0, 16));
  if (head.byteLength < 16) throw new NoTiff('it is too short to be a TIFF file');
  const order = head.getUint16(0);
  const little = order === 0x4949;
  const version = head.getUint16(2, little);
  const big = version === 43;
  if ((order !== 0x4949 && order !== 0x4d4d) || (version !== 42 && !big))
    throw new NoTiff('it does not have the header of a TIFF, "II" or "MM" and 42 or 43');
  const pointer = (view: DataView, at: number): number =>
    big ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little);
  const [countBytes, entryBytes, pointerBytes] = big ? [8, 20, 8] : [2, 12, 4];
  const seen = new Set<number>();
  let offset = pointer(head, big ? 8 : 4);
  while (offset !== 0) {
    if (seen.has(offset) || seen.size === DIRECTORIES)
      throw new FormatError('its image file directories form a loop');
    seen.add(offset);
    const view = new DataView(await source.fetch(offset, countBytes));
    const entries = big ? Number(view.getBigUint64(0, little)) : view.getUint16(0, little);
    const next = new DataView(await source.fetch(offset + countBytes + entries * entryBytes, pointerBytes));
    offset = pointer(next, 0);
  }
}
