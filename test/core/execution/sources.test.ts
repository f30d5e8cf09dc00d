import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Type } from 'typebox';
import { checkSize, memorySource, type Open, resolveInputs } from '../../../core/execution/sources.ts';
import {
  defaulted,
  defineProcess,
  layer,
  optional,
  raster,
  several,
} from '../../../core/processes/define.ts';
import type { Source } from '../../../core/run/context.ts';
import { InvalidInput, InvalidRequest, LimitExceeded } from '../../../core/shared/errors.ts';

const binary = (contentMediaType: string) => ({
  type: 'string',
  contentEncoding: 'binary',
  contentMediaType,
});
const process = defineProcess({
  id: 'reader',
  version: '1.0.0',
  title: 'Reader',
  description: 'Made for tests.',
  computeClass: 'light',
  inputs: {
    text: optional(Type.String({ minLength: 2 }), { title: 'Text' }),
    number: optional(Type.Number({ maximum: 10 }), { title: 'Number' }),
    options: defaulted(Type.Object({ size: Type.Number() }), { size: 3 }, { title: 'Options' }),
    words: several(Type.String(), { min: 0, max: 3 }, { title: 'Words' }),
    image: optional(Type.Unsafe<string>(binary('image/tiff')), { title: 'Image' }),
    page: optional(Type.Unsafe<string>({ type: 'string', contentMediaType: 'text/html' }), { title: 'Page' }),
    either: optional(
      Type.Unsafe<unknown>({ oneOf: [{ type: 'object' }, { type: 'string', contentMediaType: 'text/xml' }] }),
      { title: 'Either' },
    ),
    features: { ...layer({ title: 'Features' }), minOccurs: 0 },
    grid: { ...raster({ title: 'Grid' }), minOccurs: 0 },
  },
  outputs: {},
  examples: [],
});

const bytes = (text: string) => new TextEncoder().encode(text);
const noNetwork: Open = () => assert.fail('Nothing may be opened');
/** A source at the address, which has the given text or bytes. */
const serving =
  (content: string | Uint8Array, mediaType?: string): Open =>
  async ({ pointer }) => ({
    ...memorySource(pointer, () => (typeof content === 'string' ? bytes(content) : content)),
    ...(mediaType === undefined ? {} : { mediaType }),
  });
const resolve = (inputs: Record<string, unknown>, open = noNetwork) => resolveInputs(process, inputs, open);
const one = async (id: string, raw: unknown, open = noNetwork) => (await resolve({ [id]: raw }, open))[id];
const href = 'https://example.org/data';

describe('inputs by value', () => {
  test('are what they are, with their wrapping taken off', async () => {
    assert.equal(await one('text', 'abc'), 'abc');
    assert.equal(await one('text', { value: 'abc', mediaType: 'text/plain' }), 'abc');
    assert.equal(await one('number', 0), 0);
    assert.deepEqual(await one('words', ['a', { value: 'b' }]), ['a', 'b']);
  });

  test('that are left out are their default, each time a new one, or nothing', async () => {
    const [first, second] = [await resolve({}), await resolve({ options: null, text: null })];
    assert.deepEqual(first['options'], { size: 3 });
    assert.notEqual(first['options'], second['options']);
    assert.deepEqual(second['options'], { size: 3 });
    assert.equal(second['text'], undefined);
    assert.deepEqual(Object.keys(first), Object.keys(process.inputs));
  });

  test('that are layers stay values that can also be read as bytes', async () => {
    const point = { type: 'Point', coordinates: [5, 52] };
    const source = (await one('features', point)) as Source;
    assert.equal(source.value, point);
    assert.equal(source.pointer, '/inputs/features');
    assert.ok(!('mediaType' in source) && !('href' in source));
    assert.deepEqual(JSON.parse(new TextDecoder().decode(await source.bytes())), point);
    const wrapped = (await one('features', { value: point, mediaType: 'application/geo+json' })) as Source;
    assert.equal(wrapped.mediaType, 'application/geo+json');
    assert.equal(wrapped.pointer, '/inputs/features/value');
  });

  const tiff = Buffer.from('II*\0 and more').toString('base64');
  for (const [name, raw] of [
    ['by how they are declared', tiff],
    ['by their media type', { value: tiff, mediaType: 'image/tiff; application=geotiff' }],
    ['by what the client says', { value: tiff, encoding: 'Base64' }],
  ] as const) {
    test(`that are rasters are bytes in base64: ${name}`, async () => {
      const source = (await one('grid', raw)) as Source;
      assert.ok(!('value' in source));
      assert.equal(new TextDecoder().decode(await source.bytes()), 'II*\0 and more');
    });
  }

  test('that are layers as text are their text, unless they look like base64', async () => {
    const readAs = async (raw: unknown) =>
      new TextDecoder().decode(await ((await one('features', raw)) as Source).bytes());
    assert.equal(await readAs('name,wkt\na,POINT (1 2)\n'), 'name,wkt\na,POINT (1 2)\n');
    assert.equal(await readAs({ value: 'a,b', mediaType: 'text/csv' }), 'a,b');
    assert.equal(await readAs({ value: 'YWJj', encoding: 'utf-8' }), 'YWJj');
    assert.equal(await readAs('YW\nJj '), 'abc');
  });
});

