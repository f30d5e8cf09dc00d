import { isScalar, listMediaTypes } from '../../processes/alternatives.ts';
import type { Input, ProcessDeclaration } from '../../processes/declaration.ts';
import { inOpenapi30 } from './json-schema.ts';
import { type OpenapiObject, parameterReference } from './objects.ts';
import { executionResponses } from './responses.ts';
import { jobTitle } from './schemas.ts';

/** Path of the execution of one process, with the schema of its own request body and its examples. */
export function executionPath(process: ProcessDeclaration): readonly [string, OpenapiObject] {
  const { id, title, description, outputs } = process;
  const mediaTypes = [...new Set(Object.values(outputs).flatMap(({ schema }) => listMediaTypes(schema)))];
  const post = {
    operationId: `execute-${id}`,
    summary: `Execute ${title}`,
    description,
    tags: ['Processes'],
    parameters: ['prefer', 'profile', 'dryRun', 'idempotencyKey'].map(parameterReference),
    requestBody: {
      required: true,
      content: { 'application/json': { schema: requestSchema(process), examples: buildExamples(process) } },
    },
    responses: executionResponses(mediaTypes),
  };
  const get = {
    operationId: `execute-${id}-by-query`,
    summary: `Execute ${title} by query parameters`,
    description,
    tags: ['Processes'],
    parameters: [...['prefer', 'profile'].map(parameterReference), ...buildQueryParameters(process)],
    responses: executionResponses(mediaTypes),
  };
  return [`/processes/${id}/execution`, { post, get }];
}

/** Inputs as text, the JSON of those that are no scalars; outputs by `name[include]` (2.0, class kvp-execute). */
function buildQueryParameters({ inputs, outputs }: ProcessDeclaration): OpenapiObject[] {
  const own = Object.entries(inputs).map(([id, { title, schema, minOccurs, maxOccurs }]) => ({
    name: id,
    in: 'query',
    required: minOccurs > 0,
    description: title,
    schema:
      maxOccurs === 1 && isScalar(schema) && !schema.contentEncoding
        ? inOpenapi30(schema)
        : { type: 'string' },
  }));
  const included = Object.entries(outputs).map(([id, { title }]) => ({
    name: `${id}[include]`,
    in: 'query',
    required: false,
    description: `Whether to return this output: ${title}`,
    schema: { type: 'boolean' },
  }));
  return [...own, ...included];
}

function requestSchema({ inputs, outputs }: ProcessDeclaration): OpenapiObject {
  const required = Object.entries(inputs)
    .filter(([, { minOccurs }]) => minOccurs > 0)
    .map(([id]) => id);
  return {
    type: 'object',
    ...(required.length > 0 ? { required: ['inputs'] } : {}),
    properties: {
      title: jobTitle,
      inputs: {
        type: 'object',
        ...(required.length > 0 ? { required } : {}),
        properties: Object.fromEntries(Object.entries(inputs).map(([id, input]) => [id, inputSchema(input)])),
        additionalProperties: false,
      },
      outputs: {
        type: 'object',
        properties: Object.fromEntries(
          Object.entries(outputs).map(([id, { schema }]) => [id, outputSchema(schema)]),
        ),
        additionalProperties: false,
      },
      response: { type: 'string', enum: ['raw', 'document'] },
      subscriber: { $ref: '#/components/schemas/subscriber' },
    },
  };
}

/** All forms of an input: as it is, qualified, or by reference; an array of them where it may occur several times. */
function inputSchema(input: Input): OpenapiObject {
  const { title, description, schema, minOccurs, maxOccurs, valuePassing } = input;
  const bare = inOpenapi30(schema);
  const { default: fallback, ...value } = bare;
  const forms = [
    ...(valuePassing?.includes('byValue') === false ? [] : [value, qualified(value)]),
    ...(valuePassing?.includes('byReference') === false
      ? []
      : [{ $ref: '#/components/schemas/inputReference' }]),
  ];
  const about = { title, ...(description === undefined ? {} : { description }) };
  if (maxOccurs === 1)
    return { ...about, anyOf: forms, ...(fallback === undefined ? {} : { default: fallback }) };
  return {
    ...about,
    type: 'array',
    items: { anyOf: forms },
    minItems: minOccurs,
    ...(maxOccurs === 'unbounded' ? {} : { maxItems: maxOccurs }),
  };
}

const qualified = (value: object): OpenapiObject => ({
  type: 'object',
  required: ['value'],
  properties: { value, mediaType: { type: 'string' }, encoding: { type: 'string' }, schema: {} },
});

const outputSchema = (schema: Input['schema']): OpenapiObject => ({
  type: 'object',
  properties: {
    format: {
      type: 'object',
      properties: {
        mediaType: { type: 'string', enum: listMediaTypes(schema) },
        encoding: { type: 'string' },
        schema: {},
      },
    },
    transmissionMode: { type: 'string', enum: ['value', 'reference'] },
  },
});

const buildExamples = ({ examples }: ProcessDeclaration): OpenapiObject =>
  Object.fromEntries(
    examples.map(({ title, description, request }, index) => [
      `example-${index + 1}`,
      { summary: title, ...(description === undefined ? {} : { description }), value: request },
    ]),
  );
