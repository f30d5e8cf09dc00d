import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { summariseGeojson } from '../../../web/form/geojson-summary.ts';

const point = (x: number, y: number) => ({
  type: 'Feature',
  properties: { name: 'a' },
  geometry: { type: 'Point', coordinates: [x, y] },
});

describe('what a form says of GeoJSON', () => {
  it('is said at once where it is plain', () => {
    assert.equal(summariseGeojson(point(5, 52))?.text, '1 feature · Point · name');
    assert.equal(summariseGeojson({ type: 'FeatureCollection', features: [] })?.text, '0 features');
  });

  it('is asked of the service where positions are no degrees and nothing says what they are', () => {
    assert.equal(summariseGeojson(point(155_000, 463_000)), undefined);
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::28992' } };
    assert.ok(summariseGeojson({ ...point(155_000, 463_000), crs }));
    assert.ok(summariseGeojson(point(155_000, 463_000), true));
  });

  it('is nothing of what is no GeoJSON', () => {
    assert.equal(summariseGeojson({ href: 'https://example.org/a.fgb' }), undefined);
    assert.equal(summariseGeojson('POINT(1 2)'), undefined);
  });
});
