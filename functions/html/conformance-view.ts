import { apiStrings } from '../../strings/api.ts';
import { pageStrings } from '../../strings/page.ts';
import { html } from './parts/markup.ts';
import { technicalMarkup } from './technical.ts';
import { valueMarkup } from './value.ts';
import { crumb, type MakeView } from './view.ts';

const columns = apiStrings.conformanceColumns;

/** What is claimed, in words; each is a link to the requirements. */
export const conformanceView: MakeView = ({ conformsTo, ...rest }, request) => ({
  title: apiStrings.conformance,
  crumbs: [crumb(request, '/', pageStrings.start)],
  content: html`<p class="lead">${apiStrings.conformanceLead}</p>
<div class="scroll"><table class="fold"><thead><tr>${Object.values(columns).map((name) => html`<th>${name}</th>`)}</tr></thead><tbody>${(
    conformsTo as string[]
  ).map((uri) => {
    const [, version = '', name = ''] = /processes-1\/([^/]+)\/conf\/(.*)$/.exec(uri) ?? [];
    return html`<tr><td><strong>${apiStrings.conformanceClasses[name] ?? name}</strong></td><td data-label="${columns.version}">${version}</td><td><small>${valueMarkup(uri)}</small></td></tr>`;
  })}</tbody></table></div>${technicalMarkup(rest)}`,
});
