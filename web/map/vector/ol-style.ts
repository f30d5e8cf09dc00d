import Circle from 'ol/style/Circle.js';
import Fill from 'ol/style/Fill.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import type { Paint } from './vector-style.ts';

const known = new WeakMap<Paint, Style>();

/** A paint as OpenLayers has it: the same object for the same paint. */
export function toStyle(paint: Paint): Style {
  const style = known.get(paint) ?? makeStyle(paint);
  known.set(paint, style);
  return style;
}

function makeStyle({ fill: colour, stroke: line, width, radius }: Paint): Style {
  const fill = new Fill({ color: colour });
  const stroke = new Stroke({ color: line, width });
  return new Style({ fill, stroke, image: new Circle({ radius, fill, stroke }) });
}

/** Outlines what is selected so that it is seen on every ground. */
export const selectedStyles: Style[] = [selected('rgba(255,255,255,0.9)', 6), selected('#c2185b', 3)];

function selected(color: string, width: number): Style {
  const stroke = new Stroke({ color, width });
  return new Style({ stroke, zIndex: 10, image: new Circle({ radius: 7, stroke }) });
}
