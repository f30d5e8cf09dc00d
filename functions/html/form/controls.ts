import { fieldName } from '../../../core/forms/form-entries.ts';
import type { Input } from '../../../core/processes/declaration.ts';
import type { JsonSchema } from '../../../core/processes/schema.ts';
import { LARGEST_LENGTH } from '../../../core/run/bounding-box.ts';
import { isObject, textFromValue } from '../../../core/shared/json.ts';
import { formStrings } from '../../../strings/form.ts';
import { html, Markup } from '../parts/markup.ts';
import { inWords, meanings } from './words.ts';

/** What a control needs to know of the field around it. */
export interface Control {
  readonly id: string;
  readonly input: Input;
  /** As the request has it; undefined where nothing is filled in. */
  readonly value: unknown;
  /** Attributes that bind it to its hint and its fault. */
  readonly bound: Markup;
}

export const flag = (on: boolean | undefined, name: string): Markup | string =>
  on ? new Markup(` ${name}`) : '';

/** The value that a field starts with: what was filled in, else the default. */
const startValue = ({ input, value }: Control): unknown => value ?? input.schema.default;

const text = (value: unknown): string => (value === undefined || value === null ? '' : textFromValue(value));

export function numberControl(control: Control): Markup {
  const { id, input, bound } = control;
  const { type, minimum, maximum } = input.schema;
  const start = startValue(control);
  // What is no number would be lost in a field of numbers: it is shown as it was sent.
  const kind = start === undefined || typeof start === 'number' ? 'number' : 'text';
  return html`<input id="input-${id}" name="${id}" type="${kind}" step="${type === 'integer' ? '1' : 'any'}"${bounds(minimum, maximum)} value="${text(start)}" inputmode="${type === 'integer' ? 'numeric' : 'decimal'}"${bound}>`;
}

const bounds = (minimum?: number, maximum?: number): Markup =>
  html`${isBound(minimum) ? html` min="${minimum}"` : ''}${isBound(maximum) ? html` max="${maximum}"` : ''}`;

const isBound = (bound: number | undefined): bound is number =>
  bound !== undefined && Math.abs(bound) < LARGEST_LENGTH;

/** What a number may be, in words; nothing where it may be any. */
export function boundsInWords({ minimum, maximum, exclusiveMinimum = false, type }: JsonSchema): string {
  const lower = isBound(minimum) ? { value: minimum, isExclusive: exclusiveMinimum } : undefined;
  const upper = isBound(maximum) ? maximum : undefined;
  if (lower === undefined && upper === undefined) return '';
  return formStrings.bounds(type === 'integer', lower, upper);
}

/** Values that stand one below the other at most. */
const MOST_RADIOS = 6;

/**
 * As a list to choose from, or, where the description tells what each means and one of them is always chosen, one below the
 * other.
 */
export function choiceControl(control: Control): Markup {
  const { id, input, bound } = control;
  const values = (input.schema.enum ?? []).map(String);
  const start = text(startValue(control));
  const { byValue } = meanings(input.description ?? '', values);
  const isChosen = input.schema.default !== undefined || input.minOccurs > 0;
  if (byValue.size > 0 && values.length <= MOST_RADIOS && isChosen)
    return html`<div class="radios" role="radiogroup" aria-labelledby="label-${id}"${bound}>${values.map(
      (value, index) =>
        html`<label><input type="radio" name="${id}" value="${value}"${index === 0 ? html` id="input-${id}"` : ''}${flag(value === start, 'checked')}> <span>${inWords(value)}${meaningMarkup(byValue.get(value))}</span></label>`,
    )}</div>`;
  const isKnown = start === '' || values.includes(start);
  return html`<select id="input-${id}" name="${id}"${bound}>${input.schema.default === undefined ? html`<option value="">${input.minOccurs > 0 ? formStrings.choose : formStrings.defaultOfProcess}</option>` : ''}${isKnown ? '' : html`<option selected>${start}</option>`}${values.map(
    (value) =>
      html`<option value="${value}"${flag(value === start, 'selected')}>${withMeaning(value, byValue)}</option>`,
  )}</select>`;
}

const meaningMarkup = (meaning: string | undefined): Markup | string =>
  meaning === undefined ? '' : html`<small>${meaning}</small>`;

/** A value and what it means, in one line of a list. */
function withMeaning(value: string, byValue: ReadonlyMap<string, string>): string {
  const meaning = byValue.get(value);
  return meaning === undefined ? inWords(value) : formStrings.withMeaning(inWords(value), meaning);
}

