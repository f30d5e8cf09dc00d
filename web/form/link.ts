import { pastedGeometries } from '../../core/forms/both-sides/pasted-wkt.ts';
import type { Inputs } from './inputs.ts';

/** Characters of an address that all browsers and gateways take. */
const LONGEST = 6000;

type Outputs = Readonly<Record<string, { readonly format?: { readonly mediaType: string } }>>;

/** A form as it is filled in. */
interface Filled {
  /** Name of the job. */
  readonly title?: string;
  readonly inputs: Inputs;
  readonly outputs?: Outputs;
}

/**
 * The address of the form as it is filled in: inputs as an execution by query names them. What is too long for an address is
 * left out, and said to be.
 */
export function formLink(
  page: string,
  { title, inputs, outputs = {} }: Filled,
): { readonly href: string; readonly isWhole: boolean } {
  const url = new URL(page);
  url.search = '';
  url.hash = '';
  let isWhole = true;
  const named: [string, string][] = title === undefined ? [] : [['response[title]', title]];
  for (const [name, text] of [...entries(inputs), ...formats(outputs), ...named]) {
    const before = url.search;
    url.searchParams.append(name, text);
    if (url.href.length <= LONGEST) continue;
    url.search = before;
    isWhole = false;
  }
  return { href: url.href, isWhole };
}

function entries(inputs: Inputs): [string, string][] {
  return Object.entries(inputs).flatMap(([id, value]): [string, string][] => {
    if (isLink(value)) return [[`${id}[href]`, value.href]];
    if (isRows(value))
      return value.flatMap((row, index) =>
        Object.entries(row).map(([member, cell]): [string, string] => [
          `${id}.${index}.${member}`,
          text(cell),
        ]),
      );
    if (Array.isArray(value) && value.every((item) => typeof item === 'string' && !item.includes(',')))
      return value.map((item): [string, string] => [id, String(item)]);
    return [[id, pastedGeometries(value)?.join('\n') ?? text(value)]];
  });
}

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const isLink = (value: unknown): value is { readonly href: string } =>
  typeof value === 'object' && value !== null && 'href' in value;

const isRows = (value: unknown): value is readonly Inputs[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every(
    (item) =>
      typeof item === 'object' &&
      item !== null &&
      !('href' in item) &&
      !('value' in item) &&
      !('type' in item),
  );

const formats = (outputs: Outputs): [string, string][] =>
  Object.entries(outputs).flatMap(([id, { format }]): [string, string][] =>
    format ? [[`${id}[mediaType]`, format.mediaType]] : [],
  );
