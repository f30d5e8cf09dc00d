import { HEAD_BYTES, typeOfBytes } from '../../core/forms/both-sides/file-type.ts';
import { sourceOfPlainText } from '../../core/forms/both-sides/pasted-wkt.ts';
import { scriptStrings } from '../../strings/scripts.ts';
import { element } from '../shared/dom.ts';
import { makeTabs } from '../tabs/make-tabs.ts';
import { describeSource } from './describe.ts';
import { canDraw, startDrawing } from './drawing.ts';
import { earlierResults } from './earlier-results.ts';
import { batches, type Read, sourceValues } from './fields.ts';
import { previewInput } from './preview.ts';
import { upload } from './upload.ts';

/** Bytes of GeoJSON that go with the request itself. */
const INLINE_BYTES = 300_000;

interface Chosen {
  readonly name: string;
  readonly value: unknown;
}

/**
 * A layer or raster: tabs instead of controls below each other, files that are sent at once, and what was read said at once.
 * @param changed hears when the field says something else
 */
export function enhanceSource(field: HTMLElement, baseUrl: string, changed: () => void): void {
  const source = field.querySelector<HTMLElement>('.source');
  if (!source) return;
  const isLayer = field.dataset['kind'] === 'layer';
  const several = field.dataset['several'] !== undefined;
  const way = (name: string) => source.querySelector<HTMLElement>(`[data-way="${name}"]`) as HTMLElement;
  const said = element('div', { class: 'said', role: 'status' });
  const more = element('div', { class: 'read' });
  let files: readonly Chosen[] = [];
  /** Files are being read or sent. */
  let isReading = false;
  let taken = 0;
  let sent: readonly File[] = [];
  const href = way('address').querySelector<HTMLInputElement | HTMLTextAreaElement>('[name]');
  const text = way('text').querySelector<HTMLTextAreaElement>('textarea');
  const results = earlierResults(field, isLayer ? 'layer' : 'raster', baseUrl);
  let active = 'file';

  const update = () => {
    changed();
    if (active === 'file' && isReading) return;
    const kind = isLayer ? 'layer' : 'raster';
    void describeSource({ said, more }, { field, read: read(), kind, baseUrl }).then(() => {
      if (active === 'file' && !several && files.length > 1)
        said.append(element('p', {}, scriptStrings.several(files.length)));
    });
    previewInput(field, read().value, active === 'file' ? sent : []);
  };
  const read = (): Read => {
    switch (active) {
      case 'address':
        return { value: links(href, several) };
      case 'text':
        return pasted(text?.value ?? '', several, isLayer);
      case 'result':
        return { value: results.href() === '' ? undefined : wrap({ href: results.href() }, several) };
      case 'draw':
        return { value: drawn };
      default: {
        if (isReading) return { fault: scriptStrings.stillUploading };
        const values = files.map(({ value }) => value);
        return { value: several ? (values.length > 0 ? values : undefined) : values[0] };
      }
    }
  };
  sourceValues.set(field, read);

  let drawn: unknown;
  const ways = [
    { name: 'file', title: scriptStrings.file, panel: way('file') },
    { name: 'address', title: scriptStrings.url, panel: way('address') },
    { name: 'text', title: scriptStrings.text, panel: way('text') },
    ...(isLayer && !several && canDraw()
      ? [
          {
            name: 'draw',
            title: scriptStrings.draw,
            panel: drawPanel((value) => {
              drawn = value;
              update();
            }),
          },
        ]
      : []),
    { name: 'result', title: scriptStrings.result, panel: results.panel },
  ];
  const { list, choose } = makeTabs(ways, (index) => {
    active = ways[index]?.name ?? 'file';
    if (active === 'draw') startDrawing(ways[index]?.panel as HTMLElement);
    if (active === 'result') void results.load();
    if (sourceValues.has(field)) update();
  });
  source.prepend(list);
  for (const { panel } of ways) source.append(panel);
  source.append(said, more);
  results.panel.addEventListener('change', update);
  href?.addEventListener('change', update);
  text?.addEventListener('change', update);

  const input = way('file').querySelector<HTMLInputElement>('input[type=file]') as HTMLInputElement;
  input.multiple = true;
  if (!several) batches.set(field, () => (active === 'file' ? files.map(({ value }) => value) : []));
  const take = async (list: readonly File[]) => {
    if (list.length === 0) return;
    const mine = ++taken;
    files = [];
    more.replaceChildren();
    isReading = true;
    choose(0);
    const read: Chosen[] = [];
    let fault: string | undefined;
    try {
      for (const file of list) read.push({ name: file.name, value: await readFile(file, baseUrl, said) });
    } catch (error) {
      fault = (error as Error).message;
    }
    // Others were chosen meanwhile.
    if (mine !== taken) return;
    isReading = false;
    if (fault !== undefined) {
      said.replaceChildren(element('p', { class: 'fault' }, fault));
      changed();
      return;
    }
    files = read;
    sent = list;
    update();
  };
  input.addEventListener('change', () => void take([...(input.files ?? [])]));
  source.addEventListener('dragover', (event) => {
    event.preventDefault();
    source.classList.add('over');
  });
  source.addEventListener('dragleave', () => source.classList.remove('over'));
  source.addEventListener('drop', (event) => {
    event.preventDefault();
    source.classList.remove('over');
    void take([...(event.dataTransfer?.files ?? [])]);
  });
  const label = way('file').querySelector('label');
  if (label) label.textContent = several ? scriptStrings.dropSeveral : scriptStrings.dropHere;

  if (href?.value) choose(1);
  else if (text?.value) choose(2);
}

