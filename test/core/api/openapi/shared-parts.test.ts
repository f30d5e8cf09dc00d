import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openapi } from '../../../../core/api/openapi/document.ts';
import type { OpenapiObject } from '../../../../core/api/openapi/objects.ts';
import { shareParts } from '../../../../core/api/openapi/shared-parts.ts';
import { processes } from '../../../../processes/index.ts';

type Components = Record<string, Record<string, OpenapiObject>>;

/** A value with what it refers to in the place of references. */
function inFull(value: unknown, components: Components): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((member) => inFull(member, components));
  const [, kind = '', name = ''] =
    /^#\/components\/(\w+)\/(.*)$/.exec(String((value as OpenapiObject)['$ref'])) ?? [];
  if (components[kind]?.[name]) return inFull(components[kind][name], components);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, inFull(member, components)]));
}

const long = 'x'.repeat(200);
const layer = { type: 'object', description: long, properties: { a: { type: 'string', description: long } } };
const request = (inputs: object, examples: object) => ({
  post: {
    requestBody: {
      content: {
        'application/json': {
          schema: { type: 'object', properties: { inputs: { type: 'object', properties: inputs } } },
          examples,
        },
      },
    },
    responses: {
      200: { description: long, content: { 'application/json': {}, 'image/tiff; application=geotiff': {} } },
      404: { $ref: '#/components/responses/Problem404' },
    },
  },
});

const document = {
  openapi: '3.0.3',
  paths: {
    '/processes/a/execution': request(
      {
        features: { anyOf: [layer, { type: 'object', properties: { value: layer } }] },
        short: { type: 'string' },
      },
      { one: { value: layer } },
    ),
    '/processes/b/execution': request(
      {
        overlay: { anyOf: [layer, { type: 'object', properties: { value: layer } }] },
        short: { type: 'string' },
      },
      { one: { value: layer } },
    ),
  },
  components: {
    schemas: { 'input-features': { type: 'null' } },
    responses: { Problem404: { description: 'No' } },
  },
};

describe('parts of a definition that occur several times', () => {
  const shared = shareParts(document) as typeof document & { components: Components };

  test('are among the components, by a name that says what they are, and nothing else has', () => {
    assert.deepEqual(Object.keys(shared.components.schemas), [
      'input-features',
      'input-features-value',
      'input-features-of-a',
    ]);
    assert.deepEqual(Object.keys(shared.components.responses), ['Problem404', 'Results-tiff']);
    assert.deepEqual(shared.components.schemas['input-features'], { type: 'null' });
  });

  test('are the same as they were', () => {
    const { components } = shared;
    assert.deepEqual(inFull(shared.paths, components), inFull(document.paths, components));
  });

  test('are not those of examples, which are data, nor what is short', () => {
    const { content } = shared.paths['/processes/b/execution'].post.requestBody;
    assert.deepEqual(content['application/json'].examples, { one: { value: layer } });
    assert.match(JSON.stringify(content['application/json'].schema), /"short":\{"type":"string"\}/);
  });
});

test('the definition of the service says nothing long twice', () => {
  const { components, paths } = openapi(processes, { baseUrl: 'https://a.example', title: 'A' }) as {
    components: Components;
    paths: OpenapiObject;
  };
  assert.ok(
    JSON.stringify(inFull(paths, components)).length > 2 * JSON.stringify({ paths, components }).length,
  );
  for (const kind of ['schemas', 'responses'])
    for (const name of Object.keys(components[kind] ?? {})) assert.match(name, /^[\w.-]+$/);
});
