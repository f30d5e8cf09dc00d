import { type Rgb, rampColour } from '../colours/ramps.ts';
import type { Pixels } from './pixel-cache.ts';
import type { Raster } from './raster.ts';
import type { RasterStyle } from './style.ts';
import { validity } from './validity.ts';

/** Colour of a pixel of a window as canvases of little-endian machines have it; 0 is transparent. */
type Painter = (index: number) => number;

const pack = ([red, green, blue]: Rgb): number => (255 << 24) | (blue << 16) | (green << 8) | red;
const COLOURS = 256;

/** Makes the function that colours the pixels of a window. */
export function makePainter(raster: Raster, style: RasterStyle, pixels: Pixels): Painter {
  const isValid = validity(raster, pixels);
  if (style.kind === 'rgb') {
    const [red = 0, green = 1, blue = 2] = style.bands;
    const scale = (band: number, index: number) => {
      const { min, max } = style.ranges[style.bands.indexOf(band)] ?? { min: 0, max: 255 };
      const value = pixels.bands[band]?.[index] ?? 0;
      return Math.round(Math.min(1, Math.max(0, (value - min) / (max - min))) * 255);
    };
    return (index) =>
      isValid(red, index) && isValid(green, index) && isValid(blue, index)
        ? pack([scale(red, index), scale(green, index), scale(blue, index)])
        : 0;
  }
  const { band } = style;
  const values = pixels.bands[band] ?? [];
  if (style.kind === 'classes') {
    const colours = new Map(style.entries.map(({ value, colour }) => [value, pack(colour)]));
    return (index) => (isValid(band, index) ? (colours.get(values[index] ?? Number.NaN) ?? 0) : 0);
  }
  const { min, max, ramp } = style;
  const colours = Int32Array.from({ length: COLOURS }, (_, at) => pack(rampColour(ramp, at / (COLOURS - 1))));
  const scale = (COLOURS - 1) / (max - min);
  return (index) => {
    if (!isValid(band, index)) return 0;
    const place = Math.round(((values[index] ?? 0) - min) * scale);
    return colours[Math.min(COLOURS - 1, Math.max(0, place))] ?? 0;
  };
}
