/** Red, green, blue: 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/**
 * Ramps that people with any kind of colour vision can read: ColorBrewer 2.0 (Brewer et al.), of which only those that
 * it marks as safe for the colour-blind are taken, and viridis (Smith, van der Walt), whose lightness rises evenly.
 */
const stops = {
  viridis: '440154 482878 3e4a89 31688e 26828e 1f9e89 35b779 6ece58 b5de2b fde725',
  YlGnBu: 'ffffd9 edf8b1 c7e9b4 7fcdbb 41b6c4 1d91c0 225ea8 253494 081d58',
  YlOrBr: 'ffffe5 fff7bc fee391 fec44f fe9929 ec7014 cc4c02 993404 662506',
  PuBu: 'fff7fb ece7f2 d0d1e6 a6bddb 74a9cf 3690c0 0570b0 045a8d 023858',
  Greys: '000000 252525 525252 737373 969696 bdbdbd d9d9d9 f0f0f0 ffffff',
  PuOr: '7f3b08 b35806 e08214 fdb863 fee0b6 f7f7f7 d8daeb b2abd2 8073ac 542788 2d004b',
  RdYlBu: 'a50026 d73027 f46d43 fdae61 fee090 ffffbf e0f3f8 abd9e9 74add1 4575b4 313695',
  BrBG: '543005 8c510a bf812d dfc27d f6e8c3 f5f5f5 c7eae5 80cdc1 35978f 01665e 003c30',
} as const;

export type RampName = keyof typeof stops;
export const rampNames = Object.keys(stops) as RampName[];

const parseColour = (text: string): Rgb => [
  Number.parseInt(text.slice(0, 2), 16),
  Number.parseInt(text.slice(2, 4), 16),
  Number.parseInt(text.slice(4, 6), 16),
];

const ramps = Object.fromEntries(
  Object.entries(stops).map(([name, text]) => [name, text.split(' ').map(parseColour)]),
) as Record<RampName, Rgb[]>;

/** @param at 0 for the start of the ramp, 1 for its end; what lies outside is brought inside. */
export function rampColour(name: RampName, at: number): Rgb {
  const colours = ramps[name];
  const place = Math.min(1, Math.max(0, at)) * (colours.length - 1);
  const before = Math.min(colours.length - 2, Math.floor(place));
  const [from = [0, 0, 0], to = [0, 0, 0]] = colours.slice(before, before + 2);
  const mix = (index: 0 | 1 | 2) => Math.round(from[index] + (to[index] - from[index]) * (place - before));
  return [mix(0), mix(1), mix(2)];
}

/** Colours from a ramp, evenly spread from end to end. */
export const rampColours = (name: RampName, count: number): Rgb[] =>
  Array.from({ length: count }, (_, index) => rampColour(name, count === 1 ? 0.6 : index / (count - 1)));

/** For kinds of things: Okabe and Ito's palette, without black, and Tol's muted one when there are more. */
const kinds =
  '0072b2 e69f00 009e73 cc79a7 56b4e9 d55e00 f0e442 332288 88ccee 44aa99 117733 999933 ddcc77 cc6677 882255 aa4499'
    .split(' ')
    .map(parseColour);

/** The most kinds that people tell apart by colour. */
export const MOST_KINDS = kinds.length;

export const kindColour = (index: number): Rgb => kinds[index % kinds.length] ?? [0, 114, 178];

/** A colour as style sheets and canvases have it. */
export const cssColour = ([red, green, blue]: Rgb, opacity = 1): string =>
  opacity === 1 ? `rgb(${red},${green},${blue})` : `rgba(${red},${green},${blue},${opacity})`;
