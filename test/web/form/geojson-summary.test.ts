import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import process from '../../../processes/layer-info/process.ts';
import { run } from '../../../processes/layer-info/run.ts';
import { describeLayer } from '../../../web/form/description.ts';
import { summariseGeojson } from '../../../web/form/geojson-summary.ts';
import { execute } from '../../processes/support/execute.ts';

const point = (x: number, y: number, properties: object | null = { name: 'a' }) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates: [x, y] },
});
const collection = (...features: readonly object[]) => ({ type: 'FeatureCollection', features });
const polygon = (...ring: readonly (readonly number[])[]) => ({
  type: 'Feature',
  properties: {},
  geometry: { type: 'Polygon', coordinates: [ring] },
});

describe('what a form says of GeoJSON', () => {
  it('is said at once where it is plain', () => {
    const summary = summariseGeojson(point(5, 52));
    assert.ok(summary);
    assert.equal(describeLayer(summary).text, '1 feature · Point · OGC:CRS84');
    assert.equal(summariseGeojson(collection())?.count, 0);
  });

  it('is what the process layer-info says of the same', async () => {
    const layer = collection(
      point(5, 52, { name: 'a', height: 1.5, count: 2, flag: true, list: [1], mixed: 1 }),
      point(6, 53, { name: 'b', height: 3, count: 7, flag: null, list: [], mixed: 'x', none: null }),
      polygon([0, 0], [1, 0], [1, 1], [0, 0.5]),
      { type: 'Feature', properties: { name: 'b' }, geometry: null },
    );
    const { outputs } = await execute(process, run, { inputs: { features: layer } });
    const { format, wkt, ...expected } = outputs['result'] as Record<string, unknown>;
    assert.deepEqual(summariseGeojson(layer), expected);
  });

  it('is asked of the service where positions are no degrees and nothing says what they are, and of JSON-FG', () => {
    assert.equal(summariseGeojson(point(155_000, 463_000)), undefined);
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::28992' } };
    assert.equal(summariseGeojson({ ...point(155_000, 463_000), crs })?.crs, 'EPSG:28992');
    assert.ok(summariseGeojson(point(155_000, 463_000), true));
    assert.equal(summariseGeojson({ ...point(5, 52), coordRefSys: 'EPSG:28992' }), undefined);
  });

  it('is nothing of what is no GeoJSON', () => {
    assert.equal(summariseGeojson({ href: 'https://example.org/a.fgb' }), undefined);
    assert.equal(summariseGeojson('POINT(1 2)'), undefined);
    assert.equal(summariseGeojson(collection(null as never)), undefined);
  });
});
