import { crc32 } from 'node:zlib';

export interface RawEntry {
  readonly name: string;
  /** As it stands in the archive: deflated. */
  readonly data: Uint8Array;
  /** Bytes that the archive says it has inflated. */
  readonly size: number;
  /** Entry whose bytes this one claims as its own. */
  readonly sameAs?: number;
  /** Where the archive says that it begins. */
  readonly at?: number;
}

/** An archive that says of itself what it is told to (PKWARE APPNOTE 4.3); no packer writes such. */
export function zipArchive(
  entries: readonly RawEntry[],
  { count = entries.length, offset }: { count?: number; offset?: number } = {},
): Uint8Array {
  const parts: Uint8Array[] = [];
  const places: number[] = [];
  let length = 0;
  for (const entry of entries) {
    if (entry.sameAs !== undefined && places.length > entry.sameAs) {
      places.push(places[entry.sameAs]!);
      continue;
    }
    places.push(length);
    for (const part of [header(0x04034b50, entry), Buffer.from(entry.name), entry.data]) {
      parts.push(part);
      length += part.length;
    }
  }
  const start = length;
  for (const [index, entry] of entries.entries()) {
    const record = Buffer.concat([
      directoryHeader(entry, entry.at ?? places[index]!),
      Buffer.from(entry.name),
    ]);
    parts.push(record);
    length += record.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(length - start, 12);
  end.writeUInt32LE(offset ?? start, 16);
  return Buffer.concat([...parts, end]);
}

function fields(entry: RawEntry): Buffer {
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(20, 0);
  bytes.writeUInt16LE(8, 4);
  bytes.writeUInt32LE(crc32(entry.data), 10);
  bytes.writeUInt32LE(entry.data.length, 14);
  bytes.writeUInt32LE(entry.size, 18);
  bytes.writeUInt16LE(Buffer.byteLength(entry.name), 22);
  return bytes;
}

function header(signature: number, entry: RawEntry): Buffer {
  const start = Buffer.alloc(4);
  start.writeUInt32LE(signature);
  return Buffer.concat([start, fields(entry)]);
}

function directoryHeader(entry: RawEntry, at: number): Buffer {
  const end = Buffer.alloc(14);
  end.writeUInt32LE(at, 10);
  const start = Buffer.alloc(6);
  start.writeUInt32LE(0x02014b50);
  start.writeUInt16LE(20, 4);
  return Buffer.concat([start, fields(entry), end]);
}
