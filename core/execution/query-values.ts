import type { Input } from '../processes/declaration.ts';
import type { JsonSchema } from '../processes/schema.ts';
import { exactInput } from '../shared/exact-json.ts';
import { isObject, parseJsonText } from '../shared/json.ts';
import { type Format, formatOf, misplacedMember, reference } from './query-members.ts';
import type { Parameter } from './query-parameters.ts';

/** Hears what is wrong with a text that was meant to be JSON. */
type Report = (detail: string) => void;

/**
 * The value of an input as the body of a POST would have it. Text that does not fit the schema stays text: the
 * validation then says what is wrong with it.
 *
 * @param report hears of text that begins like JSON, must be JSON, and is none
 */
export function inputFromQuery(
  { schema, maxOccurs }: Input,
  { values, members }: Parameter,
  report: Report = () => {},
): unknown {
  const isBoundingBox = JSON.stringify(schema).includes('ogc-bbox');
  const flaw = misplacedMember(members, isBoundingBox, values.length > 0);
  if (flaw !== undefined) {
    report(flaw);
    return values;
  }
  if (members['href'] !== undefined) {
    const link = reference(members);
    return maxOccurs === 1 ? link : [link];
  }
  const texts = members['value'] === undefined ? values : [members['value']];
  const read = (text: string): unknown =>
    isBoundingBox ? boundingBox(text, members['crs'], report) : valueFromText(schema, text, report);
  const format = formatOf(members);
  if (maxOccurs !== 1) {
    const items = members['value'] === undefined ? occurrences(schema, texts, report) : texts.map(read);
    const boxes = isBoundingBox ? items.map((item) => withCrs(item, members['crs'], report)) : items;
    return boxes.map((item) => qualified(item, format, report));
  }
  // A single value is taken as it is: a comma belongs to it. Several stay several, for the validation to refuse.
  const areSeveral = texts.length > 1 && schema.type !== 'array' && !isBoundingBox;
  return qualified(areSeveral ? texts : read(texts.join(',')), format, report);
}

/** A value with its format (/req/kvp-execute/binary-input-value-qualified); one that has its own takes no other. */
function qualified(value: unknown, format: Format, report: Report): unknown {
  if (Object.keys(format).length === 0) return value;
  if (!isWrapped(value)) return { value, ...format };
  report(
    'has a format in brackets, but its value is a link or an object with its own format: give only one of the two.',
  );
  return value;
}

/**
 * All occurrences of an input: one JSON array of them, as the standard's own example has it, or one after the other
 * between commas (/req/kvp-execute/input-cardinality).
 */
function occurrences(schema: JsonSchema, values: readonly string[], report: Report): unknown[] {
  const [only = ''] = values;
  if (values.length === 1 && /^\s*\[/.test(only)) {
    const read = parsed(only, () => {});
    // Of an input whose values are arrays, an array of other things is one of them.
    const isList = Array.isArray(read) && (schema.type !== 'array' || read.every(isWrappedOrArray));
    if (isList) return read;
  }
  return values.flatMap(splitList).map((text) => valueFromText(schema, text, report));
}

const isWrappedOrArray = (value: unknown): boolean => Array.isArray(value) || isWrapped(value);

/** A qualified value or a reference, as the body of a POST has them. */
const isWrapped = (value: unknown): boolean => isObject(value) && ('value' in value || 'href' in value);

function boundingBox(text: string, crs: string | undefined, report: Report): unknown {
  if (text.trim().startsWith('{')) return withCrs(parsed(text, report) ?? text, crs, report);
  return withCrs({ bbox: text.split(',').map(numeric) }, crs, report);
}

/** A bounding box in the CRS that stands in brackets (/req/kvp-execute/bbox-crs-input-value). */
function withCrs(box: unknown, crs: string | undefined, report: Report): unknown {
  if (crs === undefined || !isObject(box)) return box;
  if ('bbox' in box && !('crs' in box)) return { ...box, crs };
  report(
    'has a CRS in brackets, but its value has its own CRS or is not a bounding box: omit the CRS in brackets.',
  );
  return box;
}

/** Text as the type that the schema asks for; of alternatives, as the first that it can be read as. */
function valueFromText(schema: JsonSchema, text: string, report: Report): unknown {
  // Bytes and documents never begin like this, and what is text by itself is left alone.
  if (!isPlainText(schema) && /^\s*\{/.test(text)) {
    const read = parsed(text, () => {});
    if (isWrapped(read)) return read;
  }
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives) {
    const structured = alternatives.some(
      (form) => form.type === 'object' || form.type === 'array' || form.allOf,
    );
    const json = structured && /^\s*[[{]/.test(text) ? parsed(text, report) : undefined;
    if (json !== undefined) return json;
    for (const form of alternatives) {
      if (form.type === 'object' || form.type === 'array') continue;
      const read = valueFromText(form, text, report);
      if (form.type === 'string' || typeof read !== 'string') return read;
    }
    return text;
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
        ? (parsed(text, report) ?? text)
        : splitList(text).map((item) => valueFromText(schema.items ?? {}, item, report));
    default:
      return parsed(text, /^\s*[[{]/.test(text) ? report : () => {}) ?? text;
  }
}

const isPlainText = ({ type, contentMediaType, contentEncoding }: JsonSchema): boolean =>
  type === 'string' && contentMediaType === undefined && contentEncoding === undefined;

/** Decimal numbers only: JavaScript reads `0x10` as one too. */
const numeric = (text: string): number | bigint | string =>
  /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) && Number.isFinite(Number(text))
    ? exactInput(text.trim())
    : text;

function parsed(text: string, report: Report): unknown {
  const read = parseJsonText(text, 'The text');
  if ('value' in read) return read.value;
  report(read.pointer === '' ? read.detail : `${read.pointer} ${read.detail}`);
  return undefined;
}

/** Items of a list, at commas that are not inside of JSON. */
function splitList(text: string): string[] {
  const items: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
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
  items.push(text.slice(start));
  return items;
}
