import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Alternative, listAlternatives } from '../../core/processes/alternatives.ts';
import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import type { JsonSchema } from '../../core/processes/schema.ts';
import { processes } from '../../processes/index.ts';
import { memoryService } from '../support/memory-service.ts';

const service = memoryService();
const { execute } = service;
const named = (id: string): ProcessDeclaration => processes.find((process) => process.id === id)!;

const positions = fc.tuple(
  fc.double({ min: -179, max: 179, noNaN: true }),
  fc.double({ min: -89, max: 89, noNaN: true }),
);
const points = positions.map((coordinates) => ({ type: 'Point', coordinates }));
const features = fc.record({
  type: fc.constant('Feature'),
  properties: fc.dictionary(
    fc.string(),
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
    { maxKeys: 3 },
  ),
  geometry: fc.oneof(points, fc.constant(null)),
});

const byFormat: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  'geojson-geometry': points,
  'geojson-feature': features,
  'geojson-feature-collection': fc
    .array(features, { maxLength: 4 })
    .map((list) => ({ type: 'FeatureCollection', features: list })),
  'ogc-bbox': fc.record({
    bbox: fc.array(fc.double({ min: -90, max: 90, noNaN: true }), { minLength: 4, maxLength: 4 }),
  }),
  'date-time': fc
    .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
    .map((date) => date.toISOString()),
  uri: fc.webUrl(),
};

/** Values that a published schema describes. */
function arbitraryValue(schema: JsonSchema): fc.Arbitrary<unknown> {
  const format = schema.format ?? schema.allOf?.find((form) => form.format !== undefined)?.format;
  if (format !== undefined && byFormat[format]) return byFormat[format];
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.contentEncoding) return fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64'));
  switch (schema.type) {
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1000 });
    case 'number': {
      const least = schema.minimum ?? -1000;
      const minExcluded = schema.exclusiveMinimum === true;
      return fc.double({ min: least, max: schema.maximum ?? least + 1000, minExcluded, noNaN: true });
    }
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(arbitraryValue(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: schema.maxItems ?? 5,
      });
    case 'object': {
      const required = schema.required ?? [];
      const members = Object.entries(schema.properties ?? {}).map(
        ([name, form]) => [name, arbitraryValue(form)] as const,
      );
      return fc.record(Object.fromEntries(members), { requiredKeys: required as never[] });
    }
    default:
      return fc.string({ minLength: schema.minLength ?? 0 });
  }
}

/** One occurrence of an input: in one of its formats, bare or qualified. */
const arbitraryOccurrences = (schema: JsonSchema): fc.Arbitrary<unknown> =>
  fc.oneof(...listAlternatives(schema).map((alternative) => arbitraryForm(alternative)));

function arbitraryForm({ schema, mediaType, encoding }: Alternative): fc.Arbitrary<unknown> {
  const values = arbitraryValue(schema);
  const qualified = values.map((value) => ({ value, mediaType }));
  // A value that has to be told from others by its media type comes with it; an object always may.
  if (encoding === 'text') return qualified;
  return schema.type === 'object'
    ? fc.oneof(
        qualified,
        values.map((value) => ({ value })),
      )
    : fc.oneof(qualified, values);
}

/** Inputs of a process as its description says that they may be. */
function arbitraryInputs({ inputs }: ProcessDeclaration): fc.Arbitrary<Record<string, unknown>> {
  const members = Object.entries(inputs).map(([id, { schema, minOccurs, maxOccurs }]) => {
    const one = id === 'pause' ? fc.constant(0) : arbitraryOccurrences(schema);
    const most = maxOccurs === 'unbounded' ? 4 : Math.min(maxOccurs, 4);
    const value =
      maxOccurs === 1 ? one : fc.array(one, { minLength: minOccurs, maxLength: Math.max(minOccurs, most) });
    return [id, value] as const;
  });
  const requiredKeys = Object.entries(inputs)
    .filter(([, { minOccurs }]) => minOccurs > 0)
    .map(([id]) => id);
  return fc.record(Object.fromEntries(members), { requiredKeys: requiredKeys as never[] });
}

const bare = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'value' in value
    ? (value as { value: unknown }).value
    : value;
const json = (value: unknown) => JSON.parse(JSON.stringify(value));

describe('any execute request that the description of a process allows', () => {
  test('is accepted by echo and comes back from it', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryInputs(named('echo')), async (inputs) => {
        const { status, json: answer, text } = await execute('echo', { inputs });
        assert.equal(status, 200, text);
        const expected: Record<string, unknown> = { pause: 0, ...inputs };
        for (const [id, value] of Object.entries(expected)) {
          assert.deepEqual(bare(answer[id]), json(bare(value)), id);
        }
        assert.deepEqual(Object.keys(answer).sort(), Object.keys(expected).sort());
      }),
      { numRuns: 150 },
    );
  });

  test('is accepted by the example process of the standard and comes back from it', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryInputs(named('EchoProcess')), async (inputs) => {
        const { status, json: answer, text } = await execute('EchoProcess', { inputs });
        assert.equal(status, 200, text);
        for (const id of [
          'stringInput',
          'dateInput',
          'arrayInput',
          'complexObjectInput',
          'boundingBoxInput',
        ]) {
          assert.deepEqual(bare(answer[id.replace('Input', 'Output')]), json(bare(inputs[id])), id);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('any change to such a request', () => {
  const anything = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(
      null,
      {},
      [],
      { value: null },
      { href: 5 },
      { href: 'https://data.example/none' },
      { bbox: 'x' },
      { value: { value: 1 } },
    ),
    fc.record({
      value: fc.jsonValue({ maxDepth: 2 }),
      mediaType: fc.oneof(fc.string(), fc.jsonValue({ maxDepth: 1 })),
    }),
  );

  for (const id of ['echo', 'EchoProcess', 'buffer', 'dissolve']) {
    test(`to ${id} is accepted or refused with a problem document, and never a fault of the service`, async () => {
      const process = named(id);
      const changed = fc.tuple(
        arbitraryInputs(process),
        fc.constantFrom(...Object.keys(process.inputs), 'unknown', '__proto__', 'toString'),
        anything,
      );
      const rest = fc.dictionary(
        fc.constantFrom('outputs', 'response', 'subscriber', 'process'),
        fc.jsonValue({ maxDepth: 2 }),
        { maxKeys: 2 },
      );
      await fc.assert(
        fc.asyncProperty(changed, rest, async ([inputs, name, value], members) => {
          const pause = 'pause' in process.inputs ? { pause: 0 } : {};
          const entries = [...Object.entries({ ...inputs, ...pause }), [name, name === 'pause' ? 0 : value]];
          const body = `{"inputs":${objectText(entries as [string, unknown][])},${objectText(Object.entries(members)).slice(1, -1) || '"x":1'}}`;
          const answer = await execute(id, body);
          assert.ok(answer.status < 500, `${answer.status}: ${body}: ${answer.text}`);
          if (answer.status < 400) return;
          const problem = answer.json;
          assert.equal(problem.status, answer.status);
          for (const member of ['type', 'title', 'detail'])
            assert.equal(typeof problem[member], 'string', member);
          for (const fault of problem.errors ?? []) assert.match(fault.pointer, /^(\/|$|\?)/);
        }),
        { numRuns: 150 },
      );
    });
  }
});

/** JSON of members in their order, also of names that an object would take for something else. */
const objectText = (entries: readonly (readonly [string, unknown])[]): string =>
  `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
