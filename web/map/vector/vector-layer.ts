import type { Extent } from 'ol/extent.js';
import Feature from 'ol/Feature.js';
import ImageLayer from 'ol/layer/Image.js';
import type Layer from 'ol/layer/Layer.js';
import VectorLayer from 'ol/layer/Vector.js';
import ImageSource from 'ol/source/Image.js';
import VectorSource from 'ol/source/Vector.js';
import { mapStrings } from '../../../strings/map.ts';
import type { FeatureStore } from '../data/feature-store.ts';
import type { LayerText } from '../shared/layer-text.ts';
import { toStyle } from './ol-style.ts';
import { paintFeatures } from './paint-features.ts';
import { applyStyle, type Styled, type VectorStyle } from './vector-style.ts';

/** More than this is drawn in pieces, on a picture. */
const MOST_DRAWN_AT_ONCE = { features: 3000, vertices: 60_000 } as const;

/** What a layer draws in an extent of the map, and what has to be said of it. */
export interface Shown {
  readonly store: FeatureStore;
  readonly note: string;
}

/** Where the features of a layer come from: all are there, or those of an extent are read when it is looked at. */
export interface FeatureSource {
  /** What is there before anybody looks. */
  readonly first: Shown;
  readonly extent: Extent;
  readonly load?: (extent: Extent, resolution: number, signal: AbortSignal) => Promise<Shown>;
}

/** Features on the map. Fires `change` when other features are shown, or in another style. */
export class VectorMapLayer extends EventTarget {
  readonly kind = 'vector';
  readonly text: LayerText;
  readonly extent: Extent;
  readonly layer: Layer;
  #shown: Shown;
  #style: VectorStyle;
  #styled: Styled;
  #painting = new AbortController();
  readonly #load: FeatureSource['load'];

  constructor(text: LayerText, source: FeatureSource, style: VectorStyle) {
    super();
    this.text = text;
    this.extent = source.extent;
    this.#load = source.load;
    this.#shown = source.first;
    this.#style = style;
    this.#styled = applyStyle(style, source.first.store);
    const { features, vertices } = source.first.store;
    const isSmall = features.length <= MOST_DRAWN_AT_ONCE.features && vertices <= MOST_DRAWN_AT_ONCE.vertices;
    this.layer = isSmall && !source.load ? this.#drawn() : this.#painted();
  }

  get store(): FeatureStore {
    return this.#shown.store;
  }

  get note(): string {
    return this.#shown.note;
  }

  get style(): VectorStyle {
    return this.#style;
  }

  get styled(): Styled {
    return this.#styled;
  }

  setStyle(style: VectorStyle): void {
    this.#style = style;
    this.#styled = applyStyle(style, this.store);
    if (this.layer instanceof ImageLayer) this.layer.setSource(this.#pictures());
    else this.layer.changed();
    this.dispatchEvent(new Event('change'));
  }

  #drawn(): Layer {
    const source = new VectorSource({ wrapX: true });
    source.addFeatures(
      this.store.geometries.flatMap((geometry, number) =>
        geometry ? [new Feature({ geometry, number })] : [],
      ),
    );
    return new VectorLayer({
      source,
      style: (feature) => {
        const paint = this.#styled.paints[this.#styled.choose(feature.get('number') as number)];
        return paint && toStyle(paint);
      },
    });
  }

  #painted(): Layer {
    return new ImageLayer({ source: this.#pictures() });
  }

  #pictures(): ImageSource {
    return new ImageSource({
      loader: async (extent, resolution, ratio) => {
        this.#painting.abort();
        this.#painting = new AbortController();
        const { signal } = this.#painting;
        const image = await this.#paint(extent, resolution, ratio, signal).catch((error: unknown) => {
          // Nobody wants it any more: the map has moved on, and shows the next picture.
          if (signal.aborted) return document.createElement('canvas');
          throw error;
        });
        return { image, extent, pixelRatio: ratio };
      },
    });
  }

  async #paint(
    extent: Extent,
    resolution: number,
    ratio: number,
    signal: AbortSignal,
  ): Promise<HTMLCanvasElement> {
    if (this.#load) {
      const shown = await this.#load(extent, resolution, signal).catch((error: Error) => ({
        store: this.store,
        note: mapStrings.notLoaded(error.message),
      }));
      signal.throwIfAborted();
      this.#shown = shown;
      this.#styled = applyStyle(this.#style, this.store);
      this.dispatchEvent(new Event('change'));
    }
    return paintFeatures(this.store, this.#styled, { extent, scale: ratio / resolution, ratio }, signal);
  }
}
