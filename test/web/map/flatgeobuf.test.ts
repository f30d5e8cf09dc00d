import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { Builder } from 'flatbuffers';
import { GeometryType } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry-type.js';
import { Header } from 'flatgeobuf/lib/mjs/flat-geobuf/header.js';
import { crs84 } from '../../../geo/crs/crs.ts';
import { flatgeobufBytes } from '../../../geo/formats/flatgeobuf/flatgeobuf-write.ts';
import type { LayerFeature } from '../../../geo/layer/layer.ts';
import { openFlatGeobuf } from '../../../web/map/data/flatgeobuf.ts';

const points = Array.from(
  { length: 40 },
  (_, index): LayerFeature => ({
    type: 'Feature',
    properties: {},
    geometry: { type: 'Point', coordinates: [index, 0] },
  }),
);

/** Serves a file of forty points, with another header where one is given. */
function serve(
  context: TestContext,
  header?: { readonly features: number; readonly nodeSize: number },
): string {
  const { bytes } = flatgeobufBytes({ features: points, crs: crs84 });
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
  const served = header
    ? Buffer.concat([bytes.subarray(0, 8), headerBytes(header), bytes.subarray(12 + length)])
    : Buffer.from(bytes);
  context.mock.method(console, 'debug', () => undefined);
  context.mock.method(globalThis, 'fetch', async (_: string, { headers = {} }: RequestInit = {}) => {
    const range = /(\d+)-(\d+)/.exec(new Headers(headers).get('Range') ?? '');
    const [, first = 0, last = served.length] = range ?? [];
    return new Response(served.subarray(Number(first), Number(last) + 1), { status: 206 });
  });
  return 'https://example.org/points.fgb';
}

function headerBytes({ features, nodeSize }: { readonly features: number; readonly nodeSize: number }) {
  const builder = new Builder();
  Header.startHeader(builder);
  Header.addGeometryType(builder, GeometryType.Point);
  Header.addFeaturesCount(builder, BigInt(features));
  Header.addIndexNodeSize(builder, nodeSize);
  builder.finishSizePrefixed(Header.endHeader(builder));
  return builder.asUint8Array();
}

describe('a FlatGeobuf in the browser', () => {
  test('is read in parts by its index', async (context) => {
    const file = await openFlatGeobuf(serve(context), 10);
    assert.equal((await file.read([2.5, -1, 5.5, 1], 100)).length, 3);
    assert.equal((await file.readBoxes()).length, 40);
  });

  test('whose nodes have one child does not keep the page busy for ever', async (context) => {
    const file = await openFlatGeobuf(serve(context, { features: 40, nodeSize: 1 }), 10);
    assert.ok((await file.readBoxes()).length <= 40);
  });

  test('with an index of no features is refused', async (context) => {
    const url = serve(context, { features: 0, nodeSize: 16 });
    await assert.rejects(openFlatGeobuf(url, 10), /index of no features/);
  });
});
