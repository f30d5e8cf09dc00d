import { ByteBuffer } from 'flatbuffers';
import { Header } from 'flatgeobuf/lib/mjs/flat-geobuf/header.js';
import { fromByteBuffer, type HeaderMeta } from 'flatgeobuf/lib/mjs/header-meta.js';
import { calcTreeSize } from 'flatgeobuf/lib/mjs/packedrtree.js';
import { FormatError, parsing } from '../../../core/shared/format-error.ts';
import { crsFromCode, findCrs } from '../../crs/find-crs.ts';
import type { LayerFeature } from '../../layer/layer.ts';
import { type FileContent, type FileReader, LEFT_OUT_MEASURES } from '../common/file-reader.ts';
import { checkValues } from '../common/values.ts';
import { BROKEN, findField, followed } from './flat-tables.ts';
import { GeometryReader } from './flatgeobuf-geometries.ts';
import { PropertyReader } from './flatgeobuf-properties.ts';

const MAGIC_BYTES = 8;
const SIZE_PREFIX = 4;
/** Bytes of an offset in a list. */
const OFFSET = 4;
/** Numbers of the fields of a feature in the schema of FlatGeobuf. */
const featureFields = { geometry: 0, properties: 1 } as const;

/**
 * Reads a FlatGeobuf file (flatgeobuf.org, version 3) on the schema classes of the `flatgeobuf` package.
 *
 * @throws FormatError
 */
export const readFlatgeobuf: FileReader = async (bytes, { pointer }, count) => {
  if (bytes[0] !== 0x66 || bytes[1] !== 0x67 || bytes[2] !== 0x62 || bytes[3] !== 3) {
    throw new FormatError('it does not start with the magic bytes of version 3.');
  }
  const buffer = new ByteBuffer(bytes);
  checkEnd(bytes, MAGIC_BYTES + SIZE_PREFIX);
  const headerLength = buffer.readUint32(MAGIC_BYTES);
  checkEnd(bytes, MAGIC_BYTES + SIZE_PREFIX + headerLength);
  if (parsing(() => readHeader(buffer).columnsLength()) * OFFSET > headerLength)
    throw new FormatError(BROKEN);
  buffer.setPosition(MAGIC_BYTES);
  const header = parsing(() => fromByteBuffer(buffer));
  count(header.featuresCount);
  let offset = MAGIC_BYTES + SIZE_PREFIX + headerLength;
  if (header.indexNodeSize > 0 && header.featuresCount > 0) {
    offset += parsing(() => calcTreeSize(header.featuresCount, header.indexNodeSize));
  }
  const featureAt = featureReader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), header);
  // What the header says of their number need not be true, and each has a value in all columns.
  const starts = listFeatures(bytes, buffer, offset);
  count(starts.length);
  checkValues(starts.length * (header.columns?.length ?? 0), pointer);
  const features = starts.map((start, index) => featureAt(start, starts[index + 1] ?? bytes.length));
  // A count of 0 says that the writer did not know it.
  if (header.featuresCount > features.length)
    throw new FormatError(
      `it is truncated: its header says ${header.featuresCount} features, but it ends after ${features.length}.`,
    );
  const remarks = parsing(() => readHeader(buffer).hasM()) ? [LEFT_OUT_MEASURES] : [];
  return { features, ...readCrs(buffer, header), remarks };
};

/** Where the features begin: each ends where the next one does, the last one with the file. @throws FormatError where that is in the middle of it */
function listFeatures(bytes: Uint8Array, buffer: ByteBuffer, first: number): number[] {
  const starts: number[] = [];
  for (let start = first; start < bytes.length; ) {
    checkEnd(bytes, start + SIZE_PREFIX);
    const end = start + SIZE_PREFIX + buffer.readUint32(start);
    checkEnd(bytes, end);
    starts.push(start);
    start = end;
  }
  return starts;
}

/** Moves the buffer beyond the size of the header. */
function readHeader(buffer: ByteBuffer): Header {
  buffer.setPosition(MAGIC_BYTES);
  return Header.getSizePrefixedRootAsHeader(buffer);
}

function checkEnd(bytes: Uint8Array, end: number): void {
  if (end > bytes.length) throw new FormatError('it ends before its last feature does.');
}

/** By its code, else by its definition. */
function readCrs(buffer: ByteBuffer, { crs }: HeaderMeta): Pick<FileContent, 'crs' | 'crsFault'> {
  if (!crs) return { crs: undefined };
  // The package's own header reader leaves the textual code out.
  const code = crs.code || parsing(() => readHeader(buffer).crs()?.codeString());
  const coded = code ? crsFromCode(crs.org || 'EPSG', code) : undefined;
  if (coded && coded.fault === undefined) return { crs: coded };
  const text = crs.wkt?.trim();
  const defined = text ? findCrs(text) : undefined;
  if (!defined && !coded && text) return { crs: undefined, crsFault: unreadable(text) };
  return { crs: defined ?? coded };
}

const unreadable = (text: string): string =>
  `has a CRS whose definition cannot be read: ${JSON.stringify(text.slice(0, 60))}. Give its CRS, or send it in a file that names it.`;

/** Reads the feature between two places of a file. */
function featureReader(view: DataView, { columns, geometryType }: HeaderMeta) {
  const geometries = new GeometryReader(view);
  const properties = new PropertyReader(view, columns ?? []);
  return (start: number, end: number): LayerFeature => {
    const table = followed(view, start + SIZE_PREFIX);
    const geometry = findField(view, table, featureFields.geometry);
    const stored = findField(view, table, featureFields.properties);
    const list = stored === 0 ? 0 : followed(view, stored);
    const values = list + OFFSET;
    const valuesEnd = list === 0 ? values : values + view.getUint32(list, true);
    if (valuesEnd > end) throw new FormatError(BROKEN);
    return {
      type: 'Feature',
      properties: properties.read(values, valuesEnd),
      geometry: geometry === 0 ? null : geometries.read(followed(view, geometry), geometryType, start, end),
    };
  };
}
