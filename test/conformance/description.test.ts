import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JsonSchema } from '../../core/processes/schema.ts';
import { processes } from '../../processes/index.ts';
import { memoryService } from '../support/memory-service.ts';

const { get, baseUrl } = memoryService();
type Link = { readonly href: string; readonly rel: string; readonly type?: string };
const descriptions = await Promise.all(processes.map(async ({ id }) => (await get(`/processes/${id}`)).json));

/** Keywords that both versions' dialects of JSON Schema have. */
const keywords = new Set(
  'type title description enum default format pattern minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems uniqueItems items properties required additionalProperties oneOf anyOf allOf not nullable contentMediaType contentEncoding contentSchema x-ogc-unit x-ogc-unitLang'.split(
    ' ',
  ),
);

function eachSchema(schema: JsonSchema, visit: (schema: JsonSchema) => void): void {
  visit(schema);
  const nested = [
    ...(schema.oneOf ?? []),
    ...(schema.anyOf ?? []),
    ...(schema.allOf ?? []),
    ...Object.values(schema.properties ?? {}),
    ...(schema.items ? [schema.items] : []),
    ...(schema.not ? [schema.not] : []),
    ...(typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : []),
  ];
  for (const form of nested) eachSchema(form, visit);
}

for (const description of descriptions) {
  const { id, inputs, outputs, links } = description;
  describe(`the description of ${id}`, () => {
    test('/req/core/process-description-op, /req/core/process-description-success, /rec/core/ogc-process-description: is there', () => {
      for (const member of ['id', 'version', 'title', 'description']) assert.ok(description[member], member);
      assert.ok(description.jobControlOptions.length > 0);
    });

    test('/req/ogc-process-description/inputs-def, /req/ogc-process-description/outputs-def: maps by identifier', () => {
      for (const map of [inputs, outputs]) assert.ok(typeof map === 'object' && !Array.isArray(map));
      assert.ok(Object.keys(outputs).length > 0);
    });

    test('/req/ogc-process-description/input-def, /req/ogc-process-description/output-def: each has a schema in the dialect of both versions', () => {
      for (const { schema } of [...Object.values(inputs), ...Object.values(outputs)] as {
        schema: JsonSchema;
      }[]) {
        eachSchema(schema, (form) => {
          for (const keyword of Object.keys(form)) assert.ok(keywords.has(keyword), keyword);
          assert.ok(form.type === undefined || typeof form.type === 'string');
          assert.ok(form.exclusiveMinimum === undefined || typeof form.exclusiveMinimum === 'boolean');
          assert.ok(form.exclusiveMaximum === undefined || typeof form.exclusiveMaximum === 'boolean');
        });
      }
      assert.doesNotMatch(JSON.stringify(description), /[:,[]null\b/);
    });

    test('/req/ogc-process-description/json-encoding, /req/ogc-process-description/links, /rec/ogc-process-description/process-links: links to itself, its page, its profile and the service', () => {
      const href = (rel: string) => links.find((link: Link) => link.rel === rel)?.href;
      assert.equal(href('self'), `${baseUrl}/processes/${id}`);
      assert.equal(href('alternate'), `${baseUrl}/processes/${id}?f=html`);
      assert.equal(href('profile'), 'https://www.opengis.net/def/profile/OGC/0/ogc-process-description');
      assert.equal(href('service'), baseUrl);
      assert.equal(
        href('http://www.opengis.net/def/rel/ogc/1.0/execute'),
        `${baseUrl}/processes/${id}/execution`,
      );
      for (const link of links) assert.ok(link.rel && link.type, JSON.stringify(link));
    });

    test('/req/ogc-process-description/value-passing, /req/ogc-process-description/execution-unit-requirements, /req/ogc-process-description/data-classes: says how inputs are given', () => {
      for (const input of Object.values(inputs) as Record<string, unknown>[]) {
        const passing = input['valuePassing'] as string[];
        assert.ok(passing.length > 0 && passing.every((way) => ['byValue', 'byReference'].includes(way)));
        const { minOccurs, maxOccurs } = input as { minOccurs: number; maxOccurs: number | 'unbounded' };
        assert.ok(maxOccurs === 'unbounded' || maxOccurs >= Math.max(1, minOccurs));
        const requirements = input['executionUnitRequirements'] as Record<string, unknown> | undefined;
        if (requirements) {
          assert.equal(typeof requirements['remote-access'], 'boolean');
          assert.ok(['local-file', 'remote-access'].includes(requirements['staging'] as string));
        }
        const dataClasses = input['dataClasses'] ?? [];
        assert.ok(Array.isArray(dataClasses) && dataClasses.every((name) => typeof name === 'string'));
      }
    });
  });
}

test('/req/ogc-process-description/input-multiple-types, /req/ogc-process-description/output-multiple-types: alternatives are oneOf', () => {
  const { inputs, outputs } = descriptions.find(({ id }) => id === 'buffer');
  assert.ok(inputs.features.schema.oneOf.length > 3);
  assert.equal(outputs.result.schema.oneOf[0].contentMediaType, 'application/geo+json');
});

test('/req/ogc-process-description/input-binary: bytes are base64 strings with their media type', () => {
  const { inputs } = descriptions.find(({ id }) => id === 'echo');
  assert.deepEqual(inputs.image.schema, {
    type: 'string',
    format: 'byte',
    contentEncoding: 'base64',
    contentMediaType: 'image/tiff',
  });
});

test('/rec/ogc-process-description/format-key, /rec/ogc-process-description/format-short-code: formats have the short codes of the standard', () => {
  const { inputs } = descriptions.find(({ id }) => id === 'echo');
  assert.equal(inputs.area.schema.allOf[0].format, 'ogc-bbox');
  const { features } = descriptions.find(({ id }) => id === 'buffer').inputs;
  assert.equal(features.schema.oneOf[0].format, 'geojson-feature-collection');
});

test('the limits that are enforced are published, for programs to read', () => {
  for (const { metadata, id } of descriptions) {
    const { limits } = processes.find((process) => process.id === id)!;
    for (const [name, value] of Object.entries(limits)) {
      const item = metadata.find(({ role }: { role: string }) => role === `limit-${name}`);
      assert.equal(item?.value, value, `${id}: ${name}`);
      assert.match(item.title, /\w/);
    }
  }
});
