import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LimitExceeded } from '../../../core/shared/errors.ts';
import { layerFormats } from '../../../core/shared/formats.ts';
import { MediaType } from '../../../core/shared/uris.ts';
import { crs84 } from '../../../geo/crs/crs.ts';

import { MAXIMUM_COLUMNS } from '../../../geo/formats/common/columns.ts';
import { readLayer } from '../../../geo/formats/read.ts';
import { writeLayer } from '../../../geo/formats/write.ts';
import type { LayerFeature, Properties } from '../../../geo/layer/layer.ts';
import { bytesSource, makeRunContext } from './support.ts';

const withColumns = [
  MediaType.csv,
  MediaType.flatgeobuf,
  MediaType.geopackage,
  MediaType.geoparquet,
  MediaType.kml,
  MediaType.shapefile,
];
const feature = (properties: Properties): LayerFeature => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates: [5, 52] },
});
const makeLayer = (features: LayerFeature[]) => ({ features, crs: crs84 });
const numbered = (count: number, first = 0): Properties =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${first + index}`, 1]));
const isRefused = ({ status, detail = '' }: LimitExceeded) =>
  status === 413 && /Ask for GeoJSON/.test(detail);

describe('the columns of a table', () => {
  test('are those of every format but GeoJSON', () => {
    const others = [MediaType.geojson, MediaType.geojsonSequence, MediaType.jsonFg];
    const formats = layerFormats.map(({ mediaType }) => mediaType);
    assert.deepEqual(
      formats.filter((type) => !others.includes(type as never)).toSorted(),
      withColumns.toSorted(),
    );
  });

  for (const mediaType of withColumns) {
    test(`are so many at most in ${mediaType}, and refused beyond`, async () => {
      const tooMany = makeLayer([feature(numbered(MAXIMUM_COLUMNS + 1))]);
      await assert.rejects(async () => writeLayer(tooMany, mediaType), isRefused);
      const own = Array.from({ length: 2000 }, (_, index) => feature(numbered(20, index * 20)));
      await assert.rejects(async () => writeLayer(makeLayer(own), mediaType), isRefused);
    });

    test(`are refused in ${mediaType} where nearly all of their fields would be null`, async () => {
      const sparse = Array.from({ length: 50_000 }, (_, index) => feature({ [`p${index % 1900}`]: 1 }));
      await assert.rejects(async () => writeLayer(makeLayer(sparse), mediaType), isRefused);
    });
  }

  test('may be as many as a GeoPackage holds', async () => {
    const { bytes } = await writeLayer(makeLayer([feature(numbered(MAXIMUM_COLUMNS))]), MediaType.geopackage);
    const { features } = await readLayer(
      bytesSource(bytes, { mediaType: MediaType.geopackage }),
      makeRunContext(),
    );
    assert.deepEqual({ ...features[0]?.properties }, numbered(MAXIMUM_COLUMNS));
  });

  test('do not matter to GeoJSON', async () => {
    const own = Array.from({ length: 2000 }, (_, index) => feature(numbered(20, index * 20)));
    assert.ok((await writeLayer(makeLayer(own), MediaType.geojson)).bytes.length > 100_000);
  });
});

describe('a column named __proto__', () => {
  const properties: Properties = JSON.parse('{"__proto__":"x","a":1}');
  for (const mediaType of [
    MediaType.csv,
    MediaType.flatgeobuf,
    MediaType.geopackage,
    MediaType.geoparquet,
    MediaType.kml,
    MediaType.shapefile,
  ]) {
    test(`is kept by ${mediaType}`, async () => {
      const { bytes } = await writeLayer(makeLayer([feature(properties)]), mediaType);
      const { features } = await readLayer(bytesSource(bytes, { mediaType }), makeRunContext());
      const own = features[0]?.properties ?? {};
      assert.deepEqual(Object.entries(own), [
        ['__proto__', 'x'],
        ['a', 1],
      ]);
      assert.equal(Object.getPrototypeOf(own), Object.prototype);
    });
  }
});
