import type { ErrorObject } from 'ajv-draft-04';
import type { JsonSchema } from '../processes/schema.ts';
import { describeOtherJson } from '../shared/geojson-types.ts';
import { isObject } from '../shared/json.ts';
import { counted, listed, quote } from '../shared/quote.ts';
import { didYouMean } from '../shared/similar.ts';
import { isUrlAsText, URL_AS_TEXT } from '../shared/url-as-text.ts';

/** What is wrong, as a sentence that goes on from the place: "must be an integer, but is ...". */
export function validationMessage({ keyword, params, message, data, parentSchema }: ErrorObject): string {
  switch (keyword) {
    case 'type':
      if (typeof data === 'bigint' && isNumeric(params['type'])) return beyondDoubles(data);
      if (isObject(data) && parentSchema?.['format'] === 'base64')
        return `must be a file by reference ({"href": "https://..."}) or as base64 text, but is ${quote(data)}.`;
      return `must be ${article(params['type'])}, but is ${quote(data)}.`;
    case 'enum': {
      const allowed: readonly unknown[] = params['allowedValues'];
      const known = listed(allowed.map((value) => JSON.stringify(value)));
      const hint = typeof data === 'string' ? didYouMean(data, allowed.map(String)) : '';
      return `must be one of ${known}, but is ${quote(data)}.${hint}`;
    }
    case 'required':
      return missing(params['missingProperty'], data, parentSchema);
    case 'additionalProperties': {
      const known = Object.keys(parentSchema?.['properties'] ?? {});
      const name: string = params['additionalProperty'];
      return `has the unknown member ${quote(name)}.${didYouMean(name, known)}`;
    }
    case 'format':
      if (params['format'] === 'base64' && typeof data === 'string' && isUrlAsText(data)) return URL_AS_TEXT;
      return `must be ${formatNames[params['format']] ?? params['format']}, but is ${quote(data)}.`;
    case 'anyOf':
      return choice((parentSchema?.['anyOf'] ?? []) as readonly JsonSchema[], data);
    case 'minLength':
    case 'maxLength':
      return `must have at ${keyword === 'minLength' ? 'least' : 'most'} ${counted(params['limit'], 'character')}, but has ${typeof data === 'string' ? data.length : 0}.`;
    case 'minItems':
    case 'maxItems':
      return `must have at ${keyword === 'minItems' ? 'least' : 'most'} ${counted(params['limit'], 'item')}, but has ${Array.isArray(data) ? data.length : 0}.`;
    default:
      return `${message ?? 'is not valid'}, but is ${quote(data)}.`;
  }
}

function missing(name: string, data: unknown, parentSchema: ErrorObject['parentSchema']): string {
  const form = (parentSchema?.['properties'] as Readonly<Record<string, JsonSchema>> | undefined)?.[name];
  const what = form?.title ?? (form?.type ? article(form.type) : undefined);
  const similar = didYouMean(name, isObject(data) ? Object.keys(data) : []).replace(
    'Did you mean',
    'There is',
  );
  const hint = similar === '' ? '' : similar.replace('?', '.');
  return `must have the member "${name}"${what === undefined ? '' : `, ${what}`}.${hint}`;
}

const isNumeric = (type: unknown): boolean => type === 'number' || type === 'integer';

const beyondDoubles = (value: bigint): string =>
  `must be a number that a double holds exactly, but is ${value}: beyond 2^53 it would become ${BigInt(Number(value))}.`;

/** What is wrong with a value that looks like none of the forms that there are. */
function choice(forms: readonly JsonSchema[], data: unknown): string {
  if (typeof data === 'bigint' && forms.some(({ type }) => isNumeric(type))) return beyondDoubles(data);
  const objects = forms.filter(({ type }) => type === 'object');
  const names = [...new Set((isObject(data) && objects.length > 0 ? objects : forms).map(formName))];
  const isGeojson = forms.some((form) => form.title?.includes('GeoJSON'));
  if (isGeojson && isObject(data)) {
    const other = describeOtherJson(data);
    if (other !== undefined) return other;
    const { type } = data;
    const hint = typeof type === 'string' ? didYouMean(type, forms.flatMap(acceptedTypes)) : '';
    const found = type === undefined ? 'has no "type"' : `has the "type" ${quote(type)}`;
    return `must be ${alternatives(names)}; it ${found}.${hint}`;
  }
  return `must be ${alternatives(names)}; it is ${quote(data)}.`;
}

/** What the member "type" of GeoJSON may be. */
const acceptedTypes = ({ properties, allOf = [] }: JsonSchema): string[] => [
  ...(properties?.['type']?.enum ?? []).map(String),
  ...allOf.flatMap(acceptedTypes),
];

const alternatives = (names: readonly string[]): string =>
  names.length > 2 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)}` : names.join(' or ');

const formatNames: Readonly<Record<string, string>> = {
  base64: 'base64-encoded bytes',
  'date-time': 'an RFC 3339 date and time with a zone, such as 2026-01-31T12:00:00Z',
  date: 'an RFC 3339 date, such as 2026-01-31',
  uri: 'an absolute URI',
};

const formName = (form: JsonSchema): string =>
  form.title ?? form.contentMediaType ?? (form.type ? article(form.type) : 'a value of another type');

const article = (type: string): string => `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
