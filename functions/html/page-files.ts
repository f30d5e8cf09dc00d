import type { ModuleFiles } from '../assets/manifest.ts';
import { moduleFiles, STYLE } from '../assets/module-files.ts';
import { html, type Markup } from './parts/markup.ts';

/**
 * What the head of a page loads: the style sheet of all pages, and the modules that its elements name with
 * `data-module="one another"`. What comes from clients cannot name any: it is escaped, quotes too.
 */
export function pageFiles(content: Markup, baseUrl: string): Markup {
  const asked = [...content.text.matchAll(/ data-module="([a-z -]+)"/g)].flatMap(([, names = '']) =>
    names.split(' '),
  );
  const loaded = [...new Set([STYLE, ...asked])].map(moduleFiles);
  const href = (file: string) => `${baseUrl}/assets/${file}`;
  const every = (choose: (files: ModuleFiles) => readonly string[]) => [...new Set(loaded.flatMap(choose))];
  return html`${every(({ styles }) => styles).map((file) => html`<link rel="stylesheet" href="${href(file)}">\n`)}${every(
    ({ imports }) => imports,
  ).map((file) => html`<link rel="modulepreload" href="${href(file)}">\n`)}${every(({ script }) =>
    script === undefined ? [] : [script],
  ).map((file) => html`<script type="module" src="${href(file)}"></script>\n`)}`;
}
