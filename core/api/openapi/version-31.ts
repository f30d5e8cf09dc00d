import { inJsonSchema2020 } from './json-schema.ts';
import type { OpenapiObject } from './objects.ts';

/** The same definition in OpenAPI 3.1, whose schemas are JSON Schema 2020-12 (/req/oas31/oas-definition). */
export function openapi31(document: OpenapiObject): OpenapiObject {
  const { components, paths, ...rest } = document as { components: OpenapiObject; paths: OpenapiObject };
  const { schemas, ...others } = components as { schemas: Record<string, OpenapiObject> };
  return {
    ...rest,
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://spec.openapis.org/oas/3.1/dialect/base',
    paths: withSchemas(paths) as OpenapiObject,
    components: {
      ...(withSchemas(others) as OpenapiObject),
      schemas: Object.fromEntries(
        Object.entries(schemas).map(([name, schema]) => [name, inJsonSchema2020(schema)]),
      ),
    },
  };
}

/** Whatever is named `schema` in a path is one; examples are data and stay as they are. */
function withSchemas(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSchemas);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (name === 'schema') return [name, inJsonSchema2020(member as OpenapiObject)];
      return [name, name === 'examples' || name === 'example' ? member : withSchemas(member)];
    }),
  );
}
