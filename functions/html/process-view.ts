import type { ApiRequest } from '../../core/api/http.ts';
import type { ExecutionPlan } from '../../core/execution/plan.ts';
import { readForm } from '../../core/forms/read-form.ts';
import { listMediaTypes } from '../../core/processes/alternatives.ts';
import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import type {
  InputDescription,
  OutputDescription,
  ProcessDescription,
} from '../../core/processes/describe.ts';
import { isObject } from '../../core/shared/json.ts';
import { processes } from '../../processes/index.ts';
import { pageStrings } from '../../strings/page.ts';
import { processStrings } from '../../strings/process.ts';
import { flag } from './form/controls.ts';
import { type FormValues, nothingFilledIn } from './form/form-values.ts';
import { processForm } from './form/process-form.ts';
import { limitsMarkup } from './limits.ts';
import { html, type Markup } from './parts/markup.ts';
import { examplePictures } from './pictures.ts';
import { requestMarkup } from './request-code.ts';
import { technicalMarkup } from './technical.ts';
import { crumb, type MakeView, type View } from './view.ts';

/** A process for who wants to use it: the form first, then the request as code, and all that its description says. */
export const processView: MakeView = (resource, request) => {
  const description = resource as unknown as ProcessDescription;
  const process = processes.find(({ id }) => id === description.id);
  const { inputs, outputs, title, description: lead, ...rest } = description;
  const values = process ? valuesFromQuery(process, request) : nothingFilledIn;
  return {
    ...frame(description, request),
    content: html`<p class="lead">${lead}</p>
${process ? workbench(process, request, values, { showsOutcome: true }) : ''}
<details class="reference"><summary>${processStrings.inApi}</summary><h2>${processStrings.inputs}</h2>
<div class="scroll"><table class="fold"><thead><tr>${processStrings.inputColumns.map((name) => html`<th>${name}</th>`)}</tr></thead><tbody>
${Object.entries(inputs).map(inputRow)}</tbody></table></div>
<h2>${processStrings.outputs}</h2>
<div class="scroll"><table class="fold"><thead><tr>${processStrings.outputColumns.map((name) => html`<th>${name}</th>`)}</tr></thead><tbody>
${Object.entries(outputs).map(outputRow)}</tbody></table></div></details>
${limitsMarkup(description.metadata)}
<p><small>${description.id} ${description.version} · ${description.keywords.join(', ')}</small></p>
${technicalMarkup(rest as unknown as Readonly<Record<string, unknown>>)}`,
  };
};

/** The form again, with what is wrong at its fields. */
export function processFormView(
  process: ProcessDeclaration,
  request: ApiRequest,
  values: FormValues,
  heading: string,
): View {
  return {
    ...frame(process, request),
    title: `${heading} - ${process.title}`,
    heading: html`<h1>${process.title}</h1>`,
    content: html`<div class="notice bad"><p>${processStrings.notRun(heading)}</p></div>${workbench(process, request, values)}`,
  };
}

/** The form again, with what would become of it: the answer to a form that asks for a dry run. */
export const planView: MakeView = (resource, request, shown) => {
  const { processID, sentences } = resource as unknown as ExecutionPlan;
  const process = processes.find(({ id }) => id === processID);
  const { title } = process ?? { title: processID };
  return {
    ...frame({ title }, request),
    content: html`<div class="notice good" role="status">${sentences.map((sentence) => html`<p>${sentence}</p>`)}</div>${process ? workbench(process, request, shown as FormValues) : ''}`,
  };
};

const frame = ({ title }: { readonly title: string }, request: ApiRequest) => ({
  title,
  crumbs: [crumb(request, '/', pageStrings.start), crumb(request, '/processes', pageStrings.processes)],
  isWide: true,
});

