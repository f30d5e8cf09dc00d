import { inputFromQuery } from '../execution/query-values.ts';
import type { Input, ProcessDeclaration } from '../processes/declaration.ts';
import type { JsonSchema } from '../processes/schema.ts';
import type { Fault } from '../shared/errors.ts';
import { pointerSegment } from '../shared/json.ts';
import { fieldKind } from './field-kind.ts';
import { type FormEntries, type FormFile, fieldName } from './form-entries.ts';
import { sourceFromFile, sourceFromText } from './read-source.ts';

/** What a form asks for, as the body of an execute request, with what could not be read. */
export interface FilledForm {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly prefer?: string;
  /** Name of the job. */
  readonly title?: string;
  readonly faults: readonly Fault[];
}

type Report = (detail: string) => void;

/**
 * Reads a form of a process page. Its entries are named as the parameters of an execution by query are, and read in
 * the same way; fields that were left empty say nothing. Besides these there are files, lists of addresses, and rows.
 */
export function readForm(entries: FormEntries, process: ProcessDeclaration): FilledForm {
  const given = entries.filter(([, value]) =>
    typeof value === 'string' ? value.trim() !== '' : value.bytes.length > 0,
  );
  const faults: Fault[] = [];
  const inputs: Record<string, unknown> = {};
  for (const [id, input] of Object.entries(process.inputs)) {
    const report: Report = (detail) => faults.push({ pointer: `/inputs/${pointerSegment(id)}`, detail });
    const value = readField(id, input, given, report);
    if (value !== undefined) inputs[id] = value;
  }
  const outputs = readOutputs(given, process);
  const prefer = texts(given, 'response[prefer]').at(-1);
  const title = texts(given, 'response[title]').at(-1);
  return {
    inputs,
    ...(outputs === undefined ? {} : { outputs }),
    ...(prefer === undefined ? {} : { prefer }),
    ...(title === undefined ? {} : { title }),
    faults,
  };
}

const texts = (entries: FormEntries, name: string): string[] =>
  entries.flatMap(([key, value]) => (key === name && typeof value === 'string' ? [value] : []));

const files = (entries: FormEntries, id: string): FormFile[] =>
  entries.flatMap(([key, value]) =>
    key === fieldName.member(id, 'file') && typeof value !== 'string' ? [value] : [],
  );

function readField(id: string, input: Input, entries: FormEntries, report: Report): unknown {
  switch (fieldKind(input)) {
    case 'layer':
    case 'raster':
      return readSource(id, input, entries, report);
    case 'rows':
      return readRows(id, input.schema.items ?? {}, entries);
    case 'choices':
      return nonEmpty(texts(entries, id));
    // A box that is not ticked sends nothing: the "false" before it does.
    case 'flag':
      return readPlain(input, texts(entries, id).slice(-1), {}, report);
    default:
      return readPlain(input, texts(entries, id), crsMember(id, entries), report);
  }
}

const crsMember = (id: string, entries: FormEntries): Record<string, string> => {
  const crs = texts(entries, fieldName.member(id, 'crs')).at(-1);
  return crs === undefined ? {} : { crs };
};

const nonEmpty = <T>(values: readonly T[]): readonly T[] | undefined =>
  values.length > 0 ? values : undefined;

function readPlain(
  input: Input,
  values: readonly string[],
  members: Readonly<Record<string, string>>,
  report: Report,
): unknown {
  return values.length === 0 ? undefined : inputFromQuery(input, { values, members }, report);
}

/** A layer or raster in one of the ways that the form offers; in several, a fault says so. */
function readSource(id: string, { maxOccurs }: Input, entries: FormEntries, report: Report): unknown {
  const ways = [
    files(entries, id).map((file) => sourceFromFile(file, report)),
    texts(entries, fieldName.member(id, 'href'))
      .flatMap((text) => text.split(/\s+/))
      .filter((href) => href !== '')
      .map((href) => ({ href })),
    texts(entries, id).flatMap((text) => {
      const read = sourceFromText(text, report);
      return maxOccurs !== 1 && Array.isArray(read) ? read : [read];
    }),
  ].filter((way) => way.length > 0);
  const values = ways.flat().filter((value) => value !== undefined);
  if (maxOccurs !== 1) return nonEmpty(values);
  if (values.length > 1)
    report('is given more than once: choose a file, enter a URL or paste text, and leave the others empty.');
  return values[0];
}

function readRows(id: string, items: JsonSchema, entries: FormEntries): unknown {
  const rows = new Map<number, Record<string, unknown>>();
  const pattern = new RegExp(`^${id}\\.(\\d{1,4})\\.(\\w+)$`);
  for (const [name, value] of entries) {
    const [, index, member] = pattern.exec(name) ?? [];
    const schema = member === undefined ? undefined : items.properties?.[member];
    if (schema === undefined || typeof value !== 'string') continue;
    const row = rows.get(Number(index)) ?? {};
    row[member as string] = readCell(schema, value);
    rows.set(Number(index), row);
  }
  return nonEmpty([...rows].toSorted(([a], [b]) => a - b).map(([, row]) => row));
}

const readCell = (schema: JsonSchema, text: string): unknown =>
  schema.nullable && text.trim() === 'null'
    ? null
    : inputFromQuery({ schema, title: '', minOccurs: 0, maxOccurs: 1 }, { values: [text], members: {} });

/** The formats that were chosen; where any was, all outputs are named, so that none is left out. */
function readOutputs(
  entries: FormEntries,
  { outputs }: ProcessDeclaration,
): Record<string, unknown> | undefined {
  const formats = Object.keys(outputs).map(
    (id) => [id, texts(entries, fieldName.member(id, 'mediaType')).at(-1)] as const,
  );
  if (formats.every(([, mediaType]) => mediaType === undefined)) return undefined;
  return Object.fromEntries(
    formats.map(([id, mediaType]) => [id, mediaType === undefined ? {} : { format: { mediaType } }]),
  );
}
