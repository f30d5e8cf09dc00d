import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';
import type { RasterContent, Samples } from '../../raster.ts';
import { missingTest } from '../../raster.ts';
import { stretchOf } from './stretch.ts';

const deflated = promisify<Uint8Array, object, Buffer>(deflate);
const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const GREY = 0;
const COLOURS = 2;
/** Filter that replaces each byte by its difference to the pixel to its left. */
const SUB = 1;

/**
 * A raster as a picture of bytes: the first three bands in colours if there are so many, else the first in grey. Bytes
 * stay what they are; other values are stretched from their 2nd to their 98th percentile. Missing pixels are transparent.
 */
export async function pngBytes(content: RasterContent): Promise<Uint8Array> {
  const { width, height, dataType, nodata } = content;
  const bands = content.bands.slice(0, content.bands.length < 3 ? 1 : 3);
  const isMissing = missingTest({ dataType, ...(nodata === undefined ? {} : { nodata }) });
  const planes = bands.map((band) => (dataType === 'uint8' ? band : stretched(band, isMissing)));
  // Stretched values are 1 to 255, so that 0 stands for what is missing.
  const transparent = dataType === 'uint8' ? nodata : 0;
  const head = new Uint8Array(13);
  const view = new DataView(head.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  head.set([8, bands.length === 1 ? GREY : COLOURS], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    ...(transparent === undefined
      ? []
      : [chunk('tRNS', Uint8Array.from(bands.flatMap(() => [0, transparent])))]),
    chunk('IDAT', await deflated(filtered(planes, width, height), { level: 6 })),
    chunk('IEND', new Uint8Array()),
  ]);
}

function stretched(band: Samples, isMissing: (value: number) => boolean): Uint8Array {
  const stretch = stretchOf(band, isMissing);
  return Uint8Array.from(band, (value) => (isMissing(value) ? 0 : stretch(value)));
}

/** The rows of a picture as PNG wants them: each begins with its filter. */
function filtered(planes: readonly Samples[], width: number, height: number): Uint8Array {
  const stride = planes.length;
  const rowBytes = 1 + width * stride;
  const bytes = new Uint8Array(rowBytes * height);
  for (let row = 0; row < height; row++) {
    const start = row * rowBytes;
    bytes[start] = SUB;
    for (const [band, plane] of planes.entries()) {
      let left = 0;
      for (let column = 0; column < width; column++) {
        const value = plane[row * width + column]!;
        bytes[start + 1 + column * stride + band] = value - left;
        left = value;
      }
    }
  }
  return bytes;
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + content.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  new TextEncoder().encodeInto(type, bytes.subarray(4));
  bytes.set(content, 8);
  view.setUint32(8 + content.length, crc32(bytes.subarray(4, 8 + content.length)));
  return bytes;
}
