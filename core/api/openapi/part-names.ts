import { MediaType } from '../../shared/uris.ts';
import type { OpenapiObject } from './objects.ts';

/** Parts of a definition that may stand among its components. */
export type Part = 'schemas' | 'responses';

/** Members of a schema that are schemas, and those that have schemas as members. */
const schemas = ['items', 'not', 'additionalProperties'];
const listsOfSchemas = ['properties', 'anyOf', 'allOf', 'oneOf'];

/** What kind of a part stands at a place below the paths. @param place the names that lead to it */
export function kindAt(place: readonly string[]): Part | undefined {
  if (place.at(-2) === 'responses') return 'responses';
  const from = place.lastIndexOf('schema');
  if (from < 0) return undefined;
  let isSchema = true;
  for (const name of place.slice(from + 1)) {
    if (!isSchema) isSchema = true;
    else if (listsOfSchemas.includes(name)) isSchema = false;
    else if (!schemas.includes(name)) return undefined;
  }
  return isSchema ? 'schemas' : undefined;
}

const responses: Readonly<Record<string, string>> = {
  200: 'Results',
  201: 'JobCreated',
  204: 'NoResults',
  206: 'Part',
  303: 'ResultByReference',
};

/** A name that says what a part is, and is not taken: that of the first process of which it is, where a word for it would not do. */
export function nameFor(
  part: Part,
  place: readonly string[],
  value: OpenapiObject,
  isTaken: (name: string) => boolean,
): string {
  const process = /\/processes\/([^/{]+)\//.exec(place[0] ?? '')?.[1] ?? 'service';
  const plain = part === 'responses' ? nameOfResponse(place, value) : nameOfSchema(place, process);
  const names = [plain, `${plain}-of-${process}`];
  for (let number = 2; ; number++) {
    const name = names.find((candidate) => !isTaken(candidate));
    if (name !== undefined) return name;
    names.push(`${plain}-of-${process}-${number}`);
  }
}

/** Results by the first of their media types that says what they are. */
function nameOfResponse(place: readonly string[], { content = {} }: OpenapiObject): string {
  const name = responses[place.at(-1) ?? ''] ?? `Response${place.at(-1)}`;
  const type = Object.keys(content as object).find(
    (mediaType) => mediaType !== MediaType.json && mediaType !== MediaType.multipartRelated,
  );
  const subtype = type
    ?.replace(/^[^/]*\//, '')
    .replace(/;.*$/, '')
    .replace(/[^a-z\d]+/gi, '-');
  return name === 'Results' && subtype && subtype !== '-' ? `${name}-${subtype}` : name;
}

/** Names of members of all requests, of which each process has its own. */
const ofRequests = ['inputs', 'outputs'];

/** By the input, or what else has a name, of which it is the schema or one of its forms. */
function nameOfSchema(place: readonly string[], process: string): string {
  const at = place.lastIndexOf('properties');
  if (at < 0) return `${process}-request`;
  const [name = '', ...forms] = place.slice(at + 1);
  if (ofRequests.includes(name)) return `${process}-${name}`;
  const form = forms.at(-1) === '0' ? '-value' : '-form';
  const isOfInput = place.includes('inputs');
  return `${isOfInput ? 'input-' : ''}${name}${forms.includes('anyOf') ? form : ''}`.replace(/[^\w.-]/g, '-');
}
