import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MediaType } from '../../../../core/shared/uris.ts';
import { readLayer } from '../../../../geo/formats/read.ts';
import { writeLayer } from '../../../../geo/formats/write.ts';
import type { LayerFeature } from '../../../../geo/layer/layer.ts';
import { crsFrom } from '../../../support/crs.ts';
import { bytesSource, makeRunContext } from '../support.ts';

/** What is particular to sequences of GeoJSON texts (RFC 8142), and to GeoJSON with one text per line. */
const mediaType = MediaType.geojsonSequence;
const read = (content: string, declared: string = mediaType) =>
  readLayer(bytesSource(Buffer.from(content), { mediaType: declared }), makeRunContext());
const feature = (name: string): LayerFeature => ({
  type: 'Feature',
  properties: { name },
  geometry: { type: 'Point', coordinates: [5, 52] },
});
const [one, two] = [feature('a'), feature('b')];
const separated = (...texts: unknown[]) =>
  texts.map((text) => `\u001e${JSON.stringify(text, null, 2)}\n`).join('');

describe('a sequence of GeoJSON texts', () => {
  it('has record separators, and may have lines within texts', async () => {
    const layer = await read(separated(one, two));
    assert.deepEqual(layer.features, [one, two]);
    assert.equal(layer.mediaType, mediaType);
    assert.equal(layer.geometryPointer(1), '/inputs/features/features/1/geometry');
  });

  it('may have a text per line, also as other types that say so', async () => {
    const lines = `${JSON.stringify(one)}\r\n\n${JSON.stringify(two)}`;
    for (const declared of [mediaType, 'application/x-ndjson', 'application/octet-stream'])
      assert.deepEqual((await read(lines, declared)).features, [one, two]);
  });

  it('may hold geometries and collections', async () => {
    const collection = { type: 'FeatureCollection', features: [one, two] };
    const { features } = await read(separated(one.geometry, collection));
    assert.deepEqual(features, [{ ...one, properties: {} }, one, two]);
  });

  it('is in the CRS that its first text names', async () => {
    const crs = { type: 'name', properties: { name: 'EPSG:28992' } };
    assert.equal((await read(separated({ ...one, crs }, { ...two, crs }))).crs.name, 'EPSG:28992');
    await assert.rejects(read(separated(one, { ...two, crs })), /text 2 names a different CRS/);
  });

  it('is written in CRS84 with separators', async () => {
    const { bytes } = await writeLayer({ features: [one, two], crs: crsFrom('EPSG:4326') }, mediaType);
    const expected = [one, two].map((each) => `\u001e${JSON.stringify(each)}\n`).join('');
    assert.equal(Buffer.from(bytes).toString(), expected);
    const dutch: LayerFeature = { ...one, geometry: { type: 'Point', coordinates: [155_000, 463_000] } };
    const moved = await writeLayer({ features: [dutch], crs: crsFrom('EPSG:28992') }, mediaType);
    assert.match(Buffer.from(moved.bytes).toString(), /"coordinates":\[5\.38\d+,52\.15\d+\]/);
  });

  it('is refused where a text is broken, naming it', async () => {
    await assert.rejects(read(`${separated(one)}\u001e{"type":`), /sequence of GeoJSON texts: text 2: /);
    await assert.rejects(read(separated(one, 5)), /text 2: it must be a GeoJSON object/);
    await assert.rejects(read(separated({ type: 'Feature', properties: {} })), /features\/0.*"geometry"/);
  });
});
