import Attribution from 'ol/control/Attribution.js';
import ScaleLine from 'ol/control/ScaleLine.js';
import { defaults } from 'ol/interaction/defaults.js';
import KeyboardPan from 'ol/interaction/KeyboardPan.js';
import KeyboardZoom from 'ol/interaction/KeyboardZoom.js';
import type BaseLayer from 'ol/layer/Base.js';
import LayerGroup from 'ol/layer/Group.js';
import OlMap from 'ol/Map.js';
import View from 'ol/View.js';
import { tileLayers, worldLayers } from '../basemap/basemap.ts';
import { type Colours, day, night } from '../basemap/styles.ts';

/** A map with its basemap, and the group that layers are put into. */
export interface MapParts {
  readonly map: OlMap;
  readonly group: LayerGroup;
  /** Milliseconds that moving takes: none for people who want less of it. */
  readonly duration: number;
}

/** What the page may set of a map, by attributes of its element. */
export interface MapSettings {
  /** Template of tiles instead of the basemap that is served with the pages. */
  readonly tiles?: string | undefined;
  readonly attribution?: string | undefined;
  /** Whether the layers are not listed beside the map. */
  readonly compact?: boolean;
  /** Whether there is nothing but the layers: no basemap, no scale, no buttons. */
  readonly plain?: boolean;
}

/** The inhabited world, in metres of the web's Mercator. */
const WORLD = [-19_500_000, -7_500_000, 19_500_000, 12_500_000];

/** Makes a map that keyboards, mice and fingers can move, in the colours that the person prefers. */
export function createMap(target: HTMLElement, { tiles, attribution, plain }: MapSettings): MapParts {
  const isDark = matchMedia('(prefers-color-scheme: dark)');
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const duration = isStill ? 0 : 250;
  const colours = (): Colours => (isDark.matches ? night : day);
  const group = new LayerGroup({ zIndex: 10 });
  const base: BaseLayer[] = plain ? [] : tiles ? tileLayers(tiles, attribution ?? '') : worldLayers(colours);
  const map = new OlMap({
    target,
    layers: [...base, group],
    interactions: defaults({ keyboard: false, ...(isStill ? { zoomDuration: 0 } : {}) }).extend([
      new KeyboardPan({ duration }),
      new KeyboardZoom({ duration }),
    ]),
    controls: plain ? [] : [new ScaleLine(), new Attribution({ collapsible: false })],
    view: new View({ center: [0, 2_000_000], zoom: 1, maxZoom: 24, enableRotation: false, multiWorld: true }),
  });
  // The world once, as large as it fits, until there is something to look at.
  map.once('change:size', () => map.getView().fit(WORLD, { size: map.getSize() ?? [1, 1] }));
  const repaint = () => {
    target.style.backgroundColor = tiles || plain ? '' : colours().sea;
    for (const layer of base) layer.changed();
  };
  isDark.addEventListener('change', repaint);
  repaint();
  return { map, group, duration };
}
