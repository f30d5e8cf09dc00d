import { countBandsOfBlock, type Layout } from './image-layout.ts';

type Wholes = Uint8Array | Uint16Array | Uint32Array | BigUint64Array;

/** Undoes the predictor of the unpacked bytes of a block and makes them little-endian; changes the bytes. */
export function unpredict(bytes: Uint8Array, layout: Layout): void {
  const { bitsPerSample, predictor, littleEndian } = layout;
  const bytesPerSample = bitsPerSample / 8;
  const stride = countBandsOfBlock(layout);
  const rowBytes = layout.blockWidth * stride * bytesPerSample;
  if (predictor === 3) {
    undoFloating(bytes, rowBytes, bytesPerSample, stride);
    return;
  }
  if (!littleEndian) swap(bytes, bytesPerSample);
  if (predictor === 2) undoHorizontal(toWholes(bytes, bytesPerSample), rowBytes / bytesPerSample, stride);
}

/** Each sample is the difference to that of the pixel to its left; sums wrap around. */
function undoHorizontal(values: Wholes, rowLength: number, stride: number): void {
  for (let start = 0; start + rowLength <= values.length; start += rowLength) {
    const end = start + rowLength;
    if (values instanceof BigUint64Array)
      for (let index = start + stride; index < end; index++)
        values[index] = (values[index] ?? 0n) + (values[index - stride] ?? 0n);
    else
      for (let index = start + stride; index < end; index++)
        values[index] = (values[index] ?? 0) + (values[index - stride] ?? 0);
  }
}

/** Rows lie as planes of bytes, the most significant first, whose bytes are differences (TIFF technical note 3). */
function undoFloating(bytes: Uint8Array, rowBytes: number, bytesPerSample: number, stride: number): void {
  const row = new Uint8Array(rowBytes);
  const length = rowBytes / bytesPerSample;
  for (let start = 0; start + rowBytes <= bytes.length; start += rowBytes) {
    row.set(bytes.subarray(start, start + rowBytes));
    for (let index = stride; index < rowBytes; index++)
      row[index] = (row[index] ?? 0) + (row[index - stride] ?? 0);
    for (let byte = 0; byte < bytesPerSample; byte++) {
      const plane = (bytesPerSample - 1 - byte) * length;
      for (let index = 0, to = start + byte; index < length; index++, to += bytesPerSample)
        bytes[to] = row[plane + index] ?? 0;
    }
  }
}

function swap(bytes: Uint8Array, size: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length - (bytes.length % size));
  if (size === 3)
    for (let at = 0; at + 2 < bytes.length; at += 3)
      [bytes[at], bytes[at + 2]] = [bytes[at + 2] ?? 0, bytes[at] ?? 0];
  if (size === 2) buffer.swap16();
  if (size === 4) buffer.swap32();
  if (size === 8) buffer.swap64();
}

function toWholes(bytes: Uint8Array, size: number): Wholes {
  const { buffer, byteOffset } = bytes;
  const length = Math.floor(bytes.length / size);
  if (size === 2) return new Uint16Array(buffer, byteOffset, length);
  if (size === 4) return new Uint32Array(buffer, byteOffset, length);
  return size === 8 ? new BigUint64Array(buffer, byteOffset, length) : bytes;
}
