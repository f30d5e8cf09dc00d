import { rasterFile } from '../../shared/raster-file.ts';
import type { LayerRequest } from '../view/layer.ts';
import type { ResultMap } from '../view/result-map.ts';
import { tileSettings } from './tile-settings.ts';
import { whenSeen } from './when-seen.ts';

/** What can be drawn; kept here too, so that a page without it loads no map. */
const drawn =
  /^(?:application\/geo\+json|application\/vnd\.ogc\.fg\+json|application\/flatgeobuf|image\/tiff)\b/;

/**
 * `<result-map>`: a map of the links that stand in it. A link with a `type` that can be drawn becomes a layer; `data-title`
 * is its name (otherwise its text), `data-role="input"` says that it went in, and `data-from` names an element whose text is
 * GeoJSON; `data-items` is the address below which features have pages;
 * `data-on-demand` leaves it until somebody wants to see it, and `data-convert` is where `data-source` is made GeoJSON of before;
 * `data-by-extent` says where the features of a collection lie, of which those in view are asked for. Without scripts the links remain. `data-tiles` is a template of tiles, with `data-attribution`; `data-plain` leaves out all but the layers, `data-no-table` the table and the chart below.
 */
export class ResultMapElement extends HTMLElement {
  readonly #ready = Promise.withResolvers<ResultMap>();
  #started = false;

  /** The map, when it has been loaded. */
  get ready(): Promise<ResultMap> {
    return this.#ready.promise;
  }

  connectedCallback(): void {
    whenSeen(this, () => void this.start());
  }

  /** Loads the map now, whether it is seen or not. */
  async start(): Promise<ResultMap> {
    if (this.#started) return this.ready;
    this.#started = true;
    const { ResultMap } = await import('../view/result-map.ts');
    const map = new ResultMap(this, { ...tileSettings(this), plain: this.dataset['plain'] !== undefined });
    this.#ready.resolve(map);
    map.addEventListener('layers', () => this.#addTable(map));
    this.classList.add('started');
    await Promise.all(
      this.#requests().map(async (request) => {
        if (request.isOnDemand) map.offer(request);
        else await map.add(request);
      }),
    );
    this.classList.add('complete');
    return map;
  }

  /** A table and a chart below the map, once there are features, and unless the page has put them elsewhere. */
  #addTable({ layers }: ResultMap): void {
    const hasRows = layers.some(
      (layer) => layer.kind === 'vector' && layer.store.features.some(({ properties }) => properties),
    );
    if (!hasRows || this.dataset['noTable'] !== undefined) return;
    // Each comes before those that are there: the chart is next to the map.
    for (const name of ['attribute-table', 'result-chart']) {
      const elsewhere = `${name}[for="${CSS.escape(this.id)}"]`;
      if (this.querySelector(name) ?? document.querySelector(elsewhere)) continue;
      this.querySelector(':scope > .map')?.after(document.createElement(name));
    }
  }

  /** What went in lies under what came out, wherever the page names it. */
  #requests(): LayerRequest[] {
    const rank = ({ role }: LayerRequest) => (role === 'input' ? 0 : 1);
    return this.#links().sort((a, b) => rank(a) - rank(b));
  }

  #links(): LayerRequest[] {
    return [...this.querySelectorAll<HTMLElement>('a[type], [data-from]')].flatMap(
      (element): LayerRequest[] => {
        const title = element.dataset['title'] ?? element.textContent.trim();
        const role = element.dataset['role'] === 'input' ? ('input' as const) : ('result' as const);
        const { from } = element.dataset;
        if (from !== undefined) return [{ title, role, ...readInline(from) }];
        const { href, type } = element as HTMLAnchorElement;
        const { items, byExtent, convert: convertAt, source } = element.dataset;
        if (convertAt === undefined && !drawn.test(type)) return [];
        return [
          {
            title,
            role,
            href,
            type,
            isOnDemand: element.dataset['onDemand'] !== undefined,
            ...(items !== undefined && { items }),
            ...(byExtent !== undefined && { byExtent: byExtent.split(',').map(Number) }),
            ...(convertAt !== undefined && { convertAt }),
            ...(source !== undefined && { source }),
          },
        ];
      },
    );
  }
}

/** GeoJSON or well-known text, or a GeoTIFF as requests have it. */
function readInline(id: string): Pick<LayerRequest, 'data' | 'file' | 'type'> {
  const data = readJson(id);
  const file = rasterFile(data);
  return file ? { file, type: 'image/tiff' } : { data };
}

function readJson(id: string): unknown {
  try {
    return JSON.parse(document.getElementById(id)?.textContent ?? '');
  } catch {
    return undefined;
  }
}
