import { type Provider, providerFromEnvironment } from '../../core/api/provider.ts';
import { VERSION } from '../../core/api/version.ts';
import { formEntries } from '../../core/forms/write-form.ts';
import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import { processes } from '../../processes/index.ts';
import { landingStrings } from '../../strings/landing.ts';
import { connectMarkup } from './connect.ts';
import { groupByFamily } from './families.ts';
import { icon } from './parts/icons.ts';
import { html, type Markup } from './parts/markup.ts';
import { tilePicture } from './pictures.ts';
import { searchMarkup } from './processes-view.ts';
import { technicalMarkup } from './technical.ts';
import type { MakeView } from './view.ts';

/** What can be tried with one click, by process and the number of its example. */
const tries: readonly (readonly [processID: string, example: number])[] = [
  ['buffer', 1],
  ['contour', 0],
  ['zonal-statistics', 0],
];

/** What this is, what it can do, and how to begin. */
export const landingView: MakeView = ({ title, description, attribution: _, ...rest }, { baseUrl }) => {
  const families = groupByFamily(processes);
  return {
    title: String(title),
    content: html`<p class="lead">${description as string}</p>
<div data-module="search" data-go>${searchMarkup(baseUrl, '')}<ul class="tiles found" data-found hidden>${processes.map(
      ({ id, title: name, description: what, keywords = [] }) =>
        html`<li class="tile" data-words="${[id, name, what, ...keywords].join(' ').toLowerCase()}" hidden><h3><a href="${baseUrl}/processes/${id}?f=html">${name}</a></h3><p>${what}</p></li>`,
    )}</ul></div>
<section><h2>${landingStrings.tryHeading}</h2><ul class="tiles tries">${tries.map(([id, example]) => tryMarkup(id, example, baseUrl))}</ul></section>
<section><h2>${landingStrings.families(processes.length, families.length)}</h2><ul class="tiles">${families.map(
      ([{ id, title: family, description: what, shown }, members]) =>
        html`<li class="tile family">${shown === undefined ? '' : tilePicture(shown, baseUrl)}<h3><a href="${baseUrl}/processes?f=html#${id}">${family}</a> <span class="count">${members.length}</span></h3><p>${what}</p></li>`,
    )}</ul></section>
<section data-module="recent" data-jobs="${baseUrl}/jobs"><h2>${landingStrings.recentJobs}</h2><div data-recent><p class="actions"><a class="button" href="${baseUrl}/jobs?f=html">${icon('list')}${landingStrings.showJobs}</a></p></div></section>
<section><h2>${landingStrings.connect}</h2>${connectMarkup(baseUrl)}</section>
<section><h2>${landingStrings.about}</h2>${aboutMarkup(providerFromEnvironment())}</section>
${technicalMarkup(rest)}`,
  };
};

/** Who offers the service, as far as they say so, and what runs. */
const aboutMarkup = ({ name, url, email }: Provider): Markup => {
  const shown = name ?? url;
  return html`<dl>${shown === undefined ? '' : html`<dt>${landingStrings.provider}</dt><dd>${url === undefined ? shown : html`<a href="${url}">${shown}</a>`}</dd>`}${email === undefined ? '' : html`<dt>${landingStrings.contact}</dt><dd><a href="mailto:${email}">${email}</a></dd>`}<dt>${landingStrings.version}</dt><dd>${VERSION}</dd></dl>`;
};

/** An example with a button that runs it: its page shows the result. */
function tryMarkup(processID: string, number: number, baseUrl: string): Markup | string {
  const process = processes.find(({ id }) => id === processID);
  const example = process?.examples[number] ?? process?.examples[0];
  if (!process || !example) return '';
  return html`<li class="tile try"><h3>${example.title}</h3><p>${told(process, example.description)}</p>
<form method="post" action="${baseUrl}/processes/${processID}/execution"><input type="hidden" name="response[prefer]" value="wait=20">${hiddenFields(process, example.request.inputs)}<p class="actions"><button class="primary small">${icon('play')}${landingStrings.run}</button> <a class="button small" href="${baseUrl}/processes/${processID}?f=html&amp;example=${number + 1}">${landingStrings.seeForm}</a></p></form></li>`;
}

/** What is tried, named once. */
function told({ title, description }: ProcessDeclaration, what: string | undefined): string {
  const text = what ?? description ?? '';
  return text.startsWith(title) ? text : `${title}. ${text}`;
}

const hiddenFields = (process: ProcessDeclaration, inputs: Readonly<Record<string, unknown>>): Markup[] =>
  formEntries(process, inputs).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value as string}">`,
  );
