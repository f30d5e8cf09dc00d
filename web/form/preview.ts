import { pastedGeometries } from '../../core/forms/both-sides/pasted-wkt.ts';
import type { LayerPreviewElement, Preview } from '../map/elements/layer-preview-element.ts';
import { rasterFile } from '../shared/raster-file.ts';

const RASTER = 'image/tiff; application=geotiff';
/** Media types of what the map reads by itself. */
const DRAWN = ['application/geo+json', RASTER];
/** Bytes of a document that is drawn: more than that takes longer to read than a person waits for a preview. */
const MOST = 60_000_000;

/**
 * Shows on the map of the page what was chosen for an input: a file of the person's own, GeoJSON that goes with the request,
 * what was drawn, or a result of the service. Other sources are described in words alone.
 *
 * @param files from which the value was made, when it was
 */
export function previewInput(field: HTMLElement, value: unknown, files: readonly File[]): void {
  const element = document.querySelector<HTMLElement & Partial<LayerPreviewElement>>('layer-preview');
  const { input = '' } = field.dataset;
  const title = labelText(field) ?? input;
  const first: unknown = Array.isArray(value) ? value[0] : value;
  const preview = first === undefined ? undefined : toPreview(title, first, files[0], field.closest('form'));
  // The module of maps may come after that of forms.
  if (element) void customElements.whenDefined('layer-preview').then(() => element.show?.(input, preview));
}

/** What an input is called, without what else its label says. */
function labelText(field: HTMLElement): string | undefined {
  const label = field.querySelector('.label label') ?? field.querySelector('.label');
  const text = [...(label?.childNodes ?? [])].find((node) => node.nodeType === Node.TEXT_NODE);
  return text?.textContent?.trim() || undefined;
}

/** Whether the form says in which CRS the positions of a layer without one are; the map takes them for degrees. */
const isPlaced = (form: HTMLFormElement | null): boolean =>
  Boolean(form?.querySelector<HTMLInputElement>('[name=sourceCrs]')?.value);

function toPreview(
  title: string,
  value: unknown,
  file: File | undefined,
  form: HTMLFormElement | null,
): Preview | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (pastedGeometries(value)) return isPlaced(form) ? undefined : { title, data: value };
  const raster = rasterFile(value);
  if (raster) return { title, file: raster, type: RASTER };
  const { href, type } = value as { readonly href?: unknown; readonly type?: unknown };
  if (typeof href !== 'string')
    return typeof type === 'string' && !isPlaced(form) ? { title, data: value } : undefined;
  if (!file) return resultPreview(title, href, type);
  const known = DRAWN.find((drawn) => drawn === type);
  return known !== undefined && file.size <= MOST ? { title, file, type: known } : undefined;
}

/** Results lie where the pages may read them; what lies elsewhere, the policy of the pages keeps out. */
function resultPreview(title: string, href: string, type: unknown): Preview | undefined {
  const { origin, pathname } = new URL(href, location.href);
  // Uploads cannot be read back, and would only be asked for in vain.
  const isResult = origin === location.origin && /\/jobs\/[^/]+\/results\b/.test(pathname);
  const isDrawn =
    typeof type === 'string' && DRAWN.some((drawn) => type.startsWith(drawn.split(';')[0] ?? drawn));
  return isResult && isDrawn ? { title, href, type } : undefined;
}
