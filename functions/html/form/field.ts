import { type FieldKind, fieldKind } from '../../../core/forms/field-kind.ts';
import type { Input } from '../../../core/processes/declaration.ts';
import type { Unit } from '../../../core/processes/units.ts';
import type { Fault } from '../../../core/shared/errors.ts';
import { formStrings } from '../../../strings/form.ts';
import { html, type Markup } from '../parts/markup.ts';
import {
  areaControl,
  boundsInWords,
  type Control,
  choiceControl,
  choicesControl,
  extentControl,
  flagControl,
  namesList,
  numberControl,
  rowsControl,
  textControl,
} from './controls.ts';
import { type FormValues, faultsOfInput } from './form-values.ts';
import { sourceControl } from './source-field.ts';
import { meanings } from './words.ts';

const controls: Readonly<Record<FieldKind, (control: Control) => Markup>> = {
  layer: sourceControl,
  raster: sourceControl,
  choice: choiceControl,
  choices: choicesControl,
  flag: flagControl,
  number: numberControl,
  crs: (control) => textControl(control, 'crs-names'),
  extent: extentControl,
  rows: rowsControl,
  list: (control) => textControl(control, namesList(control.input)),
  property: (control) => textControl(control, namesList(control.input)),
  expression: (control) => areaControl(control),
  text: (control) => textControl(control),
  json: (control) => areaControl(control, 4),
};

/** Kinds whose controls are several, named together by the label of the field. */
const groups: readonly FieldKind[] = ['layer', 'raster', 'choices', 'rows'];

/** One field per input: its label, what it is, its control, and what is wrong with it. */
export function field(id: string, input: Input, { inputs, faults }: FormValues): Markup {
  const kind = fieldKind(input);
  const wrong = faultsOfInput(faults, id);
  const hint = makeHint(input, kind);
  const { unit } = input;
  const described = [
    hint === '' ? '' : `hint-${id}`,
    unit === undefined ? '' : `unit-${id}`,
    wrong.length > 0 ? `fault-${id}` : '',
  ].filter(Boolean);
  const bound = html`${described.length > 0 ? html` aria-describedby="${described.join(' ')}"` : ''}${wrong.length > 0 && !groups.includes(kind) && kind !== 'choice' ? html` aria-invalid="true"` : ''}`;
  const control = inUnit(controls[kind]({ id, input, value: inputs[id], bound }), id, unit);
  const hintLine = hint === '' ? '' : html`<p class="hint" id="hint-${id}">${hint}</p>`;
  const title = html`${input.title}${input.minOccurs > 0 ? html` <span class="needed">${formStrings.required}</span>` : ''}`;
  return html`<div class="field ${kind}${wrong.length > 0 ? ' wrong' : ''}" id="field-${id}" data-input="${id}" data-kind="${kind}"${attributes(input)}>
${labelMarkup(id, kind, title)}${kind === 'flag' ? [control, hintLine] : [hintLine, '\n', control]}${faultMarkup(id, wrong)}
</div>`;
}

/** A control with the unit of its numbers behind it. */
const inUnit = (control: Markup, id: string, unit: Unit | undefined): Markup =>
  unit === undefined
    ? control
    : html`<div class="measure">${control}<span class="unit" id="unit-${id}">${formStrings.units[unit]}</span></div>`;

/** What a script needs to make the request as the service would read it. */
const attributes = ({ schema, maxOccurs, offers, propertiesOf }: Input): Markup =>
  html`${schema.default === undefined ? '' : html` data-default="${JSON.stringify(schema.default)}"`}${maxOccurs === 1 ? '' : html` data-several`}${schema.items ? html` data-items="${JSON.stringify(schema.items)}"` : ''}${schema.enum && schema.type !== 'string' ? html` data-type="${schema.type}"` : ''}${offers ? html` data-offers="${JSON.stringify(offers)}"` : ''}${propertiesOf === undefined ? '' : html` data-properties-of="${propertiesOf}"`}`;

function labelMarkup(id: string, kind: FieldKind, title: Markup): Markup | string {
  if (kind === 'flag') return '';
  return groups.includes(kind) || kind === 'choice'
    ? html`<div class="label" id="label-${id}">${kind === 'choice' ? html`<label for="input-${id}">${title}</label>` : title}</div>`
    : html`<label class="label" for="input-${id}">${title}</label>`;
}

function makeHint({ schema, description = '' }: Input, kind: FieldKind): string {
  const values = (schema.enum ?? schema.items?.enum ?? []).map(String);
  const said = values.length > 0 ? meanings(description, values).rest : description;
  const range = kind === 'number' ? boundsInWords(schema) : '';
  return [said, range].filter((part) => part !== '').join(' ');
}

const faultMarkup = (id: string, faults: readonly Fault[]): Markup | string =>
  faults.length === 0
    ? ''
    : html`<div class="fault" id="fault-${id}">${faults.map(
        ({ pointer, detail }) => html`<p>${placeIn(pointer, id)}${detail}</p>`,
      )}</div>`;

/** Where in a large input it lies. */
function placeIn(pointer: string, id: string): Markup | string {
  const rest = pointer.slice(`/inputs/${id}`.length).replace(/^\/value$/, '');
  return rest === '' ? '' : html`<code>${rest}</code> `;
}
