import { MOST_TITLE } from '../../../core/execution/parse.ts';
import { fieldName } from '../../../core/forms/form-entries.ts';
import { listAlternatives } from '../../../core/processes/alternatives.ts';
import type { Input, Output, ProcessDeclaration } from '../../../core/processes/declaration.ts';
import { findFormatTitle } from '../../../core/shared/formats.ts';
import { formStrings } from '../../../strings/form.ts';
import { icon } from '../parts/icons.ts';
import { html, type Markup } from '../parts/markup.ts';
import { flag, namesListOf } from './controls.ts';
import { field } from './field.ts';
import { type FormValues, faultsOfInput } from './form-values.ts';
import { resultsThatFit } from './results-that-fit.ts';

/** Fields that stand open; further ones that may be left out are folded. */
const MOST_OPEN = 5;
/** Inputs that many processes have and few people change. */
const rarelyChanged = [
  'crs',
  'sourceCrs',
  'invalidGeometry',
  'nodata',
  'outputType',
  'band',
  'scaled',
  'computeEdges',
];

/**
 * The form of a process, filled in. It posts to the execution itself: a program that has the page needs no other address.
 * Names of its fields are those of an execution by query.
 */
export function processForm(process: ProcessDeclaration, baseUrl: string, values: FormValues): Markup {
  const { id, inputs, outputs } = process;
  const { open, folded } = arrange(process, values);
  const general = values.faults.filter(({ pointer }) =>
    Object.keys(inputs).every((input) => faultsOfInput([{ pointer, detail: '' }], input).length === 0),
  );
  const fields = (list: readonly (readonly [string, Input])[]) =>
    list.map(([name, input]) => field(name, input, values));
  const foldedFaults = folded.some(([name]) => faultsOfInput(values.faults, name).length > 0);
  return html`<form class="process-form" method="post" enctype="multipart/form-data" action="${baseUrl}/processes/${id}/execution" data-module="map form" data-process="${id}" data-base="${baseUrl}"${resultsThatFit(process)} novalidate>
<div class="notice bad" id="faults" role="alert" tabindex="-1"${flag(general.length === 0, 'hidden')}>${general.map(({ pointer, detail }) => html`<p>${pointer && html`<code>${pointer}</code> `}${detail}</p>`)}</div>
${fields(open)}
${folded.length === 0 ? '' : html`<details class="advanced"${flag(foldedFaults, 'open')}><summary>${formStrings.moreSettings} <span class="count">${folded.length}</span></summary>${fields(folded)}</details>`}
${Object.entries(outputs).map(([name, output]) => formatField(name, output, values, Object.keys(outputs).length > 1))}
<div class="field name"><label class="label" for="job-title">${formStrings.jobName} <span class="needed">${formStrings.optional}</span></label><input id="job-title" name="response[title]" type="text" maxlength="${MOST_TITLE}" value="${values.title ?? ''}" autocomplete="off"></div>
<div class="actions"><button class="primary" name="response[prefer]" value="wait=20">${icon('play')}${formStrings.run}</button><button name="response[prefer]" value="respond-async" class="later">${formStrings.runLater}</button><button class="check" formaction="${baseUrl}/processes/${id}/execution?dryRun=true">${icon('check')}${formStrings.check}</button></div>
<div class="notice good" data-plan role="status" hidden></div>
<datalist id="crs-names">${formStrings.crss.map(([code, name]) => html`<option value="${code}">${name}</option>`)}</datalist>${namedLayers(process).map((layer) => html`<datalist id="${namesListOf(layer)}"></datalist>`)}
</form>`;
}

/** The layers whose properties other inputs name. */
const namedLayers = ({ inputs }: ProcessDeclaration): readonly string[] => [
  ...new Set(Object.values(inputs).flatMap(({ propertiesOf }) => propertiesOf ?? [])),
];

function arrange({ inputs }: ProcessDeclaration, values: FormValues) {
  const open: (readonly [string, Input])[] = [];
  const folded: (readonly [string, Input])[] = [];
  for (const entry of Object.entries(inputs)) {
    const [id, input] = entry;
    const mustSee = input.minOccurs > 0 || faultsOfInput(values.faults, id).length > 0;
    const isRare = rarelyChanged.includes(id) || open.length >= MOST_OPEN;
    (mustSee || !isRare ? open : folded).push(entry);
  }
  return { open, folded };
}

/** The formats in which an output is written, where there is a choice. */
function formatField(id: string, output: Output, { formats }: FormValues, several: boolean): Markup | string {
  const types = [...new Set(listAlternatives(output.schema).map(({ mediaType }) => mediaType))];
  if (types.length < 2) return '';
  const chosen = formats?.[id];
  const name = fieldName.member(id, 'mediaType');
  return html`<div class="field format" data-output="${id}"><label class="label" for="format-${id}">${several ? formStrings.formatOf(output.title) : formStrings.format}</label><select id="format-${id}" name="${name}"><option value="">${findFormatTitle(types[0] ?? '')}</option>${types
    .slice(1)
    .map(
      (type) =>
        html`<option value="${type}"${flag(type === chosen, 'selected')}>${findFormatTitle(type)}</option>`,
    )}</select></div>`;
}
