import type { FeatureLike } from 'ol/Feature.js';
import Circle from 'ol/style/Circle.js';
import Fill from 'ol/style/Fill.js';
import Stroke from 'ol/style/Stroke.js';
import type { StyleFunction } from 'ol/style/Style.js';
import Style from 'ol/style/Style.js';
import Text from 'ol/style/Text.js';

/** Colours of the basemap: quiet, so that results stand out. */
export interface Colours {
  readonly sea: string;
  readonly land: string;
  readonly border: string;
  readonly name: string;
}

export const day: Colours = { sea: '#d3e2ea', land: '#f6f4ee', border: '#b9b8b0', name: '#56606a' };
export const night: Colours = { sea: '#11181d', land: '#242d33', border: '#46525a', name: '#a3b1ba' };

/** One style for each pair of colours, as the style functions are called for every feature in every frame. */
function perColours(make: (colours: Colours) => Style): (colours: Colours) => Style {
  const known = new Map<Colours, Style>();
  return (colours) => {
    const style = known.get(colours) ?? make(colours);
    known.set(colours, style);
    return style;
  };
}

const land = perColours(
  ({ land, border }) =>
    new Style({ fill: new Fill({ color: land }), stroke: new Stroke({ color: border, width: 0.8 }) }),
);
const lake = perColours(({ sea }) => new Style({ fill: new Fill({ color: sea }) }));

export const landStyle =
  (colours: () => Colours): StyleFunction =>
  () =>
    land(colours());
export const lakeStyle =
  (colours: () => Colours): StyleFunction =>
  () =>
    lake(colours());

/** Square degrees of a country whose name is drawn at a resolution of one degree per pixel. */
const NAMED = 60_000;
/** Metres per pixel from which on cities are left out. */
const CITIES = 4000;

export function nameStyle(colours: () => Colours): StyleFunction {
  return (feature: FeatureLike, resolution: number) => {
    const size = feature.get('size') as number | undefined;
    const degrees = resolution / 111_320;
    if (
      size === undefined ? resolution > CITIES : size < NAMED * degrees * degrees * 0.02 || resolution < 400
    )
      return undefined;
    const { name, land } = colours();
    const isCity = size === undefined;
    return new Style({
      ...(isCity ? { image: new Circle({ radius: 2, fill: new Fill({ color: name }) }) } : {}),
      zIndex: size ?? 0,
      text: new Text({
        text: feature.get('name') as string,
        font: isCity ? '11px system-ui, sans-serif' : '600 12px system-ui, sans-serif',
        fill: new Fill({ color: name }),
        stroke: new Stroke({ color: land, width: 3 }),
        ...(isCity ? { offsetY: -9 } : {}),
      }),
    });
  };
}
