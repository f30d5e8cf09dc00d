import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { FeatureCollection, Geometry } from 'geojson';
import { loadGeos } from '../../../geo/geos/geos.ts';
import { isEmptyGeometry } from '../../../geo/layer/layer.ts';
import process from '../../../processes/buffer/process.ts';
import { run } from '../../../processes/buffer/run.ts';
import { starPolygons } from '../../geo/formats/arbitraries.ts';
import { computeBuffer, roundStyle as style } from '../support/buffers.ts';
import { execute } from '../support/execute.ts';
import { isValid } from '../support/oracle.ts';

const geos = await loadGeos();
const covers = (one: Geometry, other: Geometry) =>
  geos.scope((scope) => scope.covers(scope.read(one), scope.read(other)));

describe('buffers of valid polygons', () => {
  it('are valid and cover the polygon, in the plane', () => {
    fc.assert(
      fc.property(starPolygons(), fc.double({ min: 1e-3, max: 5, noNaN: true }), (polygon, distance) => {
        const area = computeBuffer(polygon, distance, style, geos);
        assert.ok(isValid(geos, area));
        assert.ok(covers(area, polygon));
      }),
      { numRuns: 100 },
    );
  });

  it('are covered by the polygon where the distance is negative', () => {
    fc.assert(
      fc.property(starPolygons(), fc.double({ min: 1e-3, max: 5, noNaN: true }), (polygon, distance) => {
        const area = computeBuffer(polygon, -distance, style, geos);
        assert.ok(isValid(geos, area));
        // Nothing is covered by nothing, so that an area that vanished is told apart.
        assert.ok(isEmptyGeometry(area) || covers(polygon, area));
      }),
      { numRuns: 100 },
    );
  });

  it('are valid on the globe, within its bounds, and cover the polygon', async () => {
    await fc.assert(
      fc.asyncProperty(
        starPolygons(),
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.double({ min: -75, max: 75, noNaN: true }),
        fc.integer({ min: 100, max: 100_000 }),
        async (polygon, longitude, latitude, distance) => {
          const placed = placedAt(polygon, longitude, latitude);
          const { outputs } = await execute(process, run, { inputs: { features: placed, distance } });
          const { geometry } = (outputs['result'] as FeatureCollection).features[0]!;
          assert.ok(isValid(geos, geometry));
          const positions = (geometry as { coordinates: unknown[] } & Geometry).coordinates.flat(
            10,
          ) as number[];
          assert.ok(positions.every((value) => Math.abs(value) <= 180));
          const inside = {
            ...placed,
            coordinates: placed.coordinates.map((ring) => ring.map(([x, y]) => [turned(x!), y!])),
          };
          const crosses = positions.includes(180) || positions.includes(-180);
          assert.ok(crosses || covers(geometry, inside));
        },
      ),
      { numRuns: 40 },
    );
  });
});

const turned = (longitude: number) => longitude - 360 * Math.round(longitude / 360);

/** A polygon of some kilometres at a place on the globe. */
const placedAt = (
  polygon: { type: 'Polygon'; coordinates: number[][][] },
  longitude: number,
  latitude: number,
) => ({
  ...polygon,
  coordinates: polygon.coordinates.map((ring) =>
    ring.map(([x, y]) => [longitude + x! / 50, latitude + y! / 50]),
  ),
});
