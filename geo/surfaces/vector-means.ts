import { Instance, Module, type WebAssemblyMemory } from '../../core/shared/webassembly.ts';
import { affineX, affineY } from '../raster/grid/affine.ts';
import type { Grid } from '../raster/raster.ts';
import { distanceLayout, distancePowers } from './distance-layout.ts';
import { distanceVectors } from './generated/distance-vectors.ts';
import { computeMean, HALF_TURN, type InverseDistance, TURN } from './inverse-distance.ts';
import type { Sites } from './sites.ts';

const { points: POINTS, columns: COLUMNS, group: GROUP, x, y, value, pixels, weights, sums } = distanceLayout;

/** How many times as long as the other one a side of a pixel may be. */
const MOST_ELONGATED = 4;
/** Sums of weights, in pixels, between which single precision is trusted: no point is at the centre, and not all are far beyond. */
const LEAST_WEIGHT = 2 ** -100;
/** The weight of a point this many pixels from the centre. */
const NEAREST = 1 / 64;

type SumWeights = (pixels: number, points: number, y: number, turn: number) => void;

/** Values as shares of half their range from its middle, so that no digits are lost to what they have in common. */
interface Scale {
  readonly middle: number;
  readonly half: number;
}

/**
 * Whether {@link VectorMeans} computes a surface: all points reach all pixels, the power is one of few, rows run along x and pixels
 * are about square.
 */
export function hasVectorMeans(
  { power, radius }: InverseDistance,
  { transform }: Grid,
  sites: Sites,
): boolean {
  const [, width, turned, , alsoTurned, height] = transform;
  const elongated = Math.abs(width / height);
  return (
    radius === undefined &&
    distancePowers.some((known) => known === power) &&
    turned === 0 &&
    alsoTurned === 0 &&
    elongated <= MOST_ELONGATED &&
    elongated >= 1 / MOST_ELONGATED &&
    sites.values.length > 0 &&
    Number.isFinite(findScale(sites).half)
  );
}

function findScale({ values }: Sites): Scale {
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const half = most / 2 - least / 2;
  return { middle: least + half, half };
}

/** Compiled once for all surfaces of a thread. */
let compiled: object | undefined;

/**
 * Inverse distance weighting (Shepard 1968) in vector instructions, single precision, as gdal_grid does it; distances are those from
 * pixels nearby, in pixels, so that coordinates lose nothing. Means are off by less than a millionth of the range of the values.
 * Pixels with a point at or very near their centre are computed by {@link computeMean}.
 */
export class VectorMeans {
  readonly #grid: Grid;
  readonly #sites: Sites;
  readonly #power: number;
  readonly #isRound: boolean;
  readonly #scale: Scale;
  readonly #sum: SumWeights;
  readonly #mostWeight: number;
  /** Memory of the kernel. */
  readonly #xs: Float32Array;
  readonly #ys: Float32Array;
  readonly #values: Float32Array;
  readonly #pixels: Float32Array;
  readonly #newWeights: Float32Array;
  readonly #newSums: Float32Array;
  /** What is added up for the pixels of a tile, in double precision. */
  readonly #weights: Float64Array;
  readonly #sums: Float64Array;

  /** @param rows that are computed at once at most */
  constructor(
    grid: Grid,
    sites: Sites,
    { power }: InverseDistance,
    { isRound, rows }: { readonly isRound: boolean; readonly rows: number },
  ) {
    compiled ??= new Module(Buffer.from(distanceVectors, 'base64'));
    const { memory, ...kernels } = new Instance(compiled).exports as {
      readonly memory: WebAssemblyMemory;
    } & Readonly<Record<string, SumWeights>>;
    const sum = kernels[`power-${power}${isRound ? '-round' : ''}`];
    if (!sum) throw new Error(`The module has no kernel for the power ${power}.`);
    this.#grid = grid;
    this.#sites = sites;
    this.#power = power;
    this.#isRound = isRound;
    this.#scale = findScale(sites);
    this.#sum = sum;
    this.#mostWeight = NEAREST ** -power;
    const list = (start: number, length: number) => new Float32Array(memory.buffer, start, length);
    this.#xs = list(x, POINTS);
    this.#ys = list(y, POINTS);
    this.#values = list(value, POINTS);
    this.#pixels = list(pixels, COLUMNS);
    this.#newWeights = list(pixels + weights, COLUMNS);
    this.#newSums = list(pixels + sums, COLUMNS);
    this.#weights = new Float64Array(rows * COLUMNS);
    this.#sums = new Float64Array(rows * COLUMNS);
  }

