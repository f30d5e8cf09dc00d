import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeLayer, describeRaster, type LayerAnswer } from '../../../web/form/description.ts';

const park: LayerAnswer = {
  count: 6,
  withoutGeometry: 1,
  geometryTypes: { Point: 4, Polygon: 1 },
  crs: 'CRS84',
  wkt: null,
  bbox: [5.0996, 52.0898, 5.1036, 52.0914],
  properties: [
    { name: 'species', type: 'text', count: 5, values: ['elm', 'lime', 'oak'] },
    { name: 'height', type: 'number', count: 4, min: 9, max: 22.1 },
    { name: 'note', type: 'text', count: 6 },
  ],
  faults: [],
};

describe('what a layer was read as', () => {
  it('is a line, an extent, and a row for each property', () => {
    const { text, extent, table, warnings, properties, place } = describeLayer(park);
    assert.equal(text, '6 features · 4 Point, 1 Polygon · 1 without geometry · CRS84');
    assert.equal(extent, '5.0996, 52.0898, 5.1036, 52.0914');
    assert.deepEqual(table.rows, [
      ['species', 'text', '3 different: elm, lime, oak · 1 without a value'],
      ['height', 'number', '9 to 22.1 · 2 without a value'],
      ['note', 'text', 'more than 20 different'],
    ]);
    assert.deepEqual(warnings, []);
    assert.deepEqual(properties, ['species', 'height', 'note']);
    assert.deepEqual(place, { extent: park.bbox });
  });

  it('warns of what was wrong: faults with their features, no CRS, no geometries', () => {
    const faults = Array.from({ length: 7 }, (_, feature) => ({
      feature,
      fault: 'has a ring that is not closed',
    }));
    const { warnings } = describeLayer({ ...park, crs: null, faults });
    assert.match(warnings[0] ?? '', /CRS\) is unknown/);
    assert.match(warnings[1] ?? '', /^7 geometries/);
    assert.equal(warnings[2], 'Feature 1 has a ring that is not closed.');
    assert.equal(warnings.at(-1), '… and 2 more.');
    const bare = { ...park, count: 6, withoutGeometry: 6, geometryTypes: {}, bbox: null };
    assert.deepEqual(describeLayer(bare).warnings, ['No feature has a geometry.']);
  });

  it('names a CRS without a code by its definition, and none that the form says', () => {
    const named = describeLayer({ ...park, crs: null, wkt: 'PROJCRS["My grid",BASEGEOGCRS["x"]]' });
    assert.match(named.text, /My grid$/);
    assert.deepEqual(named.warnings, []);
    const { crs, ...placed } = park;
    assert.deepEqual(describeLayer(placed).warnings, []);
  });
});

describe('what a raster was read as', () => {
  const raster = {
    width: 40,
    height: 30,
    crs: 'EPSG:28992',
    bbox: [0, 0, 1000, 750],
    resolution: [25, 25],
    bands: [
      { band: 1, dataType: 'float32', nodata: -9999, unit: 'm', description: 'elevation' },
      { band: 2, dataType: 'uint8', nodata: null, unit: null, description: null },
    ],
  };

  it('is a line, an extent, and a row for each band', () => {
    const { text, extent, table, warnings } = describeRaster(raster);
    assert.equal(text, '40 × 30 pixels · 2 bands · pixel size 25 × 25 · EPSG:28992');
    assert.equal(extent, '0, 0, 1000, 750');
    assert.deepEqual(table.rows, [
      ['1 elevation', 'float32 (m)', '-9999'],
      ['2', 'uint8', 'none'],
    ]);
    assert.deepEqual(warnings, []);
  });

  it('warns where it lies nowhere', () => {
    assert.equal(describeRaster({ ...raster, crs: null }).warnings.length, 1);
  });
});