describe('bytes in memory', () => {
  test('are made once, when they are wanted, and read in parts', async () => {
    let made = 0;
    const source = memorySource('/inputs/x', () => {
      made++;
      return bytes('abcdef');
    });
    assert.equal(made, 0);
    assert.equal(await source.size(), 6);
    assert.deepEqual(await source.read(1, 3), bytes('bcd'));
    assert.deepEqual(await source.read(4, 10), bytes('ef'));
    assert.deepEqual(await source.bytes(), bytes('abcdef'));
    assert.equal(made, 1);
  });
});

describe('inputs by reference', () => {
  test('are opened with their place and the bounds of the process', async () => {
    const seen: unknown[] = [];
    const open: Open = async (reference, limits) => {
      seen.push(reference, limits);
      return serving('7')(reference, limits);
    };
    assert.equal(await one('number', { href, type: 'application/json' }, open), 7);
    assert.deepEqual(seen, [
      { kind: 'reference', pointer: '/inputs/number', href, mediaType: 'application/json' },
      process.limits,
    ]);
    assert.deepEqual(await one('words', ['a', { href }], serving('"b"')), ['a', 'b']);
  });

  test('stay unread where they are layers and rasters', async () => {
    const source: Source = { ...memorySource('/inputs/grid', () => assert.fail('It is read')), href };
    assert.equal(await one('grid', { href }, async () => source), source);
    const collection = { collection: 'https://example.org/collections/a' };
    assert.equal(await one('features', collection, async () => source), source);
  });

  for (const [name, content, mediaType, expected] of [
    ['JSON by its media type', '"abc"', 'application/json', 'abc'],
    ['JSON by its look: a text', '"abc"', undefined, 'abc'],
    ['text by its media type', '"abc"', 'text/plain; charset=utf-8', '"abc"'],
    ['text by its look', 'abc', undefined, 'abc'],
    ['text by a media type that is not JSON', '"abc"', 'application/octet-stream', '"abc"'],
    ['text that only begins like a word of JSON', 'true story', undefined, 'true story'],
  ] as const) {
    test(`are read as ${name}`, async () => {
      assert.equal(await one('text', { href }, serving(content, mediaType)), expected);
    });
  }

  for (const [content, expected] of [
    [' -3', -3],
    ['2.5', 2.5],
    ['\n 0 ', 0],
  ] as const) {
    test(`are read as numbers: ${JSON.stringify(content)}`, async () => {
      assert.equal(await one('number', { href }, serving(content)), expected);
    });
  }

  test('are read as structures', async () => {
    assert.deepEqual(await one('options', { href }, serving(' {"size": 4}')), { size: 4 });
    assert.deepEqual(await one('either', { href }, serving('{"a": 1}', 'application/json')), { a: 1 });
    assert.equal(await one('either', { href }, serving('{"a": 1}', 'text/xml')), '{"a": 1}');
    assert.equal(await one('page', { href }, serving('{"a": 1}')), '{"a": 1}');
  });

  test('are base64 where the schema wants bytes', async () => {
    const content = new Uint8Array([0, 255, 1]);
    assert.equal(await one('image', { href }, serving(content)), Buffer.from(content).toString('base64'));
  });

  const refusal = async (id: string, open: Open): Promise<InvalidRequest> => {
    try {
      await one(id, { href }, open);
    } catch (error) {
      assert.ok(error instanceof InvalidRequest, String(error));
      return error;
    }
    assert.fail('It was accepted');
  };

  test('are checked as inline values are', async () => {
    const tooLarge = await refusal('number', serving('11'));
    assert.deepEqual(
      tooLarge.faults.map(({ pointer }) => pointer),
      ['/inputs/number'],
    );
    const wrongMember = await refusal('options', serving('{"size": "x"}'));
    assert.deepEqual(
      wrongMember.faults.map(({ pointer }) => pointer),
      ['/inputs/options/size'],
    );
    assert.match(`${tooLarge.title} ${tooLarge.detail}`, /The data that an input refers to is not valid/);
  });

  test('are refused where they are no text, or no JSON where it must be', async () => {
    const noText = await refusal('text', serving(new Uint8Array([0xff, 0xfe])));
    assert.deepEqual(noText.faults, [
      { pointer: '/inputs/text', detail: 'The referenced data is not UTF-8 text.' },
    ]);
    const noJson = await refusal('text', serving('{', 'application/json'));
    assert.equal(noJson.faults[0]?.pointer, '/inputs/text');
    assert.match(noJson.faults[0]?.detail ?? '', /The referenced data/);
    assert.ok(noText instanceof InvalidInput && noJson instanceof InvalidInput);
  });
});

test('more bytes than a process takes are refused with both numbers', () => {
  checkSize(10, undefined, '/inputs/x');
  checkSize(10, 10, '/inputs/x');
  assert.throws(
    () => checkSize(11, 10, '/inputs/x'),
    (error: LimitExceeded) => {
      assert.ok(error instanceof LimitExceeded);
      assert.deepEqual(error.faults, [
        { pointer: '/inputs/x', detail: 'The data has 11 bytes; the process accepts up to 10.' },
      ]);
      return true;
    },
  );
});
