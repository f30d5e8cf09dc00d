import { containsExtent, createEmpty, extend, getCenter, isEmpty } from 'ol/extent.js';
import Feature from 'ol/Feature.js';
import VectorLayer from 'ol/layer/Vector.js';
import type OlMap from 'ol/Map.js';
import VectorSource from 'ol/source/Vector.js';
import { mapStrings } from '../../../strings/map.ts';
import { make } from '../shared/dom.ts';
import { selectedStyles } from '../vector/ol-style.ts';
import type { VectorMapLayer } from '../vector/vector-layer.ts';
import { createMap, type MapParts, type MapSettings } from './create-map.ts';
import type { LayerRequest, MapLayer } from './layer.ts';
import { LayerPanel } from './layer-panel.ts';
import { loadLayer } from './load-layer.ts';
import { makeOffer } from './offer.ts';
import { Readout, TOLERANCE } from './pointer.ts';
import { type Picked, Popup } from './popup.ts';
import { makeTools } from './tools.ts';

/**
 * The map of a page: layers, their panel, what is under the pointer, and what is selected. Fires `layers` when a layer
 * is there or gone, and `select`, with the features as its detail, when some were picked on the map.
 */
export class ResultMap extends EventTarget {
  readonly map: OlMap;
  readonly layers: MapLayer[] = [];
  readonly #parts: MapParts;
  readonly #places = new WeakMap<MapLayer, number>();
  #asked = 0;
  readonly #panel = new LayerPanel({
    zoomTo: (layer) => this.zoomTo(layer),
    move: (layer, by) => this.#move(layer, by),
  });
  readonly #offers = make('ul', { class: 'waiting', 'aria-label': mapStrings.moreLayers });
  readonly #messages = make('div', { class: 'messages', role: 'status' });
  readonly #selection = new VectorSource();
  readonly #popup: Popup;
  readonly #readout: Readout;

  constructor(host: HTMLElement, settings: MapSettings) {
    super();
    const canvas = make('div', {
      class: 'canvas',
      tabindex: 0,
      role: 'application',
      'aria-label': `${mapStrings.map}. ${mapStrings.mapHelp}`,
    });
    this.#parts = createMap(canvas, settings);
    this.map = this.#parts.map;
    // What was added before the map had its size was fitted into none.
    this.map.once('change:size', () => this.fitAll());
    const layer = new VectorLayer({ source: this.#selection, style: selectedStyles, zIndex: 500 });
    this.map.addLayer(layer);
    this.#popup = new Popup(this.map, () => this.select([]));
    this.#readout = new Readout(this.map, () => this.layers);
    const frame = make(
      'div',
      { class: 'frame' },
      canvas,
      settings.plain ? [] : makeTools(this.map, this.#parts.duration, () => this.fitAll()),
    );
    const side = make('div', { class: 'side' }, this.#messages, this.#panel.element, this.#offers);
    host.prepend(
      make(
        'div',
        { class: ['map', settings.compact ? 'compact' : '', settings.plain ? 'plain' : ''].join(' ').trim() },
        make('div', { class: 'view' }, frame, this.#readout.element),
        side,
      ),
    );
    this.map.on('singleclick', ({ coordinate }) => this.#pick(coordinate, false));
    canvas.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.target !== canvas) return;
      // Otherwise the same key would press the button that gets the focus.
      event.preventDefault();
      this.#pick(this.map.getView().getCenter() ?? [0, 0], true);
    });
  }

  /** Loads a layer and shows it on top of the others; what goes wrong is said in the panel. */
  async add(request: LayerRequest): Promise<MapLayer | undefined> {
    return this.#load(request, this.#asked++);
  }

  /** Lists a layer that is loaded when somebody wants to see it; its place among the others is kept. */
  offer(request: LayerRequest): void {
    const asked = this.#asked++;
    const load = async (hasFocus: () => boolean): Promise<boolean> => {
      const layer = await this.#load(request, asked);
      if (layer && hasFocus()) this.#panel.focus(layer);
      return layer !== undefined;
    };
    this.#offers.append(makeOffer(request, load));
  }

  async #load(request: LayerRequest, asked: number): Promise<MapLayer | undefined> {
    const message = make('p', {}, mapStrings.loading(request.title));
    this.#messages.append(message);
    try {
      const layer = await loadLayer(request, this.map.getView().getProjection(), asked);
      message.remove();
      this.#insert(layer, asked);
      this.#changed();
      // Where somebody has found a place on the map, another layer leaves them there.
      if (!request.isOnDemand || this.layers.length === 1) this.fitAll();
      return layer;
    } catch (error) {
      message.classList.add('failed');
      message.textContent = mapStrings.failed(
        request.title,
        error instanceof Error ? error.message : String(error),
      );
      return undefined;
    }
  }

  /** Layers stand in the order in which they were asked for, whichever is read first; rasters below the features beside them. */
  #insert(layer: MapLayer, asked: number): void {
    this.#places.set(layer, asked);
    const after = this.layers.findIndex((other) =>
      other.kind === layer.kind || other.text.role !== layer.text.role
        ? (this.#places.get(other) ?? 0) > asked
        : layer.kind === 'raster',
    );
    this.layers.splice(after < 0 ? this.layers.length : after, 0, layer);
  }

  remove(layer: MapLayer): void {
    const place = this.layers.indexOf(layer);
    if (place >= 0) this.layers.splice(place, 1);
    this.#changed();
  }

  zoomTo({ extent }: { readonly extent: readonly number[] }): void {
    if (isEmpty([...extent])) return;
    this.map
      .getView()
      .fit([...extent], { padding: [40, 40, 40, 40], maxZoom: 18, duration: this.#parts.duration });
  }

  fitAll(): void {
    const extent = createEmpty();
    for (const layer of this.layers) extend(extent, layer.extent);
    this.zoomTo({ extent });
  }

  /** Marks features, without telling those who listen. */
  select(features: readonly Picked[]): void {
    this.#selection.clear();
    this.#selection.addFeatures(
      features.flatMap(({ layer, number }) => {
        const geometry = layer.store.geometries[number];
        return geometry ? [new Feature({ geometry })] : [];
      }),
    );
  }

  /** Marks features and tells those who listen, as if they had been picked. */
  choose(layer: VectorMapLayer, numbers: readonly number[]): void {
    const picked = numbers.map((number) => ({ layer, number }));
    this.select(picked);
    this.bringIntoView(layer, numbers);
    this.#tell(picked);
  }

  #tell(detail: readonly Picked[]): void {
    this.dispatchEvent(new CustomEvent('select', { detail }));
  }

  /** Moves the map to features. */
  zoomToFeatures(layer: VectorMapLayer, numbers: readonly number[]): void {
    const extent = createEmpty();
    for (const number of numbers) {
      const geometry = layer.store.geometries[number];
      if (geometry) extend(extent, geometry.getExtent());
    }
    this.zoomTo({ extent });
  }

  /** Moves the map to features of which some are out of sight. */
  bringIntoView(layer: VectorMapLayer, numbers: readonly number[]): void {
    const seen = this.map.getView().calculateExtent();
    const isHidden = (number: number) => {
      const extent = layer.store.geometries[number]?.getExtent();
      return extent !== undefined && !containsExtent(seen, extent);
    };
    if (numbers.some(isHidden)) this.zoomToFeatures(layer, numbers);
  }

  #pick(coordinate: number[], focus: boolean): void {
    void this.#readout.show(this.map, coordinate, this.layers);
    const tolerance = TOLERANCE * (this.map.getView().getResolution() ?? 1);
    const found = this.layers
      .toReversed()
      .flatMap((layer) =>
        layer.kind === 'vector' && layer.layer.getVisible()
          ? layer.store.at(coordinate, tolerance).map((number) => ({ layer, number }))
          : [],
      );
    const [first, ...more] = found;
    this.select(first ? [first] : []);
    if (first) this.#popup.open(popupPlace(first, coordinate), [first, ...more], focus);
    else this.#popup.close();
    this.#tell(first ? [first] : []);
  }

  #move(layer: MapLayer, by: number): void {
    const place = this.layers.indexOf(layer);
    const next = Math.min(this.layers.length - 1, Math.max(0, place + by));
    this.layers.splice(place, 1);
    this.layers.splice(next, 0, layer);
    this.#changed();
  }

  #changed(): void {
    const shown = this.#parts.group.getLayers();
    shown.clear();
    shown.extend(this.layers.map(({ layer }) => layer));
    this.#panel.show(this.layers);
    this.dispatchEvent(new Event('layers'));
  }
}

/** A point is pointed at itself, all else where it was clicked. */
function popupPlace({ layer, number }: Picked, clicked: number[]): number[] {
  const geometry = layer.store.geometries[number];
  return geometry?.getType() === 'Point' ? getCenter(geometry.getExtent()) : clicked;
}
