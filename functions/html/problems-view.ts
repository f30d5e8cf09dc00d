import { problemTypes } from '../../core/shared/problem-types.ts';
import { problemsStrings } from '../../strings/problems.ts';
import { html, type Markup } from './parts/markup.ts';

/** The types of problem documents; those of this service's own lead to their rows here. */
export const problemTypesView = (baseUrl: string): Markup => html`<h2>${problemsStrings.errors}</h2>
<p>${problemsStrings.errorsAre}</p>
<div class="scroll"><table><tr>${problemsStrings.columns.map((name) => html`<th>${name}</th>`)}</tr>
${problemTypes.map(
  ({
    type,
    statuses,
    meaning,
    remedy,
  }) => html`<tr id="${type.startsWith('/') ? type.slice(type.indexOf('#') + 1) : ''}">
<td><code>${type.startsWith('/') ? `${baseUrl}${type}` : type}</code></td><td>${statuses.join(', ')}</td><td>${meaning} ${remedy}</td></tr>`,
)}
</table></div>`;
