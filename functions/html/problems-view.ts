import { problemTypes } from '../../core/shared/problem-types.ts';
import { html, type Markup } from './parts/markup.ts';

/** The types of problem documents; those of this service's own lead to their rows here. */
export const problemTypesView = (baseUrl: string): Markup => html`<h2>Errors</h2>
<p>Every error is a problem document (RFC 9457) with one of these types.</p>
<div class="scroll"><table><tr><th>Type</th><th>Status</th><th>Meaning and remedy</th></tr>
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
