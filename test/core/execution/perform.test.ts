import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Type } from 'typebox';
import { entryBytes, MANIFEST_VALUE_BYTES } from '../../../core/execution/manifest.ts';
import { type ExecutionPorts, isRefusal, perform } from '../../../core/execution/perform.ts';
import type { ExecuteRequest, RequestedOutput } from '../../../core/jobs/execute-request.ts';
import type { ProcessDeclaration, Run } from '../../../core/processes/declaration.ts';
import { defaulted, defineProcess, json, layerOutput } from '../../../core/processes/define.ts';
import { Encoded } from '../../../core/run/context.ts';
import { InvalidInput } from '../../../core/shared/errors.ts';

const tiff = { type: 'string', contentEncoding: 'binary', contentMediaType: 'image/tiff' };
const gml = { type: 'string', contentMediaType: 'application/gml+xml' };
const process = defineProcess({
  id: 'maker',
  version: '1.0.0',
  title: 'Maker',
  description: 'Made for tests.',
  computeClass: 'light',
  inputs: { size: defaulted(Type.Integer(), 4, { title: 'Size' }) },
  outputs: {
    number: json(Type.Number(), { title: 'Number' }),
    text: json(Type.String(), { title: 'Text' }),
    image: json(Type.Unsafe<string>({ oneOf: [tiff, { ...tiff, contentMediaType: 'image/jp2' }] }), {
      title: 'Image',
    }),
    gml: json(Type.Unsafe<unknown>({ oneOf: [gml, { type: 'object' }] }), { title: 'GML' }),
    layer: layerOutput({ title: 'Layer' }),
  },
  examples: [],
});

interface Heard {
  readonly stored: { name: string; text: string; mediaType: string }[];
  readonly warned: unknown[];
}

/** Runs the process with results of its own and tells what is kept of them. */
async function performed(
  results: Record<string, unknown>,
  outputs: readonly RequestedOutput[],
  { synchronous = false, run }: { synchronous?: boolean; run?: Run<ProcessDeclaration> } = {},
) {
  const heard: Heard = { stored: [], warned: [] };
  const ports: ExecutionPorts = {
    open: () => assert.fail('Nothing is opened'),
    store: async (name, bytes, mediaType) => {
      heard.stored.push({ name, text: new TextDecoder().decode(bytes), mediaType });
      return `kept/${name}`;
    },
    signal: new AbortController().signal,
    progress: async () => {},
    log: () => {},
    warn: (...said) => heard.warned.push(said),
    synchronous,
  };
  const request: ExecuteRequest = {
    processID: 'maker',
    dialect: '2.0',
    inputs: {},
    outputs,
    outputsNamed: true,
    response: 'raw',
  };
  const manifest = await perform(process, run ?? (async () => results as never), request, ports);
  assert.equal(manifest.processID, 'maker');
  return { entries: manifest.outputs, ...heard };
}

const entry = async (id: string, value: unknown, mediaType?: string) =>
  (await performed({ [id]: value }, [{ id, ...(mediaType ? { mediaType } : {}) }])).entries[0];

describe('what a process is given', () => {
  test('is its inputs, its bounds, and the format that is asked for', async () => {
    let seen: unknown[] = [];
    const run: Run<ProcessDeclaration> = async (inputs, context) => {
      seen = [
        inputs,
        context.limits,
        context.synchronous,
        context.signal.aborted,
        context.format('image'),
        context.format('gml'),
        context.format('layer'),
      ];
      return {};
    };
    await performed({}, [{ id: 'image', mediaType: 'image/jp2' }, { id: 'gml' }], { run, synchronous: true });
    assert.deepEqual(seen.slice(0, 6), [
      { size: 4 },
      process.limits,
      true,
      false,
      'image/jp2',
      'application/gml+xml',
    ]);
    assert.equal(seen[6], 'application/geo+json');
  });
});

