import type { RasterContent } from '../../raster.ts';
import { newSamples } from '../../values/data-types.ts';

/** Columns and rows of the largest tiles. */
export const TILE = 512;
/** Columns and rows of tiles are multiples of this (TIFF 6.0, section 15). */
const STEP = 16;

/** Columns and rows of the tiles of an image; those of one that is smaller than a tile need not be larger than it. */
export const fittingTile = ({ width, height }: Pick<RasterContent, 'width' | 'height'>): number =>
  Math.min(TILE, Math.ceil(Math.max(width, height) / STEP) * STEP);

/** The value of the tag Predictor that suits a data type: differences of integers, or of the bytes of floating point. */
export const choosePredictor = ({ dataType }: RasterContent): number =>
  dataType.startsWith('float') ? 3 : 2;

/** The bytes of a tile before they are packed: all bands of a pixel side by side, what reaches beyond the image missing. */
export function tileBytes(
  content: RasterContent,
  column: number,
  row: number,
  size: number,
  predictor: number,
): Uint8Array {
  const { width, height, bands, dataType, nodata } = content;
  const stride = bands.length;
  const samples = newSamples(dataType, size * size * stride);
  const across = Math.min(size, width - column);
  const down = Math.min(size, height - row);
  if (across < size || down < size) samples.fill(nodata ?? 0);
  for (const [band, values] of bands.entries()) {
    for (let y = 0; y < down; y++) {
      const from = (row + y) * width + column;
      const to = y * size * stride + band;
      if (stride === 1) samples.set(values.subarray(from, from + across), to);
      else for (let x = 0; x < across; x++) samples[to + x * stride] = values[from + x] ?? 0;
    }
  }
  const bytes = new Uint8Array(samples.buffer);
  if (predictor === 2) subtractLeft(bytes, samples.BYTES_PER_ELEMENT, size * stride, stride);
  if (predictor === 3 && samples.BYTES_PER_ELEMENT === 4 && stride === 1)
    return singlePlanes(new Int32Array(samples.buffer), size);
  if (predictor === 3) return differencePlanes(bytes, samples.BYTES_PER_ELEMENT, size * stride, stride);
  return bytes;
}

/** Replaces each sample by its difference to the pixel to its left. */
function subtractLeft(bytes: Uint8Array, size: number, rowLength: number, stride: number): void {
  const wholes =
    size === 1 ? bytes : size === 2 ? new Uint16Array(bytes.buffer) : new Uint32Array(bytes.buffer);
  for (let start = 0; start < wholes.length; start += rowLength)
    for (let index = start + rowLength - 1; index >= start + stride; index--)
      wholes[index] = (wholes[index] ?? 0) - (wholes[index - stride] ?? 0);
}

/** Rows as planes of bytes, the most significant first, and these as differences (TIFF technical note 3). */
function differencePlanes(bytes: Uint8Array, size: number, rowLength: number, stride: number): Uint8Array {
  const planes = new Uint8Array(bytes.length);
  const step = stride * size;
  const rowBytes = rowLength * size;
  for (let start = 0; start < bytes.length; start += rowBytes) {
    for (let byte = 0; byte < size; byte++) {
      const plane = start + (size - 1 - byte) * rowLength;
      let from = start + byte;
      // The first pixel follows the last one of the plane before.
      for (let index = 0; index < stride; index++, from += size)
        planes[plane + index] =
          (bytes[from] ?? 0) - (byte === size - 1 ? 0 : (bytes[from + rowBytes - step + 1] ?? 0));
      for (let index = stride; index < rowLength; index++, from += size)
        planes[plane + index] = (bytes[from] ?? 0) - (bytes[from - step] ?? 0);
    }
  }
  return planes;
}

/** The same for one band of single precision, which is the most frequent case: the four bytes of a sample at once. */
function singlePlanes(words: Int32Array, rowLength: number): Uint8Array {
  const planes = new Uint8Array(words.length * 4);
  for (let start = 0; start < words.length; start += rowLength) {
    const first = start * 4;
    const [second, third, fourth] = [first + rowLength, first + 2 * rowLength, first + 3 * rowLength];
    // Each plane goes on from the end of the one before, which holds the next higher byte.
    let left = (words[start + rowLength - 1] ?? 0) >>> 8;
    for (let index = 0; index < rowLength; index++) {
      const word = words[start + index] ?? 0;
      planes[first + index] = (word >>> 24) - (left >>> 24);
      planes[second + index] = (word >>> 16) - (left >>> 16);
      planes[third + index] = (word >>> 8) - (left >>> 8);
      planes[fourth + index] = word - left;
      left = word;
    }
  }
  return planes;
}
