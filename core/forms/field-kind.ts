import type { Input } from '../processes/declaration.ts';
import type { JsonSchema } from '../processes/schema.ts';
import { crs } from '../processes/schemas.ts';

/**
 * What a form offers for an input; it follows from the declaration alone, so that a new process has its form.
 * `rows` are objects of plain members, `list` plain values between commas, `choices` several of an enumeration,
 * `property` the name of a property of a layer, `json` whatever else.
 */
export type FieldKind =
  | 'layer'
  | 'raster'
  | 'choice'
  | 'choices'
  | 'flag'
  | 'number'
  | 'crs'
  | 'extent'
  | 'rows'
  | 'list'
  | 'property'
  | 'expression'
  | 'text'
  | 'json';

const crsSchema = JSON.stringify(crs());
/** Characters from which a text is more than a name. */
const LONG_TEXT = 1000;

/** The form control that suits an input, by its schema. */
export function fieldKind({ schema, source, maxOccurs, propertiesOf }: Input): FieldKind {
  if (source) return source;
  if (maxOccurs !== 1) return 'json';
  if (JSON.stringify(schema) === crsSchema) return 'crs';
  if (schema.allOf?.some(({ format }) => format === 'ogc-bbox')) return 'extent';
  if (schema.enum) return 'choice';
  if (schema.oneOf || schema.anyOf) return schema.oneOf?.some(isExpression) ? 'expression' : 'json';
  return plainKind(schema, propertiesOf !== undefined);
}

const isExpression = ({ type, maxLength = 0 }: JsonSchema): boolean =>
  type === 'string' && maxLength >= LONG_TEXT;

function plainKind(schema: JsonSchema, namesProperty: boolean): FieldKind {
  switch (schema.type) {
    case 'boolean':
      return 'flag';
    case 'number':
    case 'integer':
      return 'number';
    case 'array':
      return listKind(schema.items ?? {});
    case 'string':
      if (isExpression(schema)) return 'expression';
      if (schema.contentMediaType) return 'json';
      return namesProperty ? 'property' : 'text';
    default:
      return 'json';
  }
}

function listKind(items: JsonSchema): FieldKind {
  if (items.enum) return 'choices';
  if (items.type === 'object')
    return Object.values(items.properties ?? {}).every(({ type }) => type !== 'object' && type !== 'array')
      ? 'rows'
      : 'json';
  return items.type === 'array' || items.type === undefined ? 'json' : 'list';
}