describe('what is kept of results', () => {
  test('is what was asked for, in that order, as far as there is any', async () => {
    const results = { number: 1, text: 'a', image: 'AAAA' };
    const { entries } = await performed(results, [{ id: 'text' }, { id: 'layer' }, { id: 'number' }]);
    assert.deepEqual(
      entries.map(({ id }) => id),
      ['text', 'number'],
    );
  });

  test('is JSON as it is', async () => {
    assert.deepEqual(await entry('number', 0.5), {
      id: 'number',
      mediaType: 'application/json',
      size: 3,
      encoding: 'json',
      content: 0.5,
    });
    assert.deepEqual(await entry('gml', { type: 'a' }), {
      id: 'gml',
      mediaType: 'application/json',
      size: 12,
      encoding: 'json',
      content: { type: 'a' },
    });
  });

  test('is the plain text of a number or a word where that is asked for', async () => {
    assert.deepEqual(await entry('number', 0.5, 'text/plain'), {
      id: 'number',
      mediaType: 'text/plain',
      size: 3,
      encoding: 'text',
      content: '0.5',
    });
    assert.equal((await entry('text', 'é', 'text/plain'))?.size, 2);
  });

  test('is text that is no JSON as text', async () => {
    assert.deepEqual(await entry('gml', '<gml/>'), {
      id: 'gml',
      mediaType: 'application/gml+xml',
      size: 6,
      encoding: 'text',
      content: '<gml/>',
    });
  });

  test('is base64 as the bytes that it stands for, in the form that was asked for', async () => {
    assert.deepEqual(await entry('image', 'SUkq'), {
      id: 'image',
      mediaType: 'image/tiff',
      size: 3,
      encoding: 'base64',
      content: 'SUkq',
    });
    assert.equal((await entry('image', 'SUkq', 'image/jp2'))?.mediaType, 'image/jp2');
  });

  test('are encoded bytes with their own media type', async () => {
    const collection = { type: 'FeatureCollection', features: [] };
    const bytes = new TextEncoder().encode(JSON.stringify(collection));
    const geojson = await entry('layer', new Encoded('application/geo+json', bytes));
    assert.deepEqual([geojson?.mediaType, geojson?.encoding], ['application/geo+json', 'json']);
    assert.deepEqual(geojson?.content, collection);
    const binary = await entry('layer', new Encoded('application/flatgeobuf', new Uint8Array([1, 2])));
    assert.deepEqual([binary?.encoding, binary?.content, binary?.size], ['base64', 'AQI=', 2]);
    const csv = await entry('layer', new Encoded('text/csv', new TextEncoder().encode('a\n1\n')));
    assert.deepEqual([csv?.encoding, csv?.content], ['text', 'a\n1\n']);
    const other = await entry('layer', new Encoded('application/x-unknown', new Uint8Array([1])));
    assert.equal(other?.encoding, 'base64');
  });

  test('warns of what a format could not carry, with the output', async () => {
    const encoded = new Encoded('text/csv', new Uint8Array(), [
      'Lines became text.',
      'Times lost their zone.',
    ]);
    const { warned } = await performed({ layer: encoded, number: 1 }, [{ id: 'layer' }, { id: 'number' }]);
    assert.deepEqual(warned, [
      ['Lines became text.', { output: 'layer' }],
      ['Times lost their zone.', { output: 'layer' }],
    ]);
  });
});

describe('where results are kept', () => {
  const text = (bytes: number) => 'x'.repeat(bytes - 2);

  test('is the manifest up to a size, and the bucket above it, under a name with the extension of the format', async () => {
    const small = await performed({ text: text(MANIFEST_VALUE_BYTES) }, [{ id: 'text' }]);
    assert.deepEqual(small.stored, []);
    assert.ok(!('key' in (small.entries[0] ?? {})));
    const large = await performed({ text: text(MANIFEST_VALUE_BYTES + 1) }, [{ id: 'text' }]);
    assert.deepEqual(
      large.stored.map(({ name, mediaType }) => [name, mediaType]),
      [['text.json', 'application/json']],
    );
    assert.deepEqual(large.entries, [
      {
        id: 'text',
        mediaType: 'application/json',
        size: MANIFEST_VALUE_BYTES + 1,
        encoding: 'json',
        key: 'kept/text.json',
      },
    ]);
  });

  test('is the bucket whatever the size, where a reference is asked for and there is no job to lead through', async () => {
    const wanted = [{ id: 'image', transmissionMode: 'reference' as const }];
    const direct = await performed({ image: 'SUkq' }, wanted, { synchronous: true });
    assert.deepEqual(direct.stored, [{ name: 'image.tif', text: 'II*', mediaType: 'image/tiff' }]);
    assert.equal((await performed({ image: 'SUkq' }, wanted)).stored.length, 0);
    const byValue = [{ id: 'image', transmissionMode: 'value' as const }];
    assert.equal((await performed({ image: 'SUkq' }, byValue, { synchronous: true })).stored.length, 0);
  });
});

test('the bytes of an entry are those of its bare form', async () => {
  for (const [id, value, expected] of [
    ['number', 1.5, '1.5'],
    ['text', 'a', '"a"'],
    ['gml', '<a/>', '<a/>'],
    ['image', 'SUkq', 'II*'],
  ] as const) {
    const kept = await entry(id, value);
    assert.ok(kept);
    assert.equal(new TextDecoder().decode(entryBytes(kept)), expected, id);
  }
});

test('what is the client’s business is told from faults of the service', () => {
  assert.equal(isRefusal(new InvalidInput('/inputs/a', 'is wrong.')), true);
  assert.equal(isRefusal(new Error('broken')), false);
});
