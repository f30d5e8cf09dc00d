import { formatSchemas } from '../../execution/format-schemas.ts';
import type { JsonSchema } from '../../processes/schema.ts';
import { mapValues } from '../../shared/json.ts';
import type { OpenapiObject } from './objects.ts';

/** Keywords that OpenAPI 3.0 does not know travel as extensions; `format: byte` is its word for base64. */
const extensions = ['contentMediaType', 'contentEncoding', 'contentSchema'] as const;

/**
 * A published schema as OpenAPI 3.0 writes it. Alternatives become `anyOf`, because some values fit several (they may
 * differ only in their media type); the standard's format codes become the schemas that they stand for.
 */
export function inOpenapi30(schema: JsonSchema): OpenapiObject {
  if (schema.format !== undefined && schema.format in formatSchemas) {
    return { $ref: `#/components/schemas/${schema.format}` };
  }
  // The standard says the same twice here, by the name of the format and by its schema.
  const named = schema.allOf?.find(({ format }) => format !== undefined && format in formatSchemas);
  if (named) return inOpenapi30(named);
  const { oneOf, ...rest } = mapSchema(schema as OpenapiObject, (member) =>
    inOpenapi30(member as JsonSchema),
  );
  const written = oneOf === undefined ? rest : { ...rest, anyOf: oneOf };
  const binary = schema.contentEncoding !== undefined;
  const entries = Object.entries(written).map(([name, value]): [string, unknown] =>
    (extensions as readonly string[]).includes(name) ? [`x-${name}`, value] : [name, value],
  );
  return { ...Object.fromEntries(entries), ...(binary ? { format: 'byte' } : {}) };
}

/** A schema of OpenAPI 3.0 as JSON Schema 2020-12, which OpenAPI 3.1 uses. */
export function inJsonSchema2020(schema: OpenapiObject): OpenapiObject {
  const written: Record<string, unknown> = { ...mapSchema(schema, inJsonSchema2020) };
  // `contentSchema` leads to an XML Schema here, which JSON Schema has no keyword for: it stays an extension.
  for (const name of ['contentMediaType', 'contentEncoding']) {
    const value = written[`x-${name}`];
    delete written[`x-${name}`];
    if (value !== undefined) written[name] = value;
  }
  if (written['contentEncoding'] !== undefined && written['format'] === 'byte') delete written['format'];
  for (const [flag, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    const exclusive = written[flag];
    if (typeof exclusive !== 'boolean') continue;
    delete written[flag];
    if (!exclusive) continue;
    written[flag] = written[bound];
    delete written[bound];
  }
  if (written['nullable'] === true) written['type'] = [written['type'], 'null'];
  delete written['nullable'];
  return written;
}

/** A copy of a schema with each schema in it replaced. */
function mapSchema(schema: OpenapiObject, map: (schema: OpenapiObject) => OpenapiObject): OpenapiObject {
  return Object.fromEntries(
    Object.entries(schema).map(([name, value]): [string, unknown] => {
      if (['oneOf', 'anyOf', 'allOf'].includes(name)) return [name, (value as OpenapiObject[]).map(map)];
      if (name === 'properties') return [name, mapValues(value as Record<string, OpenapiObject>, map)];
      const nested = ['items', 'not', 'additionalProperties'].includes(name) && typeof value === 'object';
      return [name, nested ? map(value as OpenapiObject) : value];
    }),
  );
}
