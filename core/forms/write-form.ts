import type { Input, ProcessDeclaration } from '../processes/declaration.ts';
import { isObject, textFromValue } from '../shared/json.ts';
import { fieldKind } from './field-kind.ts';
import { type FormEntries, fieldName } from './form-entries.ts';
import { textOfTable } from './read-source.ts';

/** The entries with which a form asks for what a request asks for: what readForm() makes a request of again. */
export const formEntries = (
  { inputs: declared }: Pick<ProcessDeclaration, 'inputs'>,
  inputs: Readonly<Record<string, unknown>>,
): FormEntries =>
  Object.entries(declared).flatMap(([id, input]) =>
    inputs[id] === undefined || inputs[id] === null ? [] : fieldEntries(id, input, inputs[id]),
  );

function fieldEntries(id: string, input: Input, value: unknown): FormEntries {
  switch (fieldKind(input)) {
    case 'layer':
    case 'raster':
      return sourceEntries(id, value);
    case 'rows':
      return (value as Readonly<Record<string, unknown>>[]).flatMap((row, index) =>
        Object.entries(row).map(([member, cell]): [string, string] => [
          fieldName.row(id, index, member),
          textFromValue(cell),
        ]),
      );
    case 'choices':
      return (value as unknown[]).map((item) => [id, textFromValue(item)]);
    default:
      return [[id, textFromValue(value)]];
  }
}

function sourceEntries(id: string, value: unknown): FormEntries {
  const all = Array.isArray(value) ? value : [value];
  const hrefs = all.flatMap((item) => (isPlainLink(item) ? [item.href] : []));
  if (hrefs.length === all.length) return [[fieldName.member(id, 'href'), hrefs.join('\n')]];
  return [[id, textOfTable(value) ?? JSON.stringify(value)]];
}

const isPlainLink = (value: unknown): value is { readonly href: string } =>
  isObject(value) && typeof value['href'] === 'string' && Object.keys(value).length === 1;
