import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MediaType } from '../../../../core/shared/uris.ts';
import { parseCrs } from '../../../../geo/crs/find-crs.ts';
import { readLayer } from '../../../../geo/formats/read.ts';
import { writeLayer } from '../../../../geo/formats/write.ts';
import type { LayerFeature } from '../../../../geo/layer/layer.ts';
import { bytesSource, makeRunContext, valueSource } from '../support.ts';

const utm = 'http://www.opengis.net/def/crs/EPSG/0/32632';
const place = { type: 'Point', coordinates: [500_000, 5_000_000] };
/** By PROJ 9.5.1, from EPSG:32632 to OGC:CRS84. */
const [longitude, latitude] = [9, 45.153477183356024];
const feature = (members: object) => ({ type: 'Feature', properties: { a: 1 }, geometry: null, ...members });
const collection = (members: object, ...features: object[]) => ({
  type: 'FeatureCollection',
  ...members,
  features,
});
const read = (value: unknown) => readLayer(valueSource(value), makeRunContext());

describe('JSON-FG (OGC 21-045r1)', () => {
  it('has places in its CRS, named in any way on the collection or the feature', async () => {
    for (const coordRefSys of [utm, '[EPSG:32632]', { type: 'Reference', href: utm }]) {
      for (const value of [
        collection({ coordRefSys }, feature({ place })),
        collection({}, feature({ place, coordRefSys })),
        feature({ place, coordRefSys, geometry: { type: 'Point', coordinates: [1, 2] } }),
      ]) {
        const { features, crs } = await read(value);
        assert.equal(crs.name, 'EPSG:32632');
        assert.deepEqual(features[0]?.geometry, place);
      }
    }
  });

  it('has geometries in WGS 84, whatever coordRefSys says', async () => {
    const geometry = { type: 'Point', coordinates: [longitude, latitude] };
    const alone = await read(collection({ coordRefSys: utm }, feature({ geometry })));
    assert.ok(alone.crs.isGeographic);
    assert.deepEqual(alone.features[0]?.geometry, geometry);
    const beside = await read(
      collection({ coordRefSys: utm }, feature({ place }), feature({ geometry, place: null })),
    );
    const [x, y] = (beside.features[1]!.geometry as unknown as { coordinates: [number, number] }).coordinates;
    assert.ok(Math.hypot(x - 500_000, y - 5_000_000) < 0.01, `${x}, ${y}`);
  });

  it('names the place of what is wrong', async () => {
    const broken = { type: 'Point', coordinates: ['5', 5] };
    await assert.rejects(
      read(collection({ coordRefSys: utm }, feature({ place: broken }))),
      /features\/0\/place\/coordinates/,
    );
    const other = feature({ place, coordRefSys: '[EPSG:28992]' });
    await assert.rejects(
      read(collection({ coordRefSys: utm }, feature({ place }), other)),
      /features\/1\/coordRefSys: is EPSG:28992, but other places/,
    );
  });

  it('is written with both, and comes back as it was', async () => {
    const features = [feature({ geometry: place, id: 'x' }) as LayerFeature];
    const { bytes } = await writeLayer({ features, crs: parseCrs(utm, '/') }, MediaType.jsonFg);
    const written = JSON.parse(Buffer.from(bytes).toString());
    assert.equal(written.coordRefSys, utm);
    assert.deepEqual(written.features[0].place, place);
    const [x, y] = written.features[0].geometry.coordinates;
    assert.ok(Math.hypot(x - longitude, y - latitude) < 1e-6, `${x}, ${y}`);
    const back = await readLayer(bytesSource(bytes, { mediaType: MediaType.jsonFg }), makeRunContext());
    assert.equal(back.crs.name, 'EPSG:32632');
    assert.deepEqual(back.features, features);
  });
});
