import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry, Position } from 'geojson';
import { loadGeos } from '../../../geo/geos/geos.ts';
import process from '../../../processes/minimum-bounding-geometry/process.ts';
import { run } from '../../../processes/minimum-bounding-geometry/run.ts';
import { starPolygons } from '../../geo/formats/arbitraries.ts';
import { roundStyle as style } from '../support/buffers.ts';
import { assertSameVertices, crsMember, listPositions } from '../support/geometries.ts';
import { computeArea, layerProcess, line, makeLayer, point, rectangle } from '../support/layers.ts';
import { describeOneToOne } from '../support/one-to-one.ts';
import { oracle } from '../support/oracle.ts';

const geos = await loadGeos();
const { computeFeatures, catchFaults } = layerProcess(process, run);

describeOneToOne(process, run);

describe('shapes agree with shapely', () => {
  const { input, expected, layer } = oracle('bounding_shapes');
  for (const shape of ['envelope', 'orientedRectangle', 'circle']) {
    it(shape, async () => {
      for (const [index, result] of (
        await computeFeatures({ features: makeLayer(input), shape })
      ).entries()) {
        assertSameVertices(result.geometry, expected[index][shape]);
        if (shape !== 'circle') continue;
        const radius = result.properties['radius'] as number;
        assert.ok(Math.abs(radius / expected[index].radius - 1) < 1e-9);
      }
    });

    it(`${shape} of a layer`, async () => {
      const [result, ...others] = await computeFeatures({
        features: makeLayer(layer.input),
        shape,
        scope: 'layer',
      });
      assert.equal(others.length, 0);
      assertSameVertices(result!.geometry, layer.expected[shape]);
      const properties = shape === 'circle' ? ['radius'] : [];
      assert.deepEqual(Object.keys(result!.properties), properties);
    });
  }
});

describe('rectangles', () => {
  it('cover their polygon; the oriented one is no larger than the envelope', async () => {
    await fc.assert(
      fc.asyncProperty(starPolygons(), async (polygon) => {
        const [envelope] = await computeFeatures({ features: polygon });
        const [oriented] = await computeFeatures({ features: polygon, shape: 'orientedRectangle' });
        for (const { geometry } of [envelope!, oriented!]) {
          // The corners of the oriented rectangle are rounded.
          assert.ok(
            geos.scope((scope) =>
              scope.covers(scope.buffer(scope.read(geometry), 1e-9, style), scope.read(polygon)),
            ),
          );
        }
        assert.ok(
          computeArea(geos, oriented!.geometry) <= computeArea(geos, envelope!.geometry) * (1 + 1e-9),
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe('circles', () => {
  it('reach all vertices with their radius, and two of them at least', async () => {
    await fc.assert(
      fc.asyncProperty(starPolygons(), async (polygon) => {
        const [result] = await computeFeatures({ features: polygon, shape: 'circle' });
        const radius = result!.properties['radius'] as number;
        const ring = listPositions(result!.geometry).slice(1);
        const mean = (axis: number) => ring.reduce((sum, position) => sum + position[axis]!, 0) / ring.length;
        const [x, y] = [mean(0), mean(1)];
        const distances = listPositions(polygon)
          .slice(1)
          .map(([a, b]: Position) => Math.hypot(a! - x, b! - y));
        assert.ok(Math.max(...distances) < radius * (1 + 1e-6));
        assert.ok(distances.filter((distance) => distance > radius * (1 - 1e-6)).length >= 2);
      }),
      { numRuns: 100 },
    );
  });

  it('have a radius in units of the plane', async () => {
    const diagonal = { ...makeLayer([line([155_000, 463_000], [155_600, 463_800])]), ...crsMember(28992) };
    const [result] = await computeFeatures({ features: diagonal, shape: 'circle' });
    assert.ok(Math.abs((result!.properties['radius'] as number) - 500) < 1e-9);
  });

  it('of one place are that place', async () => {
    const [result] = await computeFeatures({ features: point(3, 4), shape: 'circle' });
    assert.deepEqual([result!.geometry, result!.properties], [point(3, 4), { radius: 0 }]);
  });

  it('are cut at the antimeridian, and refused over a pole', async () => {
    const [result] = await computeFeatures({ features: rectangle(170, -5, 180, 5), shape: 'circle' });
    assert.equal(result!.geometry.type, 'MultiPolygon');
    const north = await catchFaults({ features: rectangle(0, 60, 60, 90), shape: 'circle' });
    assert.match(north[0]!, /^\/inputs\/features: .*North pole.*EPSG:3995/);
    const south: Geometry = rectangle(0, -90, 60, -60);
    const whole = await catchFaults({ features: makeLayer([south]), shape: 'circle', scope: 'layer' });
    assert.match(whole[0]!, /^\/inputs\/features: .*South pole.*EPSG:3031/);
  });
});
