import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LimitExceeded } from '../../../../core/shared/errors.ts';
import { bytesSource, makeRunContext } from '../support.ts';

// Of a function with so many megabytes, of which GDAL gets a part. It is read when GDAL is first loaded.
process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] = '128';
const { readLayer } = await import('../../../../geo/formats/read.ts');
const { Engine } = await import('../../../../geo/gdal/engine.ts');

/** A point with a text, of which GDAL makes copy after copy. */
const read = (length: number) => {
  const properties = { text: 'x'.repeat(length) };
  const point = { type: 'Point', coordinates: [5, 52], properties };
  const objects = { points: { type: 'GeometryCollection', geometries: [point] } };
  const text = JSON.stringify({ type: 'Topology', arcs: [], objects });
  const href = 'https://data.example/points.topojson';
  return readLayer(bytesSource(Buffer.from(text), { href }), makeRunContext());
};

describe('a layer for which GDAL needs more memory than the worker has', () => {
  it('is refused as too large, and the next file has a GDAL of its own', async () => {
    const first = await Engine.load();
    assert.equal((await read(3)).features.length, 1);
    assert.equal(await Engine.load(), first);
    await assert.rejects(read(120_000_000), (error) => {
      assert.ok(error instanceof LimitExceeded, String(error));
      assert.match(error.message, /needs more memory to read than the worker has/);
      return error.status === 413;
    });
    assert.equal((await read(3)).features.length, 1);
    assert.notEqual(await Engine.load(), first);
  });
});