const wrap = (value: unknown, several: boolean): unknown => (several ? [value] : value);

/** The addresses in a field, with the media types that the request had for them which filled the form in. */
function links(control: HTMLInputElement | HTMLTextAreaElement | null, several: boolean): unknown {
  const types = JSON.parse(control?.dataset['types'] ?? '{}') as Readonly<Record<string, string>>;
  const found = (control?.value ?? '')
    .split(/\s+/)
    .filter(Boolean)
    .map((href) => ({ href, ...(types[href] === undefined ? {} : { type: types[href] }) }));
  return several ? (found.length > 0 ? found : undefined) : found[0];
}

function pasted(text: string, several: boolean, isLayer: boolean): Read {
  const bare = text.trim();
  if (bare === '') return {};
  if (/^[[{]/.test(bare)) {
    try {
      return { value: JSON.parse(bare) };
    } catch (error) {
      return { fault: scriptStrings.noJson(scriptStrings.pastedText, (error as Error).message) };
    }
  }
  const value = sourceOfPlainText(bare);
  return value === undefined
    ? { fault: isLayer ? scriptStrings.noWkt : scriptStrings.noRaster }
    : { value: wrap(value, several) };
}

/** Small GeoJSON goes with the request, so that it says all; everything else is sent beforehand. */
async function readFile(file: File, baseUrl: string, said: HTMLElement): Promise<unknown> {
  const mediaType = typeOfBytes(file.name, await file.slice(0, HEAD_BYTES).arrayBuffer());
  if (mediaType === 'application/geo+json' && file.size <= INLINE_BYTES) {
    try {
      return JSON.parse((await file.text()).replace(/^\uFEFF/, ''));
    } catch (error) {
      throw new Error(scriptStrings.noJson(file.name, (error as Error).message));
    }
  }
  const bar = element('progress', { max: '100', value: '0', 'aria-label': scriptStrings.uploading(0) });
  const text = element('p', {}, scriptStrings.uploading(0));
  said.replaceChildren(text, bar);
  const href = await upload(baseUrl, file, mediaType, (percent) => {
    bar.value = percent;
    text.textContent = scriptStrings.uploading(percent);
  });
  said.replaceChildren(element('p', {}, scriptStrings.sent(file.name)));
  return { href, type: mediaType };
}

function drawPanel(changed: (value: unknown) => void): HTMLElement {
  const panel = element('div', { class: 'way', 'data-way': 'draw' });
  panel.addEventListener('change', (event) => {
    const { value } = event.target as HTMLElement & { value?: unknown };
    changed(value);
  });
  return panel;
}
