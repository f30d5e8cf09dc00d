import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MediaType } from '../../../core/shared/uris.ts';
import { crs84 } from '../../../geo/crs/crs.ts';
import { readLayer } from '../../../geo/formats/read.ts';
import { writeLayer } from '../../../geo/formats/write.ts';
import { bytesSource, makeRunContext } from './support.ts';

test('heights that are nearly 0 are not written as another number: GDAL cuts the exponent of 1.001E-10', async () => {
  for (const height of [-1.0004999999995e-10, 1.16e-10, 9.99e-10]) {
    const geometry = {
      type: 'LineString',
      coordinates: [
        [0, 0, height],
        [1, 1, 0],
      ],
    } as const;
    const line = { type: 'Feature', properties: {}, geometry: structuredClone(geometry) } as never;
    const { bytes, remarks } = await writeLayer({ features: [line], crs: crs84 }, MediaType.gml);
    const read = await readLayer(bytesSource(bytes, { mediaType: MediaType.gml }), makeRunContext());
    const [feature] = read.features;
    assert.deepEqual(JSON.parse(JSON.stringify(feature?.geometry)).coordinates[0], [0, 0, 0]);
    assert.match(remarks.join(), /nearer to 0 than 1e-9 are 0/);
  }
});
