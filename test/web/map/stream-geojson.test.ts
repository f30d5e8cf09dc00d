import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseInPieces } from '../../../web/map/data/stream-geojson.ts';

/** A text as it arrives, cut where it may be. */
function streamOf(text: string, size: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}

test('any document is what JSON.parse makes of it, wherever it is cut', async () => {
  const feature = fc.record({
    type: fc.constant('Feature'),
    properties: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })),
  });
  const document = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.record({
      name: fc.string(),
      features: fc.oneof(fc.array(feature), fc.jsonValue({ maxDepth: 1 })),
      'fea"tures': fc.array(fc.integer()),
      links: fc.array(fc.record({ features: fc.array(fc.integer()) })),
    }),
  );
  await fc.assert(
    fc.asyncProperty(document, fc.integer({ min: 1, max: 40 }), async (value, size) => {
      const text = JSON.stringify(value);
      assert.deepEqual(await parseInPieces(streamOf(text, size)), JSON.parse(text));
    }),
  );
});

test('many features are all there, in their order, with what stands around them', async () => {
  const features = Array.from({ length: 30_000 }, (_, index) => ({
    type: 'Feature',
    id: index,
    properties: { name: `Nr. ${index} {[",`, note: 'ü€' },
    geometry: { type: 'Point', coordinates: [index / 1000, 1] },
  }));
  const whole = { type: 'FeatureCollection', features, crs: { properties: { name: 'EPSG:28992' } } };
  for (const indent of [undefined, 1])
    assert.deepEqual(await parseInPieces(streamOf(JSON.stringify(whole, undefined, indent), 65_536)), whole);
});

test('what is no JSON is refused', async () => {
  for (const text of [
    '',
    '{',
    '{"features":[{}',
    '{"features":[{},]}',
    '{"features":[1 2]}',
    '{"features":[]]}',
  ])
    await assert.rejects(parseInPieces(streamOf(text, 3)), SyntaxError, text);
});
