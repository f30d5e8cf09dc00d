import { FormatError } from '../../../core/shared/format-error.ts';
import { requirePresent } from '../../../core/shared/require-present.ts';
import { inflated, readZipEntries } from '../shapefile/zip.ts';

/** Whether bytes are an archive. */
export const isArchive = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

/** The document of a KMZ archive: the first .kml at its top, as the format says, else the first anywhere. */
export function kmlOfArchive(archive: Uint8Array, limit: number, pointer: string): Uint8Array {
  const documents = readZipEntries(archive).filter(({ name }) => /\.kml$/i.test(name));
  const chosen = documents.find(({ name }) => !name.includes('/')) ?? documents[0];
  if (!chosen) throw new FormatError('the archive has no .kml document.');
  return requirePresent(inflated(archive, [chosen], limit, pointer).get(chosen.name), 'The document');
}
