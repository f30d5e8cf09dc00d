import type { DataType, Mask, Raster, RasterContent, Samples } from '../raster.ts';
import { ownRows, refuseMask } from '../strip.ts';
import { findTypeRange, isFloating, newSamples } from './data-types.ts';
import { refuseNodata } from './nodata.ts';
import { EXACT_SINGLES, noLosses, type TypeLosses } from './type-losses.ts';

/** Stores values at `start` and the pixels behind it: the first `length` of them, or all. */
type Store = (start: number, values: Float32Array | Float64Array, length?: number) => void;

interface StoreOptions {
  /** Infinities are missing too, also those that rounding to single precision makes. */
  readonly finite?: boolean;
  /** Stored for values that are nodata by chance. */
  readonly instead?: number | undefined;
}

/**
 * A band of a result while it is made. Which pixels are missing is known beside their values: those that hold nodata and
 * are not among the few that are there and have the same value by chance; without nodata those that hold NaN, or those
 * of a mask that is there as soon as a pixel is missing.
 */
export class ResultBand {
  readonly samples: Samples;
  /** Value that missing pixels hold, unless one that is there has it. */
  readonly nodata: number | undefined;
  /**
   * Stores values, rounded to the nearest integer (halves up) and clamped to the range of integer types; NaN is missing.
   */
  readonly store: Store;
  /** What the data type could not hold. */
  readonly losses: TypeLosses = noLosses();
  readonly #floating: boolean;
  readonly #instead: number | undefined;
  #hasMissing = false;
  #taken: Mask | undefined;
  #mask: Mask | undefined;

  constructor(
    dataType: DataType,
    length: number,
    nodata: number | undefined,
    { finite, instead }: StoreOptions = {},
  ) {
    this.samples = newSamples(dataType, length);
    this.nodata = nodata;
    this.#floating = isFloating(dataType);
    this.#instead = instead;
    this.store = this.#chooseStore(dataType, finite ? Number.MAX_VALUE : Infinity);
  }