/** What stands side by side: the form, and what comes of it. @param options `showsOutcome`: scripts show results beside the form instead of leaving the page */
export function workbench(
  process: ProcessDeclaration,
  { baseUrl }: ApiRequest,
  values: FormValues,
  { showsOutcome = false } = {},
): Markup {
  const examples = process.examples.map(({ title }, index) => [index, title] as const);
  return html`<div class="workbench"><div>${
    examples.length === 0
      ? ''
      : html`<p class="examples">${processStrings.fillIn}${examples.map(([index, title], position) => html`${position > 0 ? ' · ' : ''}<a href="${baseUrl}/processes/${process.id}?f=html&amp;example=${index + 1}">${title}</a>`)}</p>`
  }<div class="panel">${processForm(process, baseUrl, values)}</div></div>
<aside>${showsOutcome ? html`<div class="outcome" data-outcome hidden></div>` : ''}<layer-preview class="preview" data-module="map"${flag(!isPreviewed(process, values), 'hidden')}></layer-preview>${examplePictures(process.id, process.title, baseUrl)}${requestMarkup(process.id, baseUrl, values.inputs)}</aside></div>`;
}

/** Whether scripts draw what is filled in: then the map has its place from the start. */
const isPreviewed = ({ inputs: declared }: ProcessDeclaration, { inputs }: FormValues): boolean =>
  Object.entries(declared).some(([id, { source, maxOccurs }]) => {
    const value = maxOccurs === 1 ? inputs[id] : (inputs[id] as readonly unknown[] | undefined)?.[0];
    if (!isObject(value)) return false;
    if (source === 'layer') return 'type' in value && !('href' in value);
    return source === 'raster' && 'value' in value;
  });

/** What a link to a filled-in form says: an example by its number, or inputs as an execution by query names them. */
function valuesFromQuery(process: ProcessDeclaration, { query }: ApiRequest): FormValues {
  const example = process.examples[Number(query['example']?.[0]) - 1];
  const entries = Object.entries(query).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  );
  const { inputs, outputs = {}, title, faults } = readForm(entries, process);
  const formats = Object.fromEntries(
    Object.entries({
      ...(isObject(example?.request.outputs) ? example.request.outputs : {}),
      ...outputs,
    }).flatMap(([id, output]) => {
      const format =
        isObject(output) && isObject(output['format']) ? output['format']['mediaType'] : undefined;
      return typeof format === 'string' ? [[id, format]] : [];
    }),
  );
  return { inputs: { ...example?.request.inputs, ...inputs }, formats, title, faults };
}

const schemaMarkup = (schema: unknown): Markup =>
  html`<details><summary>${processStrings.jsonSchema}</summary><pre tabindex="0">${JSON.stringify(schema, undefined, 2)}</pre></details>`;

const aboutMarkup = ({ title, description, keywords }: InputDescription | OutputDescription): Markup =>
  html`<strong>${title}</strong>${description ? html`<br>${description}` : ''}${keywords ? html`<br><small>${keywords.join(', ')}</small>` : ''}`;

const inputRow = ([id, input]: readonly [string, InputDescription]): Markup => html`<tr>
<td><code>${id}</code></td>
<td>${aboutMarkup(input)}</td>
<td data-label="${processStrings.requiredLabel}">${formatOccurrences(input)}<br><small>${input.valuePassing.join(', ')}</small></td>
<td>${schemaMarkup(input.schema)}</td>
</tr>`;

const outputRow = ([id, output]: readonly [string, OutputDescription]): Markup => html`<tr>
<td><code>${id}</code></td>
<td>${aboutMarkup(output)}</td>
<td data-label="${processStrings.mediaTypesLabel}">${listMediaTypes(output.schema).map((type, index) => [index > 0 ? ', ' : '', html`<code>${type}</code>`])}</td>
<td>${schemaMarkup(output.schema)}</td>
</tr>`;

function formatOccurrences({ minOccurs, maxOccurs, schema }: InputDescription): string {
  const { yes, no } = processStrings;
  const fallback =
    schema.default === undefined ? '' : processStrings.defaultValue(JSON.stringify(schema.default));
  if (maxOccurs === 1) return `${minOccurs > 0 ? yes : no}${fallback}`;
  return `${processStrings.occurrences(minOccurs, maxOccurs === 'unbounded' ? undefined : maxOccurs)}${fallback}`;
}
