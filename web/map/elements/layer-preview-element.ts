import type { LayerRequest, MapLayer } from '../view/layer.ts';
import type { ResultMap } from '../view/result-map.ts';
import { tileSettings } from './tile-settings.ts';

/** What was chosen: GeoJSON, an address of a file that the map draws, or where the service says that it lies. */
export interface Preview {
  readonly title: string;
  readonly data?: unknown;
  readonly href?: string;
  readonly type?: string;
  /** A file of the person's own, of the media type above. */
  readonly file?: Blob;
  /** West, south, east, north in degrees. */
  readonly bbox?: readonly number[];
}

/**
 * `<layer-preview>`: a map of what has been put into a form, hidden while that is nothing. A page calls `show` with what was
 * chosen for an input, under a name of its own, and with undefined when it is gone.
 */
export class LayerPreviewElement extends HTMLElement {
  readonly #shown = new Map<string, MapLayer>();
  readonly #asked = new Map<string, number>();
  /** Inputs of which something is shown, or being loaded. */
  readonly #wanted = new Set<string>();
  #map: Promise<ResultMap> | undefined;

  /** Shows what was chosen for an input in place of what was chosen before. */
  async show(name: string, preview: Preview | undefined): Promise<void> {
    const asked = (this.#asked.get(name) ?? 0) + 1;
    this.#asked.set(name, asked);
    const request = preview && toRequest(preview);
    this.#want(name, request !== undefined);
    if (!request && !this.#map) return;
    this.#map ??= this.#start();
    const map = await this.#map;
    const former = this.#shown.get(name);
    if (former) map.remove(former);
    this.#shown.delete(name);
    const layer = request && (await map.add(request));
    const isCurrent = this.#asked.get(name) === asked;
    if (!layer) {
      if (isCurrent) this.#want(name, false);
    } else if (isCurrent) this.#shown.set(name, layer);
    else map.remove(layer);
  }

  /** The map has its place as long as there is anything to show, also while that is being loaded. */
  #want(name: string, isWanted: boolean): void {
    if (isWanted) this.#wanted.add(name);
    else this.#wanted.delete(name);
    this.hidden = this.#wanted.size === 0;
  }

  async #start(): Promise<ResultMap> {
    const { ResultMap } = await import('../view/result-map.ts');
    return new ResultMap(this, { ...tileSettings(this), compact: true });
  }
}

function toRequest({ title, data, href, type, file, bbox }: Preview): LayerRequest | undefined {
  const text = { title, role: 'input' as const };
  if (data !== undefined) return { ...text, data };
  if (file !== undefined && type !== undefined) return { ...text, file, type };
  if (href !== undefined && type !== undefined) return { ...text, href, type };
  return bbox && { ...text, data: { type: 'Feature', properties: {}, geometry: boxGeometry(bbox) } };
}

function boxGeometry([west = 0, south = 0, east = 0, north = 0]: readonly number[]) {
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { type: 'Polygon', coordinates: [ring] };
}
