import { element } from '../shared/dom.ts';
import { strings } from '../strings.ts';
import type { Read } from './fields.ts';
import { summariseGeojson } from './geojson-summary.ts';
import { crsName, type Place, placeFrom, rememberPlace } from './layer-place.ts';
import { offerProperties } from './properties.ts';

interface Info {
  readonly text: string;
  readonly properties: readonly string[];
  readonly place?: Place | undefined;
}

let asked = 0;

/** Says at once what a layer or raster was read as, by the service where it is not here. */
export async function describeLayer(
  said: HTMLElement,
  { value, fault }: Read,
  kind: 'layer' | 'raster',
  baseUrl: string,
): Promise<void> {
  if (fault !== undefined) {
    said.replaceChildren(element('p', { class: 'fault' }, fault));
    return;
  }
  const first = Array.isArray(value) ? value[0] : value;
  if (first === undefined) {
    said.replaceChildren();
    return;
  }
  const mine = ++asked;
  const here = kind === 'layer' ? summariseGeojson(first, saysCrs(said)) : undefined;
  if (!here) said.replaceChildren(element('p', { class: 'soft' }, strings.reading));
  const info = here ?? (await ask(first, kind, baseUrl));
  if (!here && mine !== asked) return;
  said.replaceChildren(element('p', { class: info.properties === undefined ? 'fault' : '' }, info.text));
  if (info.place) rememberPlace(info.place);
  if (kind === 'layer') offerProperties(info.properties ?? []);
}

/** Whether the form says in which CRS the positions of a layer are. */
const saysCrs = (said: HTMLElement): boolean =>
  Boolean(said.closest('form')?.querySelector<HTMLInputElement>('[name=sourceCrs]')?.value);

async function ask(
  value: unknown,
  kind: 'layer' | 'raster',
  baseUrl: string,
): Promise<Partial<Info> & { text: string }> {
  const [process, input] = kind === 'layer' ? ['layer-info', 'features'] : ['raster-info', 'raster'];
  try {
    const response = await fetch(`${baseUrl}/processes/${process}/execution`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ inputs: { [input]: value } }),
    });
    const answer = await response.json();
    if (!response.ok)
      return { text: asSentence(answer.errors?.[0]?.detail ?? answer.detail ?? strings.unreadable) };
    return kind === 'layer' ? layerInfo(answer) : rasterInfo(answer);
  } catch {
    return { text: asSentence(strings.unreadable) };
  }
}

/** Details of faults go on from the name of the input, which does not stand here. */
const asSentence = (detail: string): string =>
  /^[a-z]/.test(detail) ? `${strings.thisInput} ${detail}` : detail;

interface LayerAnswer {
  readonly count: number;
  readonly geometryTypes: Readonly<Record<string, number>>;
  readonly crs?: string | null;
  readonly bbox?: readonly number[] | null;
  readonly properties: readonly { readonly name: string }[];
}

function layerInfo({ count, geometryTypes, crs: uri, bbox, properties }: LayerAnswer): Info {
  const crs = uri && crsName(uri);
  const types = Object.keys(geometryTypes).join(', ');
  return {
    text: [strings.features(count), types, crs].filter(Boolean).join(' · '),
    properties: properties.map(({ name }) => name),
    place: placeFrom(crs, bbox),
  };
}

interface RasterAnswer {
  readonly width: number;
  readonly height: number;
  readonly crs: string | null;
  readonly bbox?: readonly number[];
  readonly bands: readonly { readonly dataType?: string; readonly type?: string }[];
}

function rasterInfo({ width, height, crs: uri, bbox, bands }: RasterAnswer): Info {
  const crs = uri && crsName(uri);
  const size = `${width} × ${height} pixels`;
  const count = `${bands.length} ${bands.length === 1 ? 'band' : 'bands'}`;
  return {
    text: [size, count, crs].filter(Boolean).join(' · '),
    properties: [],
    place: placeFrom(crs, bbox),
  };
}
