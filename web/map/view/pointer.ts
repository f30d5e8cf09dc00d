import type OlMap from 'ol/Map.js';
import { toLonLat } from 'ol/proj.js';
import { mapStrings } from '../../../strings/map.ts';
import { formatSample, type Quantity } from '../raster/quantity.ts';
import { make } from '../shared/dom.ts';
import type { MapLayer } from './layer.ts';

/** Pixels by which a pointer may miss a line or a point. */
export const TOLERANCE = 6;

/** The line under the map: where the pointer is, and the values of the rasters there. */
export class Readout {
  readonly element = make(
    'output',
    { class: 'readout' },
    matchMedia('(hover: none)').matches ? mapStrings.readoutHelpTouch : mapStrings.readoutHelp,
  );
  #asked = 0;

  constructor(map: OlMap, layers: () => readonly MapLayer[]) {
    map.on('pointermove', ({ coordinate, dragging }) => {
      if (!dragging) void this.show(map, coordinate, layers());
    });
  }

  /** Shows what is at a position of the map. What was asked before and is answered later is not shown. */
  async show(map: OlMap, coordinate: number[], layers: readonly MapLayer[]): Promise<void> {
    const asked = ++this.#asked;
    const place = positionText(map, coordinate);
    const values = await Promise.all(
      layers.toReversed().map(async (layer) => {
        if (layer.kind !== 'raster' || !layer.layer.getVisible()) return [];
        const found = await layer.valuesAt(coordinate).catch(() => undefined);
        if (!found) return [];
        const values = found.map((value, band) => valueText(value, layer.raster.quantities[band]));
        return [`${layer.text.title}: ${values.join(' / ')}`];
      }),
    );
    if (asked === this.#asked) this.element.value = [place, ...values.flat()].join('  ·  ');
  }
}

const valueText = (value: number | undefined, quantity: Quantity | undefined): string =>
  value === undefined ? mapStrings.noData : formatSample(value, quantity);

/** Digits of degrees that a pixel of the map tells apart. */
function positionText(map: OlMap, coordinate: number[]): string {
  const [longitude = 0, latitude = 0] = toLonLat(coordinate);
  const degrees = (map.getView().getResolution() ?? 1) / 111_320;
  const digits = Math.min(7, Math.max(1, Math.ceil(-Math.log10(degrees))));
  const wrapped = longitude - 360 * Math.round(longitude / 360);
  return mapStrings.position(`${wrapped.toFixed(digits)}°`, `${latitude.toFixed(digits)}°`);
}
