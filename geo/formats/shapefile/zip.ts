import { type UnzipFileInfo, unzipSync, zipSync } from 'fflate';
import { ClassLimitExceeded } from '../../../core/shared/errors.ts';
import { FormatError, parsing } from '../../../core/shared/format-error.ts';

export interface ZipEntry {
  readonly name: string;
  /** As the archive says; what is inflated beyond it is cut off. */
  readonly bytes: number;
}

/**
 * What an archive holds, without inflating anything; directories and the shadow files of macOS left out.
 *
 * @throws FormatError
 */
export function readZipEntries(archive: Uint8Array): ZipEntry[] {
  const entries: ZipEntry[] = [];
  const filter = ({ name, originalSize }: UnzipFileInfo): boolean => {
    if (!/\/$|(?:^|\/)(?:__MACOSX\/|\.)/.test(name)) entries.push({ name, bytes: originalSize });
    return false;
  };
  parsing(() => unzipSync(archive, { filter }));
  const names = new Set(entries.map(({ name }) => name));
  // All of a name would be inflated, and the last one taken, whichever was counted.
  if (names.size < entries.length) throw new FormatError('the archive has several files of the same name.');
  return entries;
}

/**
 * Inflates some files of an archive.
 *
 * @param limit bytes that they may have together: a small archive can hold terabytes of zeros.
 * @throws LimitExceeded before anything is inflated
 */
export function inflated(
  archive: Uint8Array,
  wanted: readonly ZipEntry[],
  limit: number,
  pointer: string,
): Map<string, Uint8Array> {
  const total = wanted.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > limit) {
    throw new ClassLimitExceeded(
      pointer,
      `The archive has ${total} bytes when uncompressed; the process accepts up to ${limit}.`,
    );
  }
  const names = new Set(wanted.map(({ name }) => name));
  const files = parsing(() => unzipSync(archive, { filter: ({ name }) => names.has(name) }));
  return new Map(Object.entries(files));
}

/** An archive whose bytes depend on nothing but its files: they all have the first time that the format can hold. */
export const zipped = (files: Readonly<Record<string, Uint8Array>>): Uint8Array =>
  zipSync(files, { mtime: new Date(1980, 0, 1), level: 6 });
