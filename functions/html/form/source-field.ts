import { fieldName } from '../../../core/forms/form-entries.ts';
import { textOfTable } from '../../../core/forms/read-source.ts';
import { isObject } from '../../../core/shared/json.ts';
import { readExtensions } from '../../../core/shared/read-extensions.ts';
import { formStrings } from '../../../strings/form.ts';
import { html, type Markup } from '../parts/markup.ts';
import { type Control, prettyText } from './controls.ts';

const MOST_SHOWN = 200_000;

/**
 * A layer or raster: a file, an address, or what is pasted. Without scripts the three stand below each other; with them they
 * become tabs, to which drawing and earlier results come.
 */
export function sourceControl({ id, input, value, bound }: Control): Markup {
  const isLayer = input.source === 'layer';
  const several = input.maxOccurs !== 1;
  const accept = readExtensions(isLayer ? 'layer' : 'raster').join(',');
  const { hrefs, types, pasted } = takeApart(value, several);
  // The one that scripts show first: the others are not seen before they come.
  const first = hrefs.length > 0 ? 'address' : pasted === '' ? 'file' : 'text';
  const way = (name: string): Markup => html`class="way${name === first ? ' first' : ''}" data-way="${name}"`;
  const typed = Object.keys(types).length > 0 ? html` data-types="${JSON.stringify(types)}"` : '';
  return html`<div class="source${first === 'file' ? '' : ' filled'}" data-source="${input.source}" data-several="${several}">
<div ${way('file')}><label for="file-${id}">${several ? formStrings.files : formStrings.file}</label><input type="file" id="file-${id}" name="${fieldName.member(id, 'file')}" accept="${accept}"${several ? html` multiple` : ''}><p class="hint">${isLayer ? formStrings.layerFormats : formStrings.rasterFormats}</p></div>
<div ${way('address')}><label for="href-${id}">${several ? formStrings.urls : formStrings.url}</label>${
    several
      ? html`<textarea id="href-${id}" name="${fieldName.member(id, 'href')}" rows="3" placeholder="https://"${typed}>\n${hrefs.join('\n')}</textarea>`
      : html`<input type="url" id="href-${id}" name="${fieldName.member(id, 'href')}" value="${hrefs.join(' ')}" placeholder="https://" autocomplete="off"${typed}>`
  }</div>
<div ${way('text')}><label for="input-${id}">${isLayer ? formStrings.pastedLayer : formStrings.pastedRaster}</label><textarea id="input-${id}" name="${id}" rows="4" spellcheck="false"${bound}>\n${pasted}</textarea></div>
</div>`;
}

/** What is filled in, by the way in which the form shows it. */
interface FilledIn {
  readonly hrefs: readonly string[];
  /** Media types of what lies at the addresses, where the request says them. */
  readonly types: Readonly<Record<string, string>>;
  readonly pasted: string;
}

function takeApart(value: unknown, several: boolean): FilledIn {
  if (value === undefined) return { hrefs: [], types: {}, pasted: '' };
  const all = several && Array.isArray(value) ? value : [value];
  const links = all.filter(isShortLink);
  if (links.length === all.length) {
    const types = Object.fromEntries(links.flatMap(({ href, type }) => (type ? [[href, type]] : [])));
    return { hrefs: links.map(({ href }) => href), types, pasted: '' };
  }
  const pasted = textOfTable(value) ?? prettyText(value);
  return { hrefs: [], types: {}, pasted: pasted.length > MOST_SHOWN ? '' : pasted };
}

/** A link of which no more is said than a field of addresses holds. */
const isShortLink = (item: unknown): item is { readonly href: string; readonly type?: string } =>
  isObject(item) &&
  typeof item['href'] === 'string' &&
  Object.keys(item).every((name) => name === 'href' || (name === 'type' && typeof item[name] === 'string'));
