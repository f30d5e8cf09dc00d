interface Preview {
  readonly title: string;
  readonly data: unknown;
}

interface LayerPreview extends HTMLElement {
  show?(name: string, preview: Preview | undefined): Promise<void>;
}

const shown = new WeakMap<HTMLElement, string>();

/** Draws what was chosen beside the form, where it is GeoJSON; the map stays away while there is nothing. */
export function preview(field: HTMLElement, value: unknown): void {
  const map = field.closest('.workbench')?.querySelector<LayerPreview>('layer-preview');
  if (!map?.show || field.dataset['kind'] !== 'layer') return;
  const name = field.dataset['input'] ?? '';
  const title = field.querySelector('.label')?.firstChild?.textContent?.trim() ?? name;
  const data = isGeojson(value) ? value : undefined;
  const text = JSON.stringify(data) ?? '';
  // A field is read again whenever anything changes; the map moves when the layer is another one.
  if ((shown.get(field) ?? '') === text) return;
  shown.set(field, text);
  void map.show(name, data === undefined ? undefined : { title, data });
}

const isGeojson = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'type' in value && !('href' in value) && !('value' in value);
