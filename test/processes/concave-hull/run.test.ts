import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry } from 'geojson';
import { loadGeos } from '../../../geo/geos/geos.ts';
import process from '../../../processes/concave-hull/process.ts';
import { run } from '../../../processes/concave-hull/run.ts';
import { assertSameVertices } from '../support/geometries.ts';
import { assertSameGeometry, computeArea, layerProcess, makeLayer, scaled } from '../support/layers.ts';
import { describeOneToOne } from '../support/one-to-one.ts';
import { isValid, oracle } from '../support/oracle.ts';

const geos = await loadGeos();
const { computeFeatures, catchFaults } = layerProcess(process, run);

describeOneToOne(process, run);

describe('hulls agree with shapely', () => {
  const { input, expected, layer } = oracle('bounding_shapes');
  for (const [index, { ratio, allowHoles }] of expected[0].concave.entries()) {
    it(`with the ratio ${ratio}${allowHoles ? ' and holes' : ''}`, async () => {
      const results = await computeFeatures({ features: makeLayer(input), ratio, allowHoles });
      for (const [position, { geometry }] of results.entries()) {
        const wanted: Geometry = expected[position].concave[index].geometry;
        assertSameVertices(geometry, wanted);
        assertSameGeometry(geos, geometry, wanted);
      }
      const whole = await computeFeatures({
        features: makeLayer(layer.input),
        ratio,
        allowHoles,
        scope: 'layer',
      });
      assertSameGeometry(geos, whole[0]!.geometry, layer.expected.concave[index].geometry);
    });
  }

  it('of a hundred points, with the default ratio', async () => {
    const fixture = oracle('concave_hull');
    // 0.3 is what the fixture has as well.
    assert.equal(fixture.params.ratio, 0.3);
    const [result] = await computeFeatures({ features: scaled(fixture.input, 1 / 2) });
    assertSameGeometry(geos, result!.geometry, scaled(fixture.expected.normalized, 1 / 2));
  });
});

describe('hulls', () => {
  const coordinate = fc.integer({ min: -80, max: 80 });
  const points = fc
    .uniqueArray(fc.tuple(coordinate, coordinate), {
      minLength: 5,
      maxLength: 40,
      selector: ([x, y]) => x * 1000 + y,
    })
    .map((coordinates): Geometry => ({ type: 'MultiPoint', coordinates }));

  it('are valid, cover all points, and grow with the ratio', async () => {
    await fc.assert(
      fc.asyncProperty(points, async (geometry) => {
        const hulls = [];
        for (const ratio of [0, 0.5, 1])
          hulls.push(...(await computeFeatures({ features: geometry, ratio })));
        for (const { geometry: hull } of hulls) {
          assert.ok(isValid(geos, hull));
          assert.ok(geos.scope((scope) => scope.covers(scope.read(hull), scope.read(geometry))));
        }
        const [tight, middle, convex] = hulls.map(({ geometry: hull }) => computeArea(geos, hull));
        assert.ok(tight! <= middle! && middle! <= convex!);
      }),
      { numRuns: 50 },
    );
  });

  it('have a ratio from 0 to 1', async () => {
    const features: Geometry = { type: 'Point', coordinates: [0, 0] };
    for (const ratio of [-0.1, 1.1])
      assert.match((await catchFaults({ features, ratio }))[0]!, /^\/inputs\/ratio: /);
  });
});
