import { FormatError } from '../../../core/shared/format-error.ts';
import { requirePresent } from '../../../core/shared/require-present.ts';
import type { LayerContent } from '../../layer/layer.ts';
import type { WrittenFile } from '../common/written-file.ts';
import { inflated, readZipEntries, zipped } from '../shapefile/zip.ts';
import { kmlBytes } from './kml-write.ts';

/** Whether bytes are an archive. */
export const isArchive = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

/**
 * The document of a KMZ archive: the first .kml at its top, as the format says, else the first anywhere.
 *
 * @throws FormatError
 */
export function kmlOfArchive(archive: Uint8Array, limit: number, pointer: string): Uint8Array {
  const documents = readZipEntries(archive).filter(({ name }) => /\.kml$/i.test(name));
  const chosen = documents.find(({ name }) => !name.includes('/')) ?? documents[0];
  if (!chosen) throw new FormatError('the archive has no .kml document.');
  return requirePresent(inflated(archive, [chosen], limit, pointer).get(chosen.name), 'The document');
}

/** A KMZ archive with the one document `doc.kml`, as the format wants it. */
export function kmzBytes(layer: LayerContent): WrittenFile {
  const { bytes, remarks } = kmlBytes(layer);
  return { bytes: zipped({ 'doc.kml': bytes }), remarks };
}
