import type { ApiRequest } from '../../core/api/http.ts';
import { listMediaTypes } from '../../core/processes/alternatives.ts';
import type {
  InputDescription,
  OutputDescription,
  ProcessDescription,
} from '../../core/processes/describe.ts';
import { html, type Markup } from './markup.ts';
import { membersMarkup } from './value.ts';
import type { View } from './views.ts';

/** A process for who wants to use it: inputs and outputs as tables with their schemas, and a request to start from. */
export function processView(description: ProcessDescription, { baseUrl }: ApiRequest): View {
  const { title, description: lead, inputs, outputs, ...rest } = description;
  return {
    title,
    content: html`<p class="lead">${lead}</p>
<h2>Inputs</h2>
<div class="scroll"><table><tr><th>Input</th><th>What it is</th><th>Required</th><th>Schema</th></tr>
${Object.entries(inputs).map(inputRow)}
</table></div>
<h2>Outputs</h2>
<div class="scroll"><table><tr><th>Output</th><th>What it is</th><th>Media types, default first</th><th>Schema</th></tr>
${Object.entries(outputs).map(outputRow)}
</table></div>
<h2>Execute</h2>
<pre data-module="copy">curl "${baseUrl}/processes/${description.id}/execution" -H 'Content-Type: application/json' -d @request.json</pre>
<p>Requests that can be run as they stand are in the <a href="${baseUrl}/api?f=json">API definition</a>.</p>
<h2>About the process</h2>
${membersMarkup(rest as unknown as Readonly<Record<string, unknown>>)}`,
  };
}

const schemaMarkup = (schema: unknown): Markup =>
  html`<details><summary>JSON Schema</summary><pre>${JSON.stringify(schema, undefined, 2)}</pre></details>`;

const aboutMarkup = ({ title, description, keywords }: InputDescription | OutputDescription): Markup =>
  html`<strong>${title}</strong>${description ? html`<br>${description}` : ''}${keywords ? html`<br><small>${keywords.join(', ')}</small>` : ''}`;

const inputRow = ([id, input]: readonly [string, InputDescription]): Markup => html`<tr>
<td><code>${id}</code></td>
<td>${aboutMarkup(input)}</td>
<td>${formatOccurrences(input)}<br><small>${input.valuePassing.join(', ')}</small></td>
<td>${schemaMarkup(input.schema)}</td>
</tr>`;

const outputRow = ([id, output]: readonly [string, OutputDescription]): Markup => html`<tr>
<td><code>${id}</code></td>
<td>${aboutMarkup(output)}</td>
<td>${listMediaTypes(output.schema).map((type, index) => [index > 0 ? ', ' : '', html`<code>${type}</code>`])}</td>
<td>${schemaMarkup(output.schema)}</td>
</tr>`;

function formatOccurrences({ minOccurs, maxOccurs, schema }: InputDescription): string {
  const fallback = schema.default === undefined ? '' : `, default ${JSON.stringify(schema.default)}`;
  if (maxOccurs === 1) return `${minOccurs > 0 ? 'yes' : 'no'}${fallback}`;
  return `${minOccurs} to ${maxOccurs === 'unbounded' ? 'any number' : maxOccurs}${fallback}`;
}
