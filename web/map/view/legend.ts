import { mapStrings } from '../../../strings/map.ts';
import { cssColour, type Rgb, rampColours } from '../colours/ramps.ts';
import { formatSample } from '../raster/quantity.ts';
import type { RasterMapLayer } from '../raster/raster-layer.ts';
import { make } from '../shared/dom.ts';
import type { MapLayer } from './layer.ts';

/** What the colours of a layer mean. */
export function makeLegend(layer: MapLayer): HTMLElement {
  if (layer.kind === 'raster') return rasterLegend(layer);
  const { classes } = layer.styled;
  if (!classes) return make('div', { class: 'legend' });
  const property = layer.style.property ?? '';
  return make(
    'div',
    { class: 'legend' },
    make('p', {}, property),
    entryList(classes.entries.map(({ colour, label }) => ({ colour, label: label || mapStrings.noValue }))),
  );
}

function entryList(entries: readonly { readonly colour: Rgb; readonly label: string }[]): HTMLElement {
  return make(
    'ul',
    {},
    entries.map(({ colour, label }) => make('li', {}, swatch(cssColour(colour)), label)),
  );
}

/** A patch of colour. */
export function swatch(colour: string): HTMLElement {
  const patch = make('span', { class: 'swatch', 'aria-hidden': 'true' });
  patch.style.backgroundColor = colour;
  return patch;
}

function rasterLegend({ style, raster }: RasterMapLayer): HTMLElement {
  if (style.kind === 'classes') return make('div', { class: 'legend' }, entryList(style.entries));
  if (style.kind === 'rgb') return make('div', { class: 'legend' });
  const bar = make('div', { class: 'ramp', 'aria-hidden': 'true' });
  const colours = rampColours(style.ramp, 12).map((colour) => cssColour(colour));
  bar.style.backgroundImage = `linear-gradient(to right, ${colours.join(', ')})`;
  const quantity = raster.quantities[style.band];
  const ends = make(
    'div',
    { class: 'ends' },
    make('span', {}, formatSample(style.min, quantity)),
    make('span', {}, formatSample(style.max, quantity)),
  );
  return make('div', { class: 'legend' }, bar, ends);
}