  /**
   * Computes some rows of the grid, from the first to before the end.
   *
   * @param breathe waits for others from time to time
   */
  async compute(
    first: number,
    end: number,
    samples: Float32Array,
    breathe: () => Promise<void>,
  ): Promise<void> {
    const { width } = this.#grid;
    for (let column = 0; column < width; column += COLUMNS) {
      const tile = new Tile(this.#grid, column, first, end);
      this.#weights.fill(0);
      this.#sums.fill(0);
      for (let index = 0; index < COLUMNS; index++) this.#pixels[index] = tile.x(index + 0.5);
      for (let site = 0; site < this.#sites.xs.length; site += POINTS) {
        await breathe();
        this.#addPoints(tile, site);
      }
      this.#write(tile, samples);
    }
  }

  /** Adds what some points contribute to the pixels of a tile. */
  #addPoints(tile: Tile, from: number): void {
    const count = Math.min(POINTS, this.#sites.xs.length - from);
    this.#readPoints(tile, from, count);
    const turn = TURN / tile.unit;
    for (let row = 0; row < tile.rows; row++) {
      const y = tile.y(row + 0.5);
      for (let group = 0; group < COLUMNS; group += GROUP) this.#sum(pixels + group * 4, count, y, turn);
      this.#keepSums(row * COLUMNS);
    }
  }

  /** Adds what the kernel has added up for a row of a tile. */
  #keepSums(start: number): void {
    const [weights, sums] = [this.#weights, this.#sums];
    for (let index = 0; index < COLUMNS; index++) {
      weights[start + index] = (weights[start + index] ?? 0) + (this.#newWeights[index] ?? 0);
      sums[start + index] = (sums[start + index] ?? 0) + (this.#newSums[index] ?? 0);
    }
  }

  /** Gives the kernel points as they lie about a tile, in pixels. */
  #readPoints(tile: Tile, from: number, count: number): void {
    const { xs, ys, values } = this.#sites;
    const { middle, half } = this.#scale;
    const farthest = this.#isRound ? HALF_TURN : Infinity;
    for (let index = 0; index < count; index++) {
      const site = from + index;
      let dx = (xs[site] ?? 0) - tile.middleX;
      if (dx > farthest) dx -= TURN;
      else if (dx < -farthest) dx += TURN;
      this.#xs[index] = dx / tile.unit;
      this.#ys[index] = ((ys[site] ?? 0) - tile.middleY) / tile.unit;
      this.#values[index] = half === 0 ? 0 : ((values[site] ?? 0) - middle) / half;
    }
  }

  #write({ column, first, rows }: Tile, samples: Float32Array): void {
    const { width, transform } = this.#grid;
    const { middle, half } = this.#scale;
    const columns = Math.min(COLUMNS, width - column);
    for (let row = 0; row < rows; row++) {
      for (let index = 0; index < columns; index++) {
        const weight = this.#weights[row * COLUMNS + index] ?? 0;
        const sum = this.#sums[row * COLUMNS + index] ?? 0;
        const isTrusted = weight > LEAST_WEIGHT && weight < this.#mostWeight;
        samples[row * width + column + index] = isTrusted
          ? middle + half * Math.max(-1, Math.min(1, sum / weight))
          : this.#computeExactly(
              affineX(transform, column + index + 0.5, first + row + 0.5),
              affineY(transform, column + index + 0.5, first + row + 0.5),
            );
      }
    }
  }

  #computeExactly(x: number, y: number): number {
    return (
      computeMean(x, y, this.#sites, this.#power / 2, this.#isRound ? HALF_TURN : Infinity) ?? Number.NaN
    );
  }
}

/** Some rows and columns of a grid. */
class Tile {
  readonly column: number;
  readonly first: number;
  readonly rows: number;
  /** Coordinates of its middle in the CRS, and how much of the CRS a pixel is. */
  readonly middleX: number;
  readonly middleY: number;
  readonly unit: number;
  readonly #grid: Grid;

  constructor(grid: Grid, column: number, first: number, end: number) {
    const { transform } = grid;
    this.#grid = grid;
    this.column = column;
    this.first = first;
    this.rows = end - first;
    this.middleX = affineX(transform, column + COLUMNS / 2, first + this.rows / 2);
    this.middleY = affineY(transform, column + COLUMNS / 2, first + this.rows / 2);
    this.unit = Math.max(Math.abs(transform[1]), Math.abs(transform[5]));
  }

  /** Where columns and rows of the tile are about its middle, in pixels. */
  x(column: number): number {
    return ((column - COLUMNS / 2) * this.#grid.transform[1]) / this.unit;
  }

  y(row: number): number {
    return ((row - this.rows / 2) * this.#grid.transform[5]) / this.unit;
  }
}
