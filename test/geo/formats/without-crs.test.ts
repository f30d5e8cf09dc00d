import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { unzipSync, zipSync } from 'fflate';
import type { InvalidRequest } from '../../../core/shared/errors.ts';
import { MediaType } from '../../../core/shared/uris.ts';
import { readLayer } from '../../../geo/formats/read.ts';
import { writeLayer } from '../../../geo/formats/write.ts';
import { crsFrom } from '../../support/crs.ts';
import { bytesSource, makeRunContext, valueSource } from './support.ts';

const coordinates = Array.from({ length: 300 }, (_, index) => [133_000 + index, 455_000]);
const line = { type: 'LineString', coordinates } as const;
const layer = {
  features: [{ type: 'Feature', properties: {}, geometry: line }] as never,
  crs: crsFrom('EPSG:28992'),
};

describe('coordinates that are no degrees, and nothing that says what they are', () => {
  test('a Shapefile without its .prj is one fault that says so', async () => {
    const { bytes } = await writeLayer(layer, MediaType.shapefile);
    const { 'result.prj': _, ...rest } = unzipSync(bytes);
    const source = bytesSource(zipSync(rest), { mediaType: MediaType.shapefile });
    await assert.rejects(readLayer(source, makeRunContext()), ({ faults }: InvalidRequest) => {
      assert.equal(faults.length, 1);
      assert.match(
        faults[0]?.detail ?? '',
        /the Shapefile has no \.prj.*\[133000,455000\].*Add the \.prj to the zip, or set the input "sourceCrs"/,
      );
      return (faults[0]?.detail.length ?? 0) < 500;
    });
    const stated = await readLayer(source, makeRunContext(), crsFrom('EPSG:28992'));
    assert.equal(stated.features.length, 1);
  });

  test('GeoJSON: the first position, and how to name the CRS', async () => {
    const value = { type: 'FeatureCollection', features: layer.features };
    await assert.rejects(readLayer(valueSource(value), makeRunContext()), ({ faults }: InvalidRequest) => {
      assert.deepEqual(
        faults.map(({ pointer }) => pointer),
        ['/inputs/features/features/0/geometry/coordinates/0', '/inputs/features'],
      );
      return /must name its CRS in a "crs" member/.test(faults[1]?.detail ?? '');
    });
  });

  test('GeoJSON of one position too, but not where the others are degrees', async () => {
    const feature = (x: number, y: number) => ({
      type: 'Feature',
      properties: {},
      geometry: { type: 'Point', coordinates: [x, y] },
    });
    const faultsOf = async (features: object[]) => {
      const value = { type: 'FeatureCollection', features };
      const error = await readLayer(valueSource(value), makeRunContext()).catch((thrown: unknown) => thrown);
      return (error as InvalidRequest).faults.map(({ pointer }) => pointer);
    };
    const first = '/inputs/features/features/0/geometry/coordinates';
    assert.deepEqual(await faultsOf([feature(155_000, 463_000)]), [first, '/inputs/features']);
    assert.deepEqual(await faultsOf([feature(155_000, 463_000), feature(5, 52)]), [first]);
  });
});
