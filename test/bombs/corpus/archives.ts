import { constants, deflateRawSync, gzipSync } from 'node:zlib';
import { type Bomb, fileBomb, invalid, tooLarge } from '../support/bomb.ts';
import { zipArchive } from '../support/zip.ts';

const zip = (name: string, make: () => Uint8Array, answer: Bomb['answer'], file = 'bomb.zip') =>
  fileBomb(`archive: ${name}`, { file }, make, answer);

/** Deflated zeros, `megabytes` of them, made without ever having them all. */
function zeros(megabytes: number): Uint8Array {
  const end = deflateRawSync(new Uint8Array(0));
  if (megabytes === 0) return end;
  const block = deflateRawSync(new Uint8Array(16 << 20), { finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([...Array.from({ length: Math.ceil(megabytes / 16) }, () => block), end]);
}

/** A gzip member repeated: gzip's members follow each other, and each is unpacked. */
const gzipMembers = (megabytes: number): Uint8Array => {
  const member = gzipSync(new Uint8Array(16 << 20));
  return Buffer.concat(Array.from({ length: Math.ceil(megabytes / 16) }, () => member));
};

const shapefile = (size: number, data: Uint8Array) =>
  zipArchive([
    { name: 'a.shp', data, size },
    { name: 'a.dbf', data, size },
  ]);

/** Packed files: what they unfold to is known before they are unpacked, or as soon as it is too much. */
export const archiveBombs: readonly Bomb[] = [
  zip(
    'a Shapefile of 4 GB of zeros that says so',
    () => shapefile(0xfffffffe, zeros(64)),
    tooLarge(/bytes when uncompressed/),
  ),
  zip('a Shapefile of 2 GB that says 1 KB', () => shapefile(1024, zeros(2048)), invalid(/sizes and offsets/)),
  zip(
    'a Shapefile of 100 bytes that says 290 MB',
    () => shapefile(145 << 20, zeros(0)),
    invalid(/shp|archive/),
  ),
  zip(
    'sizes of which the sum is too large',
    () => shapefile(200 << 20, zeros(16)),
    tooLarge(/bytes when uncompressed/),
  ),
  zip(
    '65 000 entries',
    () => {
      const data = zeros(0);
      return zipArchive(Array.from({ length: 65_000 }, (_, i) => ({ name: `${i}.shp`, data, size: 0 })));
    },
    invalid(/\.dbf|shp/),
  ),
  zip(
    'entries that all lie on the same bytes',
    () => {
      const data = zeros(16);
      return zipArchive(
        Array.from({ length: 30_000 }, (_, i) => ({ name: `${i}.shp`, data, size: 16 << 20, sameAs: 0 })),
      );
    },
    invalid(/\.dbf|shp|inflated/),
  ),
  zip(
    'a name of 60 000 characters',
    () => zipArchive([{ name: `${'a'.repeat(60_000)}.shp`, data: zeros(0), size: 0 }]),
    invalid(/its \.shp does not have the header of a Shapefile/),
  ),
  zip(
    'an archive in an archive',
    () =>
      zipArchive([{ name: 'a.zip', data: deflateRawSync(shapefile(0xfffffffe, zeros(16))), size: 1 << 20 }]),
    invalid(/shp/),
  ),
  zip(
    'a directory that is cut off',
    () => shapefile(1024, zeros(1)).subarray(0, 400),
    invalid(/invalid zip data/),
  ),
  zip(
    'a directory that says 65 535 entries',
    () => zipArchive([{ name: 'a.shp', data: zeros(0), size: 0 }], { count: 0xffff }),
    invalid(/the archive has several files of the same name/),
  ),
  zip(
    'a directory before the file',
    () => zipArchive([{ name: 'a.shp', data: zeros(0), size: 0 }], { offset: 0xfffffff0 }),
    invalid(/the archive has no \.shp file; its files: none/),
  ),
  zip(
    'an entry that lies beyond the end',
    () =>
      zipArchive([
        { name: 'a.shp', data: zeros(0), size: 100, at: 0x7fffffff },
        { name: 'a.dbf', data: zeros(0), size: 0 },
      ]),
    invalid(/its \.shp does not have the header of a Shapefile/),
  ),
  zip(
    'a KMZ of 2 GB',
    () => zipArchive([{ name: 'doc.kml', data: zeros(64), size: 2 ** 31 }]),
    tooLarge(/bytes when uncompressed/),
    'bomb.kmz',
  ),
  zip(
    'a KMZ of 1 GB that says 100 bytes',
    () => zipArchive([{ name: 'doc.kml', data: zeros(1024), size: 100 }]),
    invalid(/it is damaged: the sizes and offsets in it do not match its bytes/),
    'bomb.kmz',
  ),
  zip(
    'a KMZ with a second document of the same name and 3 GB',
    () =>
      zipArchive([
        { name: 'doc.kml', data: zeros(0), size: 0 },
        { name: 'doc.kml', data: zeros(64), size: 3 * 2 ** 30 },
      ]),
    invalid(/same name/),
    'bomb.kmz',
  ),
  zip(
    'a KMZ with a document of 4 GB beside the one that counts',
    () =>
      zipArchive([
        { name: 'doc.kml', data: deflateRawSync(Buffer.from('<kml/>')), size: 6 },
        { name: 'b/doc.kml', data: zeros(64), size: 0xfffffffe },
      ]),
    'computed',
    'bomb.kmz',
  ),
  zip('gzip of 1 GB', () => gzipMembers(1024), tooLarge(/bytes when uncompressed/), 'bomb.geojson.gz'),
  zip(
    'gzip of 12 GB in members',
    () => gzipMembers(12_288),
    tooLarge(/bytes when uncompressed/),
    'bomb.geojson.gz',
  ),
  zip('gzip in gzip', () => gzipSync(gzipMembers(16)), invalid(/more than once/), 'bomb.geojson.gz'),
  zip(
    'a million empty members of gzip',
    () => {
      const member = gzipSync(new Uint8Array(0));
      return Buffer.concat(Array.from({ length: 1e6 }, () => member));
    },
    invalid(/Unexpected end of JSON input/),
    'bomb.geojson.gz',
  ),
];
