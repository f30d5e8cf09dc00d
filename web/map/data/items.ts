import { boundsInDegrees } from './bounds-in-degrees.ts';
import { Paced } from './paced.ts';
import { parseInPieces } from './stream-geojson.ts';

/** A page of the features of a collection, as GeoJSON. */
interface ItemsPage {
  readonly document: unknown;
  /** Features that match what was asked for; the page may have fewer. */
  readonly matched: number;
}

/** The features of a collection (OGC API - Features), those of an extent at a time, one request a second at most. */
export class Items {
  readonly #href: string;
  readonly #pace = new Paced();

  /** @param href of a page without an extent, as long as pages may be */
  constructor(href: string) {
    this.#href = href;
  }

  /** The first page of all. */
  all(): Promise<ItemsPage> {
    return this.#ask(new URL(this.#href));
  }

  /** The first page of those within an extent. @param extent in degrees, with longitudes of any turn */
  async within(extent: readonly number[], signal: AbortSignal): Promise<ItemsPage> {
    await this.#pace.turn(signal);
    const url = new URL(this.#href);
    url.searchParams.set('bbox', boundsInDegrees(extent).join(','));
    return this.#ask(url, signal);
  }

  async #ask(url: URL, signal?: AbortSignal): Promise<ItemsPage> {
    const response = await fetch(url, {
      headers: { Accept: 'application/geo+json, application/json;q=0.9' },
      ...(signal ? { signal } : {}),
    });
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`.trim());
    const document = response.body ? await parseInPieces(response.body) : await response.json();
    const { numberMatched, features } = document as { numberMatched?: number; features?: readonly unknown[] };
    return { document, matched: numberMatched ?? features?.length ?? 0 };
  }
}
