import type { Inputs } from './inputs.ts';

/** What a field says; `fault` where it is not even readable. */
export interface Read {
  readonly value?: unknown;
  readonly fault?: string;
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** What scripts keep of a layer or raster field, besides its controls. */
export const sourceValues = new WeakMap<HTMLElement, () => Read>();

/** Values of a field for one layer where several files were chosen: each makes a job of its own. */
export const batches = new WeakMap<HTMLElement, () => readonly unknown[]>();

/** The input that has several values, with them. */
export function readBatch(
  form: HTMLFormElement,
): { readonly id: string; readonly values: readonly unknown[] } | undefined {
  for (const field of form.querySelectorAll<HTMLElement>('[data-input]')) {
    const values = batches.get(field)?.() ?? [];
    if (values.length > 1) return { id: field.dataset['input'] ?? '', values };
  }
  return undefined;
}

const controls = (field: HTMLElement, name: string): Control[] => [
  ...field.querySelectorAll<Control>(`[name="${CSS.escape(name)}"]`),
];

const textIn = (field: HTMLElement, name: string): string => controls(field, name).at(-1)?.value.trim() ?? '';

/** Reads the fields of a form; what has its default is left out. */
export function readFields(form: HTMLFormElement): {
  readonly inputs: Inputs;
  readonly faults: Map<string, string>;
} {
  const inputs: Inputs = {};
  const faults = new Map<string, string>();
  for (const field of form.querySelectorAll<HTMLElement>('[data-input]')) {
    const id = field.dataset['input'] ?? '';
    const { value, fault } = readField(field, id);
    if (fault !== undefined) faults.set(id, fault);
    if (value === undefined || JSON.stringify(value) === field.dataset['default']) continue;
    inputs[id] = value;
  }
  return { inputs, faults };
}

function readField(field: HTMLElement, id: string): Read {
  const { kind } = field.dataset;
  const text = textIn(field, id);
  switch (kind) {
    case 'layer':
    case 'raster':
      return sourceValues.get(field)?.() ?? {};
    case 'flag':
      return { value: field.querySelector<HTMLInputElement>('input[type=checkbox]')?.checked };
    case 'choices':
      return { value: nonEmpty(checked(field)) };
    case 'choice':
      return {
        value: typed(
          checked(field)[0] ?? (field.querySelector('input[type=radio]') ? '' : text),
          field.dataset['type'],
        ),
      };
    case 'number':
      return { value: number(text) };
    case 'extent':
      return { value: extent(text, textIn(field, `${id}[crs]`)) };
    case 'rows':
      return { value: nonEmpty(rows(field, id)) };
    case 'list':
      return text.startsWith('[') ? json(text) : { value: list(text, field) };
    case 'json':
    case 'expression':
    case 'crs':
      return /^[[{]/.test(text) ? json(text) : { value: text || undefined };
    default:
      return { value: text || undefined };
  }
}

const checked = (field: HTMLElement): string[] =>
  [...field.querySelectorAll<HTMLInputElement>('input:checked')].map(({ value }) => value);

const nonEmpty = <T>(values: readonly T[]): readonly T[] | undefined =>
  values.length > 0 ? values : undefined;

/** A number, else the text: the service says what is wrong with it. */
function number(text: string): number | string | undefined {
  if (text === '') return undefined;
  return Number.isFinite(Number(text)) ? Number(text) : text;
}

const typed = (text: string, type: string | undefined): unknown =>
  type === 'integer' || type === 'number' ? number(text) : text || undefined;

function json(text: string): Read {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { fault: (error as Error).message };
  }
}

const split = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function list(text: string, field: HTMLElement): unknown {
  const { type } = JSON.parse(field.dataset['items'] ?? '{}') as { type?: string };
  return nonEmpty(split(text).map((item) => typed(item, type)));
}

function extent(text: string, crs: string): unknown {
  if (text === '') return undefined;
  return { bbox: split(text).map(number), ...(crs === '' ? {} : { crs }) };
}

function rows(field: HTMLElement, id: string): Inputs[] {
  const { properties = {} } = JSON.parse(field.dataset['items'] ?? '{}') as {
    properties?: Record<string, { type?: string; nullable?: boolean }>;
  };
  const found = new Map<string, Inputs>();
  for (const control of field.querySelectorAll<Control>('[name]')) {
    const [, index = '', member = ''] = new RegExp(`^${id}\\.(\\d+)\\.(\\w+)$`).exec(control.name) ?? [];
    const text = control.value.trim();
    if (text === '') continue;
    const row = found.get(index) ?? {};
    row[member] =
      properties[member]?.nullable && text === 'null' ? null : typed(text, properties[member]?.type);
    found.set(index, row);
  }
  return [...found.values()];
}

/** The formats that are chosen, as the member `outputs` of a request; all outputs where any has one. */
export function readOutputs(form: HTMLFormElement): Inputs | undefined {
  const chosen = [...form.querySelectorAll<HTMLElement>('[data-output]')].map((field): [string, string] => [
    field.dataset['output'] ?? '',
    field.querySelector('select')?.value ?? '',
  ]);
  if (chosen.every(([, mediaType]) => mediaType === '')) return undefined;
  return Object.fromEntries(
    chosen.map(([id, mediaType]) => [id, mediaType === '' ? {} : { format: { mediaType } }]),
  );
}
