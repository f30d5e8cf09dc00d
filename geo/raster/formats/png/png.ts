import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';
import type { RasterContent, Samples } from '../../raster.ts';
import { missingTest } from '../../raster.ts';
import { findTypeRange } from '../../values/data-types.ts';
import { findAlpha } from '../../values/settle-content.ts';
import { makeStretch } from './stretch.ts';

const deflated = promisify<Uint8Array, object, Buffer>(deflate);
const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const GREY = 0;
const COLOURS = 2;
const INDEXED = 3;
/** Added to either where pixels have an alpha channel. */
const ALPHA = 4;
/** Filter that replaces each byte by its difference to the pixel to its left. */
const SUB = 1;

/**
 * A raster as a picture of bytes: the first three bands in colours if there are so many, else the first in grey. Bytes
 * stay what they are, with their table of colours if they have one; other values are stretched from their 2nd to their
 * 98th percentile. Pixels that are missing in all of these bands are transparent.
 */
export async function pngBytes(content: RasterContent): Promise<Uint8Array> {
  const { width, height, dataType } = content;
  const shown = countShown(content);
  const bands = content.bands.slice(0, shown);
  const palette = findPalette(content);
  const isBytes = dataType === 'uint8';
  const planes = bands.map((band, index) => (isBytes ? band : stretched(band, missingIn(content, index))));
  const opacity = computeOpacity(content, shown);
  // Stretched values are 1 to 255, so that 0 stands for what is missing.
  const transparent = isBytes ? content.nodata : 0;
  const head = new Uint8Array(13);
  const view = new DataView(head.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  if (palette) {
    if (!opacity) return paletteBytes(content, palette, transparent);
    // A table of colours has no room for an alpha channel beside it.
    const [first] = planes;
    planes.length = 0;
    for (let part = 0; part < 3; part++)
      planes.push(Uint8Array.from(first ?? [], (value) => palette[value * 3 + part] ?? 0));
  }
  head.set([8, (planes.length === 1 ? GREY : COLOURS) + (opacity ? ALPHA : 0)], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    ...(opacity || transparent === undefined
      ? []
      : [chunk('tRNS', Uint8Array.from(bands.flatMap(() => [0, transparent])))]),
    chunk(
      'IDAT',
      await deflated(filtered(opacity ? [...planes, opacity] : planes, width, height), { level: 6 }),
    ),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** How many bands a picture shows. */
export function countShown({ bands, meanings }: RasterContent): 1 | 3 {
  if (meanings?.[0]?.colorInterpretation === 'palette') return 1;
  return bands.length < 3 || findAlpha(meanings) === 1 ? 1 : 3;
}

/** The colours of the values of the first band, three bytes for each of the 256; undefined where it has none. */
export function findPalette({ colorTable, dataType, meanings }: RasterContent): Uint8Array | undefined {
  if (!colorTable || dataType !== 'uint8' || meanings?.[0]?.colorInterpretation !== 'palette')
    return undefined;
  const bytes = new Uint8Array(256 * 3);
  for (const [index, colour] of colorTable.slice(0, 256).entries())
    bytes.set(
      colour.map((part) => Math.round(part / 257)),
      index * 3,
    );
  return bytes;
}

/** A picture whose bytes are the numbers of colours. */
async function paletteBytes(
  { width, height, bands }: RasterContent,
  palette: Uint8Array,
  transparent: number | undefined,
): Promise<Uint8Array> {
  const head = new Uint8Array(13);
  const view = new DataView(head.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  head.set([8, INDEXED], 8);
  // How opaque the colours are, up to the one that is not.
  const alphas =
    transparent === undefined ? undefined : new Uint8Array(transparent + 1).fill(255, 0, transparent);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', palette),
    ...(alphas ? [chunk('tRNS', alphas)] : []),
    chunk('IDAT', await deflated(filtered(bands.slice(0, 1), width, height), { level: 6 })),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** Tells whether a pixel of a band is missing, by its index. */
function missingIn(
  { bands, dataType, nodata, masks }: RasterContent,
  band: number,
): (index: number) => boolean {
  const isMissing = missingTest({ dataType, ...(nodata === undefined ? {} : { nodata }) });
  const samples = bands[band];
  if (!samples) throw new Error(`The raster has no band ${band + 1}, only ${bands.length}.`);
  const mask = masks?.[band];
  return (index) => mask?.[index] === 0 || isMissing(samples[index] ?? Number.NaN);
}

/** How opaque each pixel is, where an alpha channel or masks say so; undefined where nodata says it all. */
function computeOpacity(content: RasterContent, shown: number): Uint8Array | undefined {
  const { width, height, bands, dataType, masks } = content;
  const alpha = findAlpha(content.meanings);
  if (alpha === undefined && !masks?.slice(0, shown).some((mask) => mask !== undefined)) return undefined;
  const missing = bands.slice(0, shown).map((_, index) => missingIn(content, index));
  const full = findTypeRange(dataType)?.[1] ?? 255;
  const channel = alpha === undefined ? undefined : bands[alpha];
  return Uint8Array.from({ length: width * height }, (_, index) => {
    if (missing.every((isMissing) => isMissing(index))) return 0;
    const value = channel?.[index] ?? full;
    return value === 0 ? 0 : Math.min(255, Math.max(1, Math.round((value / full) * 255)));
  });
}

function stretched(band: Samples, isMissing: (index: number) => boolean): Uint8Array {
  const stretch = makeStretch(band, isMissing);
  return Uint8Array.from(band, (value, index) => (isMissing(index) ? 0 : stretch(value)));
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
        const value = plane[row * width + column] ?? 0;
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