  /** Makes a pixel missing that has not been stored yet. */
  miss(index: number): void {
    this.#hasMissing = true;
    if (this.nodata !== undefined) this.samples[index] = this.nodata;
    else if (this.#floating) this.samples[index] = Number.NaN;
    else this.#maskOfIntegers()[index] = 0;
  }

  /** The same for all pixels from `start` up to, but without, `end`. */
  missAll(start: number, end: number): void {
    if (end <= start) return;
    this.#hasMissing = true;
    if (this.nodata !== undefined) this.samples.fill(this.nodata, start, end);
    else if (this.#floating) this.samples.fill(Number.NaN, start, end);
    else this.#maskOfIntegers().fill(0, start, end);
  }

  /** Notes that a pixel is there although it holds nodata. */
  take(index: number): void {
    if (this.#instead !== undefined) {
      this.samples[index] = this.#instead;
      return;
    }
    this.#taken ??= new Uint8Array(this.samples.length);
    this.#taken[index] = 1;
  }

  /** How many pixels are there although they hold nodata. */
  countTaken(): number {
    let count = 0;
    if (this.#taken)
      for (let index = 0; index < this.#taken.length; index++) count += this.#taken[index] ?? 0;
    return count;
  }

  /** The mask of the band, without help of nodata; undefined where nothing is missing. */
  mask(): Mask | undefined {
    if (!this.#hasMissing || this.#mask) return this.#mask;
    const { samples, nodata } = this;
    const mask: Mask = new Uint8Array(samples.length);
    for (let index = 0; index < mask.length; index++) {
      const value = samples[index] ?? 0;
      const holds = value === nodata || Number.isNaN(value);
      mask[index] = holds && this.#taken?.[index] !== 1 ? 0 : 1;
    }
    return mask;
  }

  #maskOfIntegers(): Mask {
    this.#mask ??= new Uint8Array(this.samples.length).fill(1);
    return this.#mask;
  }

  /** @param most greatest magnitude of a value that is there */
  #chooseStore(dataType: DataType, most: number): Store {
    const { samples, losses } = this;
    // Nothing is equal to NaN.
    const nodata = this.nodata ?? Number.NaN;
    const [least, greatest] = findTypeRange(dataType) ?? [];
    // One loop for each, because one that meets arrays of one type only is much faster.
    if (samples instanceof Float32Array) {
      return (start, values, length = values.length) => {
        for (let index = 0; index < length; index++) {
          const given = values[index] ?? 0;
          const value = Math.fround(given);
          if (Math.abs(given) > EXACT_SINGLES && value !== given) {
            if (Math.abs(value) === Infinity) losses.beyond++;
            else losses.rounded++;
          }
          if (Math.abs(value) <= most) {
            samples[start + index] = value;
            if (value === nodata) this.take(start + index);
          } else this.miss(start + index);
        }
      };
    }
    if (least === undefined || greatest === undefined) {
      return (start, values, length = values.length) => {
        for (let index = 0; index < length; index++) {
          const value = values[index] ?? 0;
          if (Math.abs(value) <= most) {
            samples[start + index] = value;
            if (value === nodata) this.take(start + index);
          } else this.miss(start + index);
        }
      };
    }
    return (start, values, length = values.length) => {
      for (let index = 0; index < length; index++) {
        const value = values[index] ?? 0;
        if (Math.abs(value) <= most) {
          const whole = Math.floor(value + 0.5);
          const rounded = Math.min(greatest, Math.max(least, whole));
          if (rounded !== value) {
            if (rounded === whole) losses.rounded++;
            else losses.clipped++;
          }
          samples[start + index] = rounded;
          if (rounded === nodata) this.take(start + index);
        } else this.miss(start + index);
      }
    };
  }
}

type Settled = Pick<RasterContent, 'bands' | 'nodata' | 'masks'>;

/**
 * Decides how the missing pixels of a result are told: by nodata, unless a pixel that is there has its value, else by
 * masks.
 *
 * @param wanted nodata is that of the input of this name
 * @param raster that they are made from; to be given where it may be a strip, all of which have the same nodata
 * @throws InvalidInput at /inputs/nodata where it is wanted and a pixel that is there has it; LimitExceeded where a pixel
 *   of a strip that is there has the nodata
 */
export function settleBands(
  results: readonly ResultBand[],
  wanted = false,
  raster?: Pick<Raster, 'strip' | 'pointer'>,
): Settled {
  const bands = results.map(({ samples }) => samples);
  const nodata = results[0]?.nodata;
  const taken = results.reduce((sum, result) => sum + result.countTaken(), 0);
  if (nodata !== undefined && taken === 0) return { bands, nodata };
  if (nodata !== undefined && wanted) refuseNodata(nodata, taken);
  if (raster?.strip && nodata !== undefined) refuseMask(raster.pointer, nodata);
  const masks = results.map((result) => result.mask());
  return withMasks(bands, masks);
}

const withMasks = (bands: readonly Samples[], masks: readonly (Mask | undefined)[]): Settled =>
  masks.some((mask) => mask !== undefined) ? { bands, masks } : { bands };

/** How the missing pixels of a surface are told. */
interface SurfaceNodata {
  /** What is to stand for missing pixels. */
  readonly nodata: number;
  /** It is that of the input of this name. */
  readonly wanted?: boolean;
  /** What missing pixels hold so far, and no pixel that is there: NaN unless told otherwise. */
  readonly held?: number;
}

/**
 * The same for a band that was computed at once, which is changed.
 *
 * @param raster that it is made from; to be given where it may be a strip, all of which have the same nodata
 * @throws InvalidInput at /inputs/nodata where it is wanted and a pixel that is there has it; LimitExceeded where a pixel
 *   of a strip that is there has the nodata
 */
export function settleSurface<Pixels extends Float32Array | Uint8Array>(
  samples: Pixels,
  { nodata, wanted = false, held = Number.NaN }: SurfaceNodata,
  raster?: Pick<Raster, 'width' | 'height' | 'strip' | 'pointer'>,
): Settled {
  if (nodata === held) return { bands: [samples], nodata };
  const isMissing = (value: number) => value === held || Number.isNaN(value);
  let missing = 0;
  let taken = 0;
  const width = raster?.width ?? samples.length;
  const [first, end] = raster ? ownRows(raster) : [0, 1];
  for (let index = first * width; index < end * width; index++) {
    const value = samples[index] ?? 0;
    if (value === nodata) taken++;
    else if (isMissing(value)) missing++;
  }
  if (taken > 0 && wanted) refuseNodata(nodata, taken);
  if (taken > 0 && raster?.strip) refuseMask(raster.pointer, nodata);
  // What missing pixels hold stays where a mask says that they are missing.
  if (taken > 0) return withMasks([samples], [missing > 0 ? presentIn(samples, isMissing) : undefined]);
  if (missing > 0)
    for (let index = 0; index < samples.length; index++)
      if (isMissing(samples[index] ?? 0)) samples[index] = nodata;
  return { bands: [samples], nodata };
}

const presentIn = (samples: Float32Array | Uint8Array, isMissing: (value: number) => boolean): Mask =>
  Uint8Array.from(samples, (value) => (isMissing(value) ? 0 : 1));
