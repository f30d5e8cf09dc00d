import type { FeatureCollection } from 'geojson';
import type { Drawing } from '../draw/drawing.ts';
import { tileSettings } from './tile-settings.ts';
import { whenSeen } from './when-seen.ts';

/**
 * `<draw-geometry>`: a map to draw on. `value` is what was drawn, as a collection of features in degrees, or undefined; with
 * `data-bbox`, an array of west, south, east, north. `data-kinds` names what can be drawn (`point line polygon rectangle`),
 * `data-single` allows one thing alone, and `data-target` is the id of a field that gets the value as JSON. Fires `change`.
 */
export class DrawGeometryElement extends HTMLElement {
  #drawing: Drawing | undefined;
  #given: FeatureCollection | undefined;
  #started = false;

  get value(): FeatureCollection | number[] | undefined {
    if (!this.#drawing) return this.#isBox ? undefined : this.#given;
    return this.#isBox ? this.#drawing.bbox : this.#drawing.value;
  }

  /** Shows something that was drawn before. */
  set value(value: FeatureCollection | number[] | undefined) {
    this.#given = Array.isArray(value) ? undefined : value;
    if (this.#drawing) this.#drawing.value = this.#given;
  }

  get #isBox(): boolean {
    return this.dataset['bbox'] !== undefined;
  }

  connectedCallback(): void {
    whenSeen(this, () => void this.#start());
  }

  async #start(): Promise<void> {
    if (this.#started) return;
    this.#started = true;
    const { Drawing, parseKinds } = await import('../draw/drawing.ts');
    const { kinds, single } = this.dataset;
    this.#drawing = new Drawing(
      this,
      {
        ...tileSettings(this),
        kinds: parseKinds(this.#isBox ? 'rectangle' : kinds),
        single: this.#isBox || single !== undefined,
      },
      () => this.#changed(),
    );
    if (this.#given) this.#drawing.value = this.#given;
    this.classList.add('started');
  }

  #changed(): void {
    const field = document.getElementById(this.dataset['target'] ?? '');
    if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) {
      field.value = this.value === undefined ? '' : JSON.stringify(this.value);
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }
    this.dispatchEvent(new Event('change', { bubbles: true }));
  }
}
