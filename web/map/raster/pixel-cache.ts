import type { Level, Raster } from './raster.ts';

/** A rectangle of pixels: from the first column and row, to those after the last. */
export type Window = readonly [left: number, top: number, right: number, bottom: number];

/** Pixels of a window, row by row. */
export interface Pixels {
  readonly width: number;
  readonly bands: readonly ArrayLike<number>[];
  /** 0 where the mask says that there is none; absent without a mask. */
  readonly mask: ArrayLike<number> | undefined;
}

/** Sides of what is read and kept at a time, where tiles are smaller. */
const SIDE = 256;
/** Values that are kept, of all bands. */
const MOST_VALUES = 24_000_000;

/** Reads pixels of a raster block by block, and keeps those that were read last. */
export class PixelCache {
  readonly #raster: Raster;
  readonly #blocks = new Map<string, { readonly pixels: Promise<Pixels>; readonly size: number }>();
  #size = 0;

  constructor(raster: Raster) {
    this.#raster = raster;
  }

  /** @param window inside the level; its pixels have to fit into memory. */
  async read(number: number, window: Window): Promise<Pixels> {
    const level = this.#raster.levels[number] ?? this.#raster.levels[0];
    const [left, top, right, bottom] = window;
    const [blockWidth, blockHeight] = blockSize(level);
    const places: [column: number, row: number][] = [];
    for (let row = Math.floor(top / blockHeight); row * blockHeight < bottom; row++)
      for (let column = Math.floor(left / blockWidth); column * blockWidth < right; column++)
        places.push([column, row]);
    const blocks = await Promise.all(places.map(([column, row]) => this.#block(number, level, column, row)));
    const [first] = blocks;
    const width = right - left;
    const length = width * (bottom - top);
    const bands = (first?.bands ?? []).map((band) => emptyLike(band, length));
    const mask = first?.mask && new Uint8Array(length);
    for (const [index, block] of blocks.entries()) {
      const [column = 0, row = 0] = places[index] ?? [];
      const from: Window = [column * blockWidth, row * blockHeight, 0, 0];
      for (const [number, band] of block.bands.entries())
        copyRows(band, block.width, from, bands[number], window);
      if (mask && block.mask) copyRows(block.mask, block.width, from, mask, window);
    }
    return { width, bands, mask };
  }

  #block(number: number, level: Level, column: number, row: number): Promise<Pixels> {
    const key = `${number}/${column}/${row}`;
    const known = this.#blocks.get(key);
    if (known) {
      // Last used is last in the map.
      this.#blocks.delete(key);
      this.#blocks.set(key, known);
      return known.pixels;
    }
    const [width, height] = blockSize(level);
    const window: Window = [
      column * width,
      row * height,
      Math.min(level.width, (column + 1) * width),
      Math.min(level.height, (row + 1) * height),
    ];
    const pixels = readBlock(level, window);
    const size = width * height * this.#raster.bands;
    this.#blocks.set(key, { pixels, size });
    this.#size += size;
    pixels.catch(() => this.#forget(key));
    for (const oldest of this.#blocks.keys()) {
      if (this.#size <= MOST_VALUES || oldest === key) break;
      this.#forget(oldest);
    }
    return pixels;
  }

  #forget(key: string): void {
    this.#size -= this.#blocks.get(key)?.size ?? 0;
    this.#blocks.delete(key);
  }
}

function blockSize({ image }: Level): [width: number, height: number] {
  const [tileWidth, tileHeight] = [image.getTileWidth(), image.getTileHeight()];
  return [
    tileWidth * Math.max(1, Math.floor(SIDE / tileWidth)),
    tileHeight * Math.max(1, Math.floor(SIDE / tileHeight)),
  ];
}

async function readBlock({ image, mask }: Level, window: Window): Promise<Pixels> {
  const width = window[2] - window[0];
  const [bands, masked] = await Promise.all([
    image.readRasters({ window: [...window], interleave: false }),
    mask?.readRasters({ window: [...window], interleave: false }),
  ]);
  return {
    width,
    bands: [...bands] as ArrayLike<number>[],
    mask: masked?.[0] as ArrayLike<number> | undefined,
  };
}

type Typed = Uint8Array | Float64Array;

function emptyLike(values: ArrayLike<number>, length: number): Typed {
  const { constructor: Kind } = values as unknown as { constructor: new (length: number) => Typed };
  return new Kind(length);
}

function copyRows(
  source: ArrayLike<number>,
  width: number,
  [x, y]: Window,
  target: Typed | undefined,
  [left, top, right, bottom]: Window,
): void {
  const height = source.length / width;
  const [from, to] = [Math.max(left, x), Math.min(right, x + width)];
  for (let row = Math.max(top, y); row < Math.min(bottom, y + height); row++) {
    const start = (row - y) * width - x;
    const values = (source as Typed).subarray(start + from, start + to);
    target?.set(values, (row - top) * (right - left) + from - left);
  }
}
