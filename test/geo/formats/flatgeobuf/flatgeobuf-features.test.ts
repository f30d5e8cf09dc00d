import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Geometry } from 'geojson';
import { inferColumns } from '../../../../geo/formats/common/columns.ts';
import { FeatureWriter } from '../../../../geo/formats/flatgeobuf/flatgeobuf-features.ts';
import type { LayerFeature, Properties } from '../../../../geo/layer/layer.ts';

const feature = (geometry: Geometry | null, properties: Properties): LayerFeature => ({
  type: 'Feature',
  properties,
  geometry,
});
const point = (...coordinates: number[]): Geometry => ({ type: 'Point', coordinates });

describe('a feature of FlatGeobuf', () => {
  it('is written as if it were the first, whatever was written before it', () => {
    const features = [
      feature(point(1, 2), { name: 'one', count: 1 }),
      feature(point(-3.5, 4e300), { name: 'two', count: -2 }),
      feature(point(5, 6), { name: 'longer', count: null }),
      feature(point(7, 8), { name: null, count: null }),
      feature(point(-7, -8), { name: null, count: null }),
      feature(point(1, 2, 3), { name: 'six', count: 3 }),
      feature(point(), { name: 'two', count: 4 }),
      feature(null, { name: 'two', count: 4 }),
      feature(point(Number.NaN, 1), { name: 'two', count: 4 }),
      feature({ type: 'MultiPoint', coordinates: [[9, 9]] }, { name: 'two', count: 4 }),
      feature(point(10, 11), { name: 'éé', count: 5 }),
      feature(point(12, 13), { name: 'four', count: 6 }),
      feature(point(14, 15), { name: 'x'.repeat(2000), count: 6 }),
      feature(point(16, 17), { name: 'y'.repeat(2000), count: 6 }),
    ];
    const columns = inferColumns(features);
    const writer = new FeatureWriter(columns, false);
    for (const each of features) {
      const written = Buffer.from(writer.write(each));
      assert.deepEqual(written, Buffer.from(new FeatureWriter(columns, false).write(each)));
    }
  });
});
