import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { HttpReader } from 'flatgeobuf/lib/mjs/http-reader.js';
import type { Geometry } from 'geojson';
import { MediaType } from '../../../../core/shared/uris.ts';
import { crs84 } from '../../../../geo/crs/crs.ts';
import { boxesOf, orderByPlace } from '../../../../geo/formats/flatgeobuf/flatgeobuf-index.ts';
import { readFlatgeobuf } from '../../../../geo/formats/flatgeobuf/flatgeobuf-read.ts';
import { flatgeobufBytes } from '../../../../geo/formats/flatgeobuf/flatgeobuf-write.ts';
import type { LayerFeature } from '../../../../geo/layer/layer.ts';
import { bytesSource, makeRunContext } from '../support.ts';

const feature = (id: number, geometry: Geometry | null): LayerFeature => ({
  type: 'Feature',
  properties: { number: id },
  geometry,
});
const line = (x: number, y: number, width: number, height: number): Geometry => ({
  type: 'LineString',
  coordinates: [
    [x, y],
    [x + width, y + height],
  ],
});
const bytesOf = (features: readonly LayerFeature[]) => flatgeobufBytes({ features, crs: crs84 }).bytes;

/** Numbers of the features that the package of the format finds by the index, and how many bytes of features it read. */
async function search(
  bytes: Uint8Array,
  [minX, minY, maxX, maxY]: readonly [number, number, number, number],
) {
  let read = 0;
  const reader = await HttpReader.openSource({
    getRange: async (begin: number, length: number) => {
      read += length;
      return bytes.slice(begin, begin + length).buffer;
    },
  });
  const found: number[] = [];
  for await (const { feature } of reader.selectBbox({ minX, minY, maxX, maxY })) {
    const view = feature.propertiesArray();
    assert.ok(view);
    found.push(Number(new DataView(view.buffer, view.byteOffset + 2).getBigInt64(0, true)));
  }
  return { found: found.sort((one, other) => one - other), read };
}

const lines = fc.array(
  fc.record({
    x: fc.double({ min: -180, max: 179, noNaN: true }),
    y: fc.double({ min: -90, max: 89, noNaN: true }),
    width: fc.double({ min: 0, max: 1, noNaN: true }),
    height: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  // Levels of one, two and three.
  { minLength: 1, maxLength: 300, size: 'max' },
);

describe('the index of a FlatGeobuf', () => {
  it('finds exactly the features whose boxes meet an extent', async () => {
    await fc.assert(
      fc.asyncProperty(lines, async (boxes) => {
        const bytes = bytesOf(
          boxes.map(({ x, y, width, height }, index) => feature(index, line(x, y, width, height))),
        );
        const expected = boxes.flatMap(({ x, y, width, height }, index) =>
          x <= 60 && x + width >= -60 && y <= 30 && y + height >= -30 ? [index] : [],
        );
        assert.deepEqual((await search(bytes, [-60, -30, 60, 30])).found, expected);
      }),
      { numRuns: 40 },
    );
  });

  it('leads to a few of many features', async () => {
    const features = Array.from({ length: 40_000 }, (_, index) =>
      feature(index, {
        type: 'Point',
        coordinates: [((index * 7) % 200) / 10, Math.floor(index / 200) / 10],
      }),
    );
    const bytes = bytesOf(features);
    const { found, read } = await search(bytes, [5.05, 5.05, 5.35, 5.35]);
    assert.equal(found.length, 9);
    assert.ok(read < bytes.length / 4, `${read} of ${bytes.length} bytes`);
  });

  it('keeps features without a place, which no extent meets', async () => {
    const bytes = bytesOf([
      feature(0, null),
      feature(1, { type: 'Point', coordinates: [5, 52] }),
      feature(2, { type: 'Polygon', coordinates: [] }),
    ]);
    assert.deepEqual((await search(bytes, [-180, -90, 180, 90])).found, [1]);
    const source = bytesSource(bytes, { mediaType: MediaType.flatgeobuf });
    const { features } = await readFlatgeobuf(bytes, source, () => {}, makeRunContext());
    assert.deepEqual(
      features.map(({ properties }) => properties['number']),
      [1, 0, 2],
    );
  });

  it('is not there where there are no features', async () => {
    const bytes = bytesOf([]);
    const source = bytesSource(bytes, { mediaType: MediaType.flatgeobuf });
    assert.deepEqual((await readFlatgeobuf(bytes, source, () => {}, makeRunContext())).features, []);
  });
});

describe('the order of features by place', () => {
  it('is that of a Hilbert curve: each cell is next to the one before', () => {
    const side = 16;
    const cells = Array.from({ length: side * side }, (_, index) =>
      feature(index, { type: 'Point', coordinates: [index % side, Math.floor(index / side)] }),
    );
    const order = orderByPlace(boxesOf(cells));
    assert.equal(new Set(order).size, side * side);
    for (let index = 1; index < order.length; index++) {
      const [one, other] = [order[index - 1] ?? 0, order[index] ?? 0];
      const steps =
        Math.abs((one % side) - (other % side)) + Math.abs(Math.floor(one / side) - Math.floor(other / side));
      assert.equal(steps, 1);
    }
  });

  it('keeps that of features at one place', () => {
    const features = Array.from({ length: 20 }, (_, index) =>
      feature(index, { type: 'Point', coordinates: [5, 52] }),
    );
    assert.deepEqual([...orderByPlace(boxesOf(features))], [...features.keys()]);
  });

  it('has features without a place behind all others, in their order', () => {
    const features = [
      feature(0, null),
      feature(1, { type: 'Point', coordinates: [9, 9] }),
      feature(2, { type: 'Point', coordinates: [] }),
      feature(3, { type: 'Point', coordinates: [0, 0] }),
      feature(4, { type: 'Point', coordinates: [9, 0] }),
      feature(5, { type: 'Point', coordinates: [Number.NaN, 0] }),
    ];
    // The last cell of the curve is before those that are in none.
    assert.deepEqual([...orderByPlace(boxesOf(features))], [3, 1, 4, 0, 2, 5]);
  });
});
