import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { FeatureCollection, Geometry, Position } from 'geojson';
import { MediaType } from '../../../core/shared/uris.ts';
import { crs84 } from '../../../geo/crs/crs.ts';
import { writeLayer } from '../../../geo/formats/write.ts';
import { doubledArea, wound } from '../../../geo/geometry/winding.ts';

const ring = (size: number): Position[] => [
  [0, 0],
  [size, 0],
  [size, size],
  [0, size],
  [0, 0],
];
const [outer, hole] = [ring(9), ring(3)];
const right = [outer, hole.toReversed()];

describe('winding', () => {
  it('follows the right-hand rule whichever way the rings came', () => {
    const either = (one: Position[]) => fc.constantFrom(one, one.toReversed());
    fc.assert(
      fc.property(either(outer), either(hole), (one, other) => {
        const polygon: Geometry = { type: 'Polygon', coordinates: [one, other] };
        const many: Geometry = { type: 'MultiPolygon', coordinates: [[one, other], [other]] };
        const all = wound({ type: 'GeometryCollection', geometries: [polygon, many] });
        assert.equal(all.type, 'GeometryCollection');
        const [polygonBack, manyBack] = (all as { geometries: Geometry[] }).geometries;
        const rings = [
          ...(polygonBack as { coordinates: Position[][] }).coordinates,
          ...(manyBack as { coordinates: Position[][][] }).coordinates.flat(),
        ];
        assert.deepEqual(
          rings.map((one) => Math.sign(doubledArea(one))),
          [1, -1, 1, -1, 1],
        );
      }),
    );
  });

  it('leaves what is right as it is', () => {
    const polygon: Geometry = { type: 'Polygon', coordinates: right };
    assert.equal(wound(polygon), polygon);
  });

  it('is that of RFC 7946 in every kind of GeoJSON that is written', async () => {
    const geometry: Geometry = { type: 'Polygon', coordinates: [outer.toReversed(), hole] };
    const features = [{ type: 'Feature', properties: {}, geometry } as const];
    for (const mediaType of [MediaType.geojson, MediaType.geojsonSequence]) {
      const { bytes } = await writeLayer({ features, crs: crs84 }, mediaType);
      const text = Buffer.from(bytes).toString().replace('\u001e', '');
      const value = JSON.parse(text) as FeatureCollection;
      const written = (value.features ?? [value])[0] as { geometry: Geometry };
      assert.deepEqual(written.geometry, { type: 'Polygon', coordinates: right }, mediaType);
    }
  });
});
