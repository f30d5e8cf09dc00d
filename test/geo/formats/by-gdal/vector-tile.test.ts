import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readLayer } from '../../../../geo/formats/read.ts';
import { bytesSource, makeRunContext } from '../support.ts';

/** Fields of protocol buffers: numbers, and what has a length. */
const number = (field: number, value: number): number[] => [field << 3, ...varint(value)];
const content = (field: number, bytes: readonly number[]): number[] => [
  (field << 3) | 2,
  ...varint(bytes.length),
  ...bytes,
];
const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];

/** A tile with a point in the middle of it (Mapbox Vector Tile Specification 2.1). */
const tile = Uint8Array.from(
  content(3, [
    ...content(1, [...Buffer.from('points')]),
    ...content(2, [...number(3, 1), ...content(4, [9, ...varint(2 * 2048), ...varint(2 * 2048)])]),
    ...number(5, 4096),
    ...number(15, 2),
  ]),
);

const read = (path: string | undefined, bytes: Uint8Array = tile) =>
  readLayer(
    bytesSource(bytes, path === undefined ? {} : { href: `https://tiles.example/${path}` }),
    makeRunContext(),
  );

describe('a vector tile', () => {
  it('lies where its address says, by parts of the path or by its name', async () => {
    // Zoom 3, column 4 and row 2: 45 degrees of longitude from Greenwich on.
    const width = (2 * Math.PI * 6378137) / 8;
    for (const path of [
      '3/4/2.mvt',
      'v1/tiles/3/4/2.pbf',
      '3/4/2.vector.pbf',
      '3-4-2.mvt',
      '3-4-2.pbf?key=1',
      'tiles/3/4/2',
    ]) {
      const { features, crs } = await read(path);
      assert.equal(crs.name, 'EPSG:3857');
      const [geometry] = features.map((feature) => feature.geometry);
      assert.ok(geometry?.type === 'Point', path);
      const [x = 0, y = 0] = geometry.coordinates;
      assert.ok(Math.abs(x - 0.5 * width) < 1 && Math.abs(y - 1.5 * width) < 1, `${path}: ${x}, ${y}`);
    }
    assert.equal((await read('3/4/2.pbf', gzipSync(tile))).features.length, 1);
  });

  it('is refused where nothing tells its place, or what does is none', async () => {
    for (const path of ['tile.mvt', '3/4.mvt', '3/9/2.mvt', '31/4/2.mvt', '3-4-2', undefined])
      await assert.rejects(
        read(path),
        /whose position is unknown: its URL .*as in \/3\/4\/2\.mvt/,
        String(path),
      );
  });
});

describe('a vector tile with a polygon that is not valid', () => {
  const zigzag = (value: number): number => (value << 1) ^ (value >> 31);
  /** A ring that crosses itself and reaches beyond the tile (Mapbox Vector Tile Specification 2.1, section 4.3). */
  const ring = [
    [-64, 64],
    [4200, 4000],
    [4200, 64],
    [-64, 4000],
    [2000, 5000],
  ] as const;
  const steps = ring.map(([x, y], index) => {
    const [fromX, fromY] = ring[index - 1] ?? [0, 0];
    return [...varint(zigzag(x - fromX)), ...varint(zigzag(y - fromY))];
  });
  const commands = [9, ...steps[0]!, ...varint(((ring.length - 1) << 3) | 2), ...steps.slice(1).flat(), 15];
  const crossed = Uint8Array.from(
    content(3, [
      ...content(1, [...Buffer.from('areas')]),
      ...content(2, [...number(3, 3), ...content(4, commands)]),
      ...number(5, 4096),
      ...number(15, 2),
    ]),
  );

  it('is read, and it is said that it may reach beyond the tile', async () => {
    const context = makeRunContext();
    const { features } = await readLayer(
      bytesSource(crossed, { href: 'https://tiles.example/3/4/2.mvt' }),
      context,
    );
    assert.equal(features.length, 1);
    assert.match(
      context.logged.join('\n'),
      /could not clip them to its extent, and they may reach beyond it/,
    );
  });
});
