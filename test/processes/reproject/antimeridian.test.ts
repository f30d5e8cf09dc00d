import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FeatureCollection, Geometry } from 'geojson';
import { Crs84 } from '../../../core/shared/uris.ts';
import { countVertices } from '../../../geo/geometry/positions.ts';
import { computeBounds } from '../../../geo/layer/layer.ts';
import process from '../../../processes/reproject/process.ts';
import { run } from '../../../processes/reproject/run.ts';
import { execute } from '../support/execute.ts';

const feature = (geometry: Geometry) => ({ type: 'Feature', properties: {}, geometry });
const collection = (...features: object[]) => ({ type: 'FeatureCollection', features });
const reproject = async (inputs: object): Promise<FeatureCollection> => {
  const { outputs } = await execute(process, run, { inputs });
  return outputs['result'] as FeatureCollection;
};

describe('the antimeridian', () => {
  const square = (west: number, south: number, size: number): Geometry => ({
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
      ],
    ],
  });

  it('cuts what crosses it in a projected CRS', async () => {
    // The Pacific: its central meridian is 150 degrees east.
    const inputs = { sourceCrs: 'EPSG:3832', targetCrs: 'EPSG:4326' };
    const { features } = await reproject({
      ...inputs,
      features: collection(feature(square(3e6, -1e6, 1e6)), feature(square(1e6, -1e6, 1e6))),
    });
    assert.equal(features[0]!.geometry!.type, 'MultiPolygon');
    const [west, , east] = computeBounds([features[0]!.geometry])!;
    assert.deepEqual([west, east], [-180, 180]);
    assert.equal(features[1]!.geometry!.type, 'Polygon');
  });

  it('is a seam of areas around a pole', async () => {
    const { features } = await reproject({
      features: square(-1e6, -1e6, 2e6),
      sourceCrs: 'EPSG:3031',
      targetCrs: Crs84,
    });
    const [west, south, east] = computeBounds([features[0]!.geometry])!;
    assert.deepEqual([west, south, east], [-180, -90, 180]);
  });

  it('leaves alone what spans the globe without crossing it, and what was geographic', async () => {
    const world = 20_037_508.342789244;
    const wide = await reproject({
      features: square(-world, -world, 2 * world),
      sourceCrs: 'EPSG:3857',
      targetCrs: Crs84,
    });
    assert.deepEqual(wide.features[0]!.geometry!.type, 'Polygon');
    assert.equal(countVertices(wide.features[0]!.geometry), 5);
    const line: Geometry = {
      type: 'LineString',
      coordinates: [
        [-89, 0],
        [89, 1],
      ],
    };
    const same = await reproject({ features: line, targetCrs: 'EPSG:4258' });
    assert.deepEqual(same.features[0]!.geometry, line);
  });
});
