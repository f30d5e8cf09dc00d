import type { Extent } from 'ol/extent.js';
import ImageLayer from 'ol/layer/Image.js';
import type Projection from 'ol/proj/Projection.js';
import { getTransform } from 'ol/proj.js';
import ImageSource from 'ol/source/Image.js';
import type { LayerText } from '../shared/layer-text.ts';
import { paintRaster } from './paint-raster.ts';
import type { PixelCache } from './pixel-cache.ts';
import type { Raster } from './raster.ts';
import { type RasterStyle, sampleBands, stretch } from './style.ts';
import { validity } from './validity.ts';

/** A raster and where it lies on the map. */
export interface PlacedRaster {
  readonly raster: Raster;
  readonly cache: PixelCache;
  /** The projections of the raster and of the map. */
  readonly projections: readonly [of: Projection, map: Projection];
  readonly extent: Extent;
  /** What is said where the raster cannot be drawn as a whole. */
  readonly tooLarge: string;
}

/** A raster on the map. Fires `change` when its style or its note is another. */
export class RasterMapLayer extends EventTarget {
  readonly kind = 'raster';
  readonly text: LayerText;
  readonly extent: Extent;
  readonly layer: ImageLayer<ImageSource>;
  readonly raster: Raster;
  readonly #cache: PixelCache;
  readonly #placed: PlacedRaster;
  #style: RasterStyle;
  #note = '';
  #painting = new AbortController();

  constructor(text: LayerText, placed: PlacedRaster, style: RasterStyle) {
    super();
    this.text = text;
    this.extent = placed.extent;
    this.raster = placed.raster;
    this.#cache = placed.cache;
    this.#placed = placed;
    this.#style = style;
    this.layer = new ImageLayer({ source: this.#pictures() });
  }

  get style(): RasterStyle {
    return this.#style;
  }

  get note(): string {
    return this.#note;
  }

  setStyle(style: RasterStyle): void {
    this.#style = style;
    this.layer.setSource(this.#pictures());
    this.dispatchEvent(new Event('change'));
  }

  /** The stretch that suits a band. */
  async stretchBand(band: number): Promise<{ min: number; max: number }> {
    return stretch((await sampleBands(this.raster, this.#cache))[band]?.sorted);
  }

  /**
   * The values of the pixel at a position of the map, band by band, as they are in the file at its finest level.
   *
   * @returns undefined outside; in place of a missing value, undefined
   */
  async valuesAt(position: readonly number[]): Promise<(number | undefined)[] | undefined> {
    const { raster } = this;
    const [x = Number.NaN, y = Number.NaN] = this.#move([...position]);
    const [west, south, east, north] = raster.extent;
    const column = Math.floor(((x - west) / (east - west)) * raster.width);
    const row = Math.floor(((y - north) / (south - north)) * raster.height);
    if (!(column >= 0 && row >= 0 && column < raster.width && row < raster.height)) return undefined;
    const pixels = await this.#cache.read(0, [column, row, column + 1, row + 1]);
    const isValid = validity(raster, pixels);
    return pixels.bands.map((band, number) => (isValid(number, 0) ? band[0] : undefined));
  }

  #move(positions: number[]): number[] {
    const [own, map] = this.#placed.projections;
    return getTransform(map, own)?.(positions, undefined, 2) ?? positions;
  }

  #pictures(): ImageSource {
    return new ImageSource({
      interpolate: false,
      loader: async (extent, resolution, ratio) => {
        const scale = ratio / resolution;
        const [west = 0, south = 0, east = 0, north = 0] = extent;
        const size = [Math.round((east - west) * scale), Math.round((north - south) * scale)] as const;
        const picture = { extent, size, move: (positions: number[]) => this.#move(positions) };
        this.#painting.abort();
        this.#painting = new AbortController();
        const { signal } = this.#painting;
        const data = await paintRaster(this.raster, this.#cache, this.#style, picture, signal).catch(
          (error: unknown) => {
            // The map has moved on, and shows the next picture.
            if (signal.aborted) return 'unwanted' as const;
            throw error;
          },
        );
        if (data === 'unwanted')
          return { image: document.createElement('canvas'), extent, pixelRatio: ratio };
        this.#say(data ? '' : this.#placed.tooLarge);
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = size;
        if (data) canvas.getContext('2d')?.putImageData(data, 0, 0);
        return { image: canvas, extent, pixelRatio: ratio };
      },
    });
  }

  #say(note: string): void {
    if (note === this.#note) return;
    this.#note = note;
    this.dispatchEvent(new Event('change'));
  }
}
