import type { Input } from '../processes/declaration.ts';
import type { JsonSchema } from '../processes/schema.ts';
import { parseJson } from '../shared/json.ts';
import type { Parameter } from './query-parameters.ts';

/**
 * The value of an input as the body of a POST would have it. Text that does not fit the schema stays text: the
 * validation then says what is wrong with it.
 */
export function inputFromQuery({ schema, maxOccurs }: Input, { values, members }: Parameter): unknown {
  if (maxOccurs !== 1) {
    const items = values.flatMap(splitList).map((text) => valueFromText(schema, text));
    return Object.keys(members).length > 0 && items.length === 0 ? [qualified(schema, members)] : items;
  }
  const isBoundingBox = JSON.stringify(schema).includes('ogc-bbox');
  if (isBoundingBox && values.length > 0) return boundingBox(values.join(','), members['crs']);
  if (Object.keys(members).length > 0) {
    const own =
      values.length > 0 && members['value'] === undefined ? { ...members, value: values.join(',') } : members;
    return qualified(schema, own);
  }
  // A single value is taken as it is: a comma belongs to it. Several stay several, for the validation to refuse.
  if (values.length > 1 && schema.type !== 'array') return values;
  return valueFromText(schema, values.join(','));
}

/** A reference, or a value with its format (/req/kvp-execute/input-by-reference, -binary-input-value-qualified). */
function qualified(schema: JsonSchema, members: Readonly<Record<string, string>>): unknown {
  const { href, value, mediatype, ...rest } = members;
  if (href !== undefined) return { href, ...rest };
  const format = mediatype === undefined ? {} : { mediaType: mediatype };
  return { value: valueFromText(schema, value ?? ''), ...format, ...rest };
}

function boundingBox(text: string, crs: string | undefined): unknown {
  if (text.trim().startsWith('{')) return parsed(text) ?? text;
  return { bbox: text.split(',').map(numeric), ...(crs === undefined ? {} : { crs }) };
}

/** Text as the type that the schema asks for; of alternatives, as the first that it can be read as. */
function valueFromText(schema: JsonSchema, text: string): unknown {
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives) {
    const structured = alternatives.some(
      (form) => form.type === 'object' || form.type === 'array' || form.allOf,
    );
    const json = structured && /^\s*[[{]/.test(text) ? parsed(text) : undefined;
    if (json !== undefined) return json;
    const scalar = alternatives.find((form) => form.type !== 'object' && form.type !== 'array');
    return scalar ? valueFromText(scalar, text) : text;
  }
  switch (schema.type) {
    case 'string':
      return text;
    case 'number':
    case 'integer':
      return numeric(text);
    case 'boolean':
      return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : text;
    case 'array':
      return /^\s*\[/.test(text)
        ? (parsed(text) ?? text)
        : splitList(text).map((item) => valueFromText(schema.items ?? {}, item));
    default:
      return parsed(text) ?? text;
  }
}

/** Decimal numbers only: JavaScript reads `0x10` as one too. */
const numeric = (text: string): number | string =>
  /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) && Number.isFinite(Number(text))
    ? Number(text)
    : text;

function parsed(text: string): unknown {
  const read = parseJson(new TextEncoder().encode(text), 'It');
  return 'value' in read ? read.value : undefined;
}

/** Items of a list, at commas that are not inside of JSON. */
function splitList(text: string): string[] {
  const items: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index]!;
    if (depth > 0 && character === '\\') index++;
    else if (depth > 0 && character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '{' || character === '[') depth++;
    else if ((character === '}' || character === ']') && depth > 0) depth--;
    else if (character === ',' && depth === 0) {
      items.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...items, text.slice(start)];
}
