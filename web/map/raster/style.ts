import { quantile } from '../colours/classes.ts';
import { kindColour, type RampName, type Rgb } from '../colours/ramps.ts';
import { nextTask } from '../shared/slices.ts';
import type { PixelCache, Window } from './pixel-cache.ts';
import { formatSample } from './quantity.ts';
import type { Raster } from './raster.ts';
import { validity } from './validity.ts';

/** Values at the two ends of a ramp. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** How pixels become colours. */
export type RasterStyle =
  | ({ readonly kind: 'ramp'; readonly band: number; readonly ramp: RampName } & Range)
  | { readonly kind: 'rgb'; readonly bands: readonly number[]; readonly ranges: readonly Range[] }
  | {
      readonly kind: 'classes';
      readonly band: number;
      readonly entries: readonly { readonly value: number; readonly colour: Rgb; readonly label: string }[];
    };

/** Pixels that are looked at for what values there are. */
const SAMPLE = 1 << 20;
/** Of these, those from which the stretch is found: to put them in order is what takes time. */
const STRETCHED = 1 << 17;
/** Values that are taken for kinds of things rather than for measures. */
const MOST_CLASSES = 12;
/** The part of the values at either end that a stretch leaves out. */
const TAIL = 0.02;

/** What a raster looks like at first: by its own colours, as red, green and blue, as classes, or stretched over a ramp. */
export async function defaultStyle(raster: Raster, cache: PixelCache): Promise<RasterStyle> {
  const samples = await sampleBands(raster, cache);
  const { sorted: first, distinct } = samples[0] ?? { sorted: new Float64Array(), distinct: [] };
  if (raster.colourMap && distinct)
    return { kind: 'classes', band: 0, entries: tableEntries(raster, distinct) };
  if (raster.isRgb) return { kind: 'rgb', bands: [0, 1, 2], ranges: [BYTES, BYTES, BYTES] };
  const shown = raster.bands - (raster.alpha === undefined ? 0 : 1);
  if (shown >= 3)
    return { kind: 'rgb', bands: [0, 1, 2], ranges: [0, 1, 2].map((band) => stretch(samples[band]?.sorted)) };
  if (raster.isInteger && distinct && distinct.length <= MOST_CLASSES)
    return {
      kind: 'classes',
      band: 0,
      entries: distinct.map((value, index) => ({
        value,
        colour: kindColour(index),
        label: formatSample(value, raster.quantities[0]),
      })),
    };
  // What is shaded or photographed looks as it does in grey; measures have more shades than that.
  return { kind: 'ramp', band: 0, ramp: raster.isByte ? 'Greys' : 'viridis', ...stretch(first) };
}

const BYTES: Range = { min: 0, max: 255 };

/** From the 2nd to the 98th percentile of sorted values. */
export function stretch(sorted: ArrayLike<number> = []): Range {
  if (sorted.length === 0) return { min: 0, max: 1 };
  const [min, max] = [quantile(sorted, TAIL), quantile(sorted, 1 - TAIL)];
  return min < max
    ? { min, max }
    : { min: sorted[0] ?? 0, max: Math.max(sorted[sorted.length - 1] ?? 0, min + 1e-9) };
}

/** What values a band has. */
interface Sample {
  /** Sorted values of pixels that are spread evenly. */
  readonly sorted: Float64Array;
  /** All that differ, sorted; undefined for more than a table of colours can have. */
  readonly distinct: readonly number[] | undefined;
}

/** Looks at the finest level that is small enough. */
export async function sampleBands(raster: Raster, cache: PixelCache): Promise<Sample[]> {
  const small = raster.levels.findIndex(({ width, height }) => width * height <= SAMPLE);
  const number = small < 0 ? raster.levels.length - 1 : small;
  const level = raster.levels[number] ?? raster.levels[0];
  const pixels = await cache.read(number, centre(level.width, level.height));
  const isValid = validity(raster, pixels);
  const samples: Sample[] = [];
  for (const [bandNumber, band] of pixels.bands.entries()) {
    samples.push(sampleBand(band, (index) => isValid(bandNumber, index)));
    await nextTask();
  }
  return samples;
}

/** @param step from a pixel to the next one that counts for the stretch: an odd one meets all columns, however wide the raster is */
function sampleBand(
  band: ArrayLike<number>,
  isValid: (index: number) => boolean,
  step = Math.ceil(band.length / STRETCHED) | 1,
): Sample {
  const chosen: number[] = [];
  const distinct = new Set<number>();
  for (let index = 0; index < band.length; index++) {
    const isChosen = index % step === 0;
    const isOpen = distinct.size <= MOST_DISTINCT;
    if (!(isChosen || isOpen) || !isValid(index)) continue;
    const value = band[index] ?? Number.NaN;
    if (isOpen) distinct.add(value);
    if (isChosen) chosen.push(value);
  }
  // Where hardly any pixel is there, all of them count.
  if (chosen.length < FEW && step > 1) return sampleBand(band, isValid, 1);
  return {
    sorted: Float64Array.from(chosen).sort(),
    distinct: distinct.size > MOST_DISTINCT ? undefined : [...distinct].sort((a, b) => a - b),
  };
}

/** Values that say too little of how the others are spread. */
const FEW = 1000;
/** Values of a table of colours. */
const MOST_DISTINCT = 256;

/** The whole, or the middle of it where it is too large. */
function centre(width: number, height: number): Window {
  const scale = Math.min(1, Math.sqrt(SAMPLE / (width * height)));
  const [w, h] = [Math.ceil(width * scale), Math.ceil(height * scale)];
  const [left, top] = [Math.floor((width - w) / 2), Math.floor((height - h) / 2)];
  return [left, top, left + w, top + h];
}

function tableEntries({ colourMap = [], quantities }: Raster, values: readonly number[]) {
  const count = colourMap.length / 3;
  const part = (value: number, offset: number) => Math.round((colourMap[value + offset * count] ?? 0) / 257);
  return values.map((value) => ({
    value,
    colour: [part(value, 0), part(value, 1), part(value, 2)] as const,
    label: formatSample(value, quantities[0]),
  }));
}
