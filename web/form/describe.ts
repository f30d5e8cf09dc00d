import { scriptStrings } from '../../strings/scripts.ts';
import { element } from '../shared/dom.ts';
import { type Description, describeLayer, describeRaster } from './description.ts';
import type { Read } from './fields.ts';
import { summariseGeojson } from './geojson-summary.ts';
import { rememberPlace } from './layer-place.ts';
import { offerProperties } from './properties.ts';
import { readingWarnings } from './reading-warnings.ts';
import { type Places, showDescription } from './show-description.ts';

/** A layer or raster field, and what it says. */
interface Described {
  readonly field: HTMLElement;
  readonly read: Read;
  readonly kind: 'layer' | 'raster';
  readonly baseUrl: string;
}

/** How often each field has been described: what is told of a former value comes too late. */
const asked = new WeakMap<HTMLElement, number>();

/** Says at once what a layer or raster was read as, by the service where it is not here. */
export async function describeSource(
  places: Places,
  { field, read: { value, fault }, kind, baseUrl }: Described,
): Promise<void> {
  const mine = (asked.get(field) ?? 0) + 1;
  asked.set(field, mine);
  const { said, more } = places;
  more.replaceChildren();
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (fault !== undefined || first === undefined) {
    said.replaceChildren(...(fault === undefined ? [] : [element('p', { class: 'fault' }, fault)]));
    if (kind === 'layer') offerProperties(field, []);
    return;
  }
  const here = kind === 'layer' ? summariseGeojson(first, saysCrs(field)) : undefined;
  if (!here) said.replaceChildren(element('p', { class: 'soft' }, scriptStrings.reading));
  const found = here ? describeLayer(here) : await ask(first, kind, baseUrl);
  if (asked.get(field) !== mine) return;
  if ('fault' in found) said.replaceChildren(element('p', { class: 'fault' }, found.fault));
  else {
    showDescription(places, found);
    if (found.place) rememberPlace(found.place);
  }
  if (kind === 'layer') offerProperties(field, 'fault' in found ? [] : found.properties);
}

/** Whether the form says in which CRS the positions of a layer are. */
const saysCrs = (field: HTMLElement): boolean =>
  Boolean(field.closest('form')?.querySelector<HTMLInputElement>('[name=sourceCrs]')?.value);

async function ask(
  value: unknown,
  kind: 'layer' | 'raster',
  baseUrl: string,
): Promise<Description | { readonly fault: string }> {
  const [process, input] = kind === 'layer' ? ['layer-info', 'features'] : ['raster-info', 'raster'];
  try {
    const response = await fetch(`${baseUrl}/processes/${process}/execution`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ inputs: { [input]: value } }),
    });
    const answer = await response.json();
    if (!response.ok)
      return { fault: asSentence(answer.errors?.[0]?.detail ?? answer.detail ?? scriptStrings.unreadable) };
    const description = kind === 'layer' ? describeLayer(answer) : describeRaster(answer);
    return { ...description, warnings: [...description.warnings, ...(await readingWarnings(response))] };
  } catch {
    return { fault: asSentence(scriptStrings.unreadable) };
  }
}

/** Details of faults go on from the name of the input, which does not stand here. */
const asSentence = (detail: string): string =>
  /^[a-z]/.test(detail) ? `${scriptStrings.thisInput} ${detail}` : detail;