export function choicesControl(control: Control): Markup {
  const { id, input, bound } = control;
  const chosen = startValue(control);
  const values = (input.schema.items?.enum ?? []).map(String);
  const { byValue } = meanings(input.description ?? '', values);
  return html`<div class="checks${byValue.size > 0 ? ' told' : ''}" role="group" aria-labelledby="label-${id}"${bound}>${values.map(
    (value, index) =>
      html`<label><input type="checkbox" name="${id}" value="${value}"${index === 0 ? html` id="input-${id}"` : ''}${flag(Array.isArray(chosen) && chosen.includes(value), 'checked')}> ${byValue.size > 0 ? html`<span>${inWords(value)}${meaningMarkup(byValue.get(value))}</span>` : inWords(value)}</label>`,
  )}</div>`;
}

/** A box that is not ticked sends nothing, so that a "false" goes before it. */
export function flagControl(control: Control): Markup {
  const { id, input, bound } = control;
  return html`<input type="hidden" name="${id}" value="false"><label class="flag"><input type="checkbox" id="input-${id}" name="${id}" value="true"${flag(startValue(control) === true, 'checked')}${bound}> ${input.title}</label>`;
}

/** Id of the list of names that scripts fill when they know the properties of a layer. */
export const namesListOf = (layer: string): string => `properties-of-${layer}`;

/** That of the layer whose properties an input names; undefined where it names none. */
export const namesList = ({ propertiesOf }: Input): string | undefined =>
  propertiesOf === undefined ? undefined : namesListOf(propertiesOf);

export const textControl = (control: Control, list?: string): Markup =>
  html`<input id="input-${control.id}" name="${control.id}" type="text" value="${listText(startValue(control))}" autocomplete="off" spellcheck="false"${list === undefined ? '' : html` list="${list}"`}${control.bound}>`;

const listText = (value: unknown): string =>
  Array.isArray(value) && value.every((item) => typeof item !== 'object' && !String(item).includes(','))
    ? value.join(', ')
    : text(value);

export const areaControl = (control: Control, rows = 3): Markup =>
  html`<textarea id="input-${control.id}" name="${control.id}" rows="${rows}" spellcheck="false"${control.bound}>\n${prettyText(startValue(control))}</textarea>`;

/** JSON as people read it, unless it is long. */
export function prettyText(value: unknown): string {
  if (value === undefined || typeof value === 'string') return text(value);
  const short = JSON.stringify(value, undefined, 1);
  return short.length > 4000 ? JSON.stringify(value) : short;
}

export function extentControl(control: Control): Markup {
  const { id, bound } = control;
  const value = startValue(control);
  const { bbox, crs } = isObject(value) ? value : { bbox: undefined, crs: undefined };
  const numbers = Array.isArray(bbox) ? bbox.join(', ') : text(value);
  return html`<div class="pair"><input id="input-${id}" name="${id}" type="text" value="${numbers}" placeholder="${formStrings.corners}" autocomplete="off"${bound}><input name="${fieldName.member(id, 'crs')}" type="text" value="${text(crs)}" placeholder="${formStrings.crsOfCorners}" list="crs-names" aria-label="${formStrings.crsOf(control.input.title)}" autocomplete="off"></div>`;
}

/** A row per object, three more than there are: who has scripts adds others. */
export function rowsControl({ id, input, value, bound }: Control): Markup {
  const { properties = {}, required = [] } = input.schema.items ?? {};
  const members = Object.entries(properties);
  const given = Array.isArray(value) ? (value as Readonly<Record<string, unknown>>[]) : [];
  const count = Math.max(3, given.length + 1);
  return html`<div class="scroll"><table class="rows" data-rows="${id}"${bound}><thead><tr>${members.map(
    ([member]) =>
      html`<th scope="col">${inWords(member)}${required.includes(member) ? '' : html` <span class="soft">${formStrings.optional}</span>`}</th>`,
  )}</tr></thead><tbody>${Array.from(
    { length: count },
    (_, index) =>
      html`<tr>${members.map(([member, schema]) => html`<td>${cellControl({ name: fieldName.row(id, index, member), label: formStrings.cell(inWords(member), index + 1), list: member === NAMING_MEMBER ? namesList(input) : undefined }, schema, given[index]?.[member])}</td>`)}</tr>`,
  )}</tbody></table></div>`;
}

/** The member of a row that names a property. */
const NAMING_MEMBER = 'field';

interface Cell {
  readonly name: string;
  readonly label: string;
  readonly list: string | undefined;
}

function cellControl({ name, label, list }: Cell, schema: JsonSchema, value: unknown): Markup {
  if (schema.enum) {
    const { byValue } = meanings(schema.description ?? '', schema.enum.map(String));
    return html`<select name="${name}" aria-label="${label}"><option value=""></option>${schema.enum.map((one) => html`<option value="${one}"${flag(one === value, 'selected')}>${withMeaning(String(one), byValue)}</option>`)}</select>`;
  }
  const isNumber = schema.type === 'number' || schema.type === 'integer';
  return html`<input name="${name}" aria-label="${label}" type="text"${isNumber ? html` inputmode="decimal"` : ''}${list === undefined ? '' : html` list="${list}"`} value="${value === null ? 'null' : text(value)}" autocomplete="off">`;
}
