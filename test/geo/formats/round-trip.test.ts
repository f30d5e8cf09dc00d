import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry } from 'geojson';
import { layerFormats } from '../../../core/shared/formats.ts';
import { MediaType } from '../../../core/shared/uris.ts';
import { crs84, isWgs84 } from '../../../geo/crs/crs.ts';
import { readLayer } from '../../../geo/formats/read.ts';
import { writeLayer } from '../../../geo/formats/write.ts';
import { keptWkb } from '../../../geo/geometry/lazy-geometry.ts';
import type { LayerContent, LayerFeature } from '../../../geo/layer/layer.ts';
import { type Carrier, chooseCarrier } from './carried.ts';
import { bytesSource, inOrderOfContent, makeRunContext } from './support.ts';

const throughFile = async (layer: LayerContent, mediaType: string) => {
  const { bytes } = await writeLayer(layer, mediaType);
  return readLayer(bytesSource(bytes, { mediaType }), makeRunContext());
};

const same: Pick<Carrier, 'geometry' | 'value'> = { geometry: (one) => one, value: (one) => one };

/** Doubles beyond 2^53 have no decimals, and where a format has no types they come back as the integers that they are. */
const asNumber = (value: unknown) => (typeof value === 'bigint' ? Number(value) : value);

/** Some are kept as WKB until someone asks for more. */
const withCoordinates = (geometry: Geometry): Geometry =>
  geometry.type !== 'GeometryCollection' && keptWkb(geometry)
    ? ({ type: geometry.type, coordinates: geometry.coordinates } as Geometry)
    : geometry;

/** Properties that are absent in one feature and not in others come back as null; compare without nulls. */
const comparable = (
  { geometry, properties: values }: LayerFeature,
  carried: Pick<Carrier, 'geometry' | 'value'> = same,
) => ({
  geometry: geometry && carried.geometry(withCoordinates(geometry)),
  properties: Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === null ? [] : [[name, asNumber(carried.value(value))]],
    ),
  ),
});

const ordered = <T>(features: readonly T[], mediaType: string): readonly T[] =>
  mediaType === MediaType.flatgeobuf ? inOrderOfContent(features) : features;

const arbitraryLayers = ({ geometries, properties }: Carrier): fc.Arbitrary<LayerContent> =>
  fc
    .oneof(
      ...geometries.map((geometry) =>
        fc.array(fc.record({ geometry: fc.option(geometry), properties }), { minLength: 1, maxLength: 6 }),
      ),
    )
    .map((features) => ({
      crs: crs84,
      features: features.map((feature) => ({ type: 'Feature', ...feature })),
    }));

for (const { mediaType, title } of layerFormats) {
  const carrier = chooseCarrier(mediaType);
  const layers = arbitraryLayers(carrier);

  describe(`a layer through ${title}`, () => {
    it('keeps geometries and properties with their types', async () => {
      await fc.assert(
        fc.asyncProperty(layers, async (layer) => {
          // A table has a field at the least: where there are no properties it has numbers.
          const isBare = layer.features.every(({ properties }) => Object.keys(properties).length === 0);
          fc.pre(mediaType !== MediaType.shapefile || !isBare);
          const read = await throughFile(layer, mediaType);
          assert.deepEqual(
            ordered(
              read.features.map((feature) => comparable(feature)),
              mediaType,
            ),
            ordered(
              layer.features.map((feature) => comparable(feature, carrier)),
              mediaType,
            ),
          );
          // GeoPackage and FlatGeobuf know the same coordinates by their EPSG number.
          assert.ok(isWgs84(read.crs));
          assert.equal(read.mediaType, mediaType);
        }),
        { numRuns: 60 },
      );
    });

    it('gives the same bytes each time', async () => {
      const [layer] = fc.sample(layers, { numRuns: 1, seed: 7 });
      const [one, other] = [await writeLayer(layer!, mediaType), await writeLayer(layer!, mediaType)];
      assert.deepEqual(one.bytes, other.bytes);
      assert.equal(one.mediaType, mediaType);
    });

    it('may be empty', async () => {
      assert.deepEqual((await throughFile({ features: [], crs: crs84 }, mediaType)).features, []);
    });

    it('keeps ids, as ids or as a property', async () => {
      const geometry: Geometry = { type: 'Point', coordinates: [5, 52] };
      const features = ['x', 'y'].map(
        (id): LayerFeature => ({ type: 'Feature', id, properties: { a: 1 }, geometry }),
      );
      const read = await throughFile({ features, crs: crs84 }, mediaType);
      const carried = read.features.map(({ id, properties: values }) =>
        typeof id === 'string' ? id : values['id'],
      );
      assert.deepEqual(carried, ['x', 'y']);
    });

    it('holds mixed values of one property, as they are or as text', async () => {
      const values = [1, 1.5, 'one', true, null, { a: [1] }, Number.MAX_SAFE_INTEGER];
      const features = values.map(
        (value): LayerFeature => ({ type: 'Feature', properties: { value }, geometry: null }),
      );
      const read = await throughFile({ features, crs: crs84 }, mediaType);
      assert.deepEqual(
        read.features.map(({ properties: read }) => read['value']),
        values.map(carrier.mixed),
      );
    });
  });
}

describe('a GeoPackage', () => {
  it('keeps ascending integer ids as keys', async () => {
    const features = [3, 7].map(
      (id): LayerFeature => ({ type: 'Feature', id, properties: {}, geometry: null }),
    );
    const read = await throughFile({ features, crs: crs84 }, MediaType.geopackage);
    assert.deepEqual(read.features, features);
  });

  it('keeps properties whose names are those of its own columns or differ by case', async () => {
    const values = { fid: 9, geom: 'x', name: 'a' };
    const features: LayerFeature[] = [{ type: 'Feature', properties: values, geometry: null }];
    const read = await throughFile({ features, crs: crs84 }, MediaType.geopackage);
    assert.deepEqual(read.features[0]!.properties, values);
  });

  it('says which layers it has when another is asked for', async () => {
    const { bytes } = await writeLayer({ features: [], crs: crs84 }, MediaType.geopackage);
    const source = bytesSource(bytes, { mediaType: MediaType.geopackage, layer: 'roads' });
    await assert.rejects(readLayer(source, makeRunContext()), /no layer "roads".*its layers: result/);
  });
});
