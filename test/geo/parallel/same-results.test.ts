import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry } from 'geojson';
import type { Run } from '../../../core/processes/declaration.ts';
import { loadGeos } from '../../../geo/geos/geos.ts';
import { unionGeometries } from '../../../geo/geos/union.ts';
import { helperThreads } from '../../../geo/parallel/helper-threads.ts';
import { processes } from '../../../processes/index.ts';
import { roundStyle as style } from '../../processes/support/buffers.ts';
import { execute } from '../../processes/support/execute.ts';
import { bowtie, computeArea, makeLayer, point } from '../../processes/support/layers.ts';
import { starPolygons } from '../formats/arbitraries.ts';
import { makeRunContext } from '../formats/support.ts';

helperThreads.use(new URL('../../../geo/helper.ts', import.meta.url));
after(async () => {
  await helperThreads.end();
});

/** Layers with features enough for several parts; some overlap, some are invalid, some are not there. */
const layers = fc
  .array(
    fc.oneof(
      { weight: 20, arbitrary: starPolygons() },
      { weight: 1, arbitrary: fc.constantFrom<Geometry | null>(bowtie, null) },
    ),
    { minLength: 40, maxLength: 60 },
  )
  .map((geometries) => makeLayer(geometries));

const cases: Readonly<Record<string, object>> = {
  buffer: { distance: 1000 },
  'buffer, dissolved': { distance: 1000, dissolve: true },
  'concave-hull': {},
  'concave-hull, in a plane': { crs: 'EPSG:3857', ratio: 0.1 },
  dissolve: {},
  'h3-cells': { resolution: 3 },
  'make-valid': {},
  simplify: { tolerance: 1000 },
  reproject: { targetCrs: 'EPSG:3035' },
  clip: { overlay: true },
  difference: { overlay: true },
  intersection: { overlay: true },
  union: { overlay: true },
  'symmetric-difference': { overlay: true },
  'spatial-join': { overlay: true, predicate: 'overlaps' },
  'spatial-join, disjoint': { overlay: true, predicate: 'disjoint' },
  nearest: { overlay: true, k: 3 },
  'nearest, in a plane': { overlay: true, crs: 'EPSG:3857' },
  'select-by-location': { overlay: true, predicate: 'contains' },
};

describe('processes whose work is shared', () => {
  for (const [name, inputs] of Object.entries(cases)) {
    const id = name.split(',')[0]!;
    it(`${name} gives the same bytes with none, one and two helpers`, async () => {
      const declaration = processes.find((process) => process.id === id)!;
      const { run } = (await import(`../../../processes/${id}/run.ts`)) as { run: Run<never> };
      await fc.assert(
        fc.asyncProperty(layers, layers, async (features, overlay) => {
          const given = { ...inputs, features, ...('overlay' in inputs && { overlay }) };
          const results: string[] = [];
          for (const helpers of [0, 1, 2]) {
            helperThreads.configure(helpers, 1);
            const { outputs } = await execute(declaration, run, { inputs: given });
            results.push(JSON.stringify(outputs));
          }
          assert.equal(results[1], results[0]);
          assert.equal(results[2], results[0]);
        }),
        { numRuns: 5 },
      );
    });
  }

  it('unites many geometries to the same bytes, although these are united in pieces', async () => {
    const geos = await loadGeos();
    const discs = Array.from({ length: 2500 }, (_, index) => {
      const place = point(index % 50, Math.floor(index / 50) * 1.01);
      return geos.scope((scope) =>
        scope.geometry(scope.buffer(scope.read(place), 0.4 + (index % 7) / 10, style)),
      );
    });
    const unions: string[] = [];
    for (const helpers of [0, 1, 2]) {
      helperThreads.configure(helpers, 1);
      unions.push(JSON.stringify(await unionGeometries(discs, makeRunContext())));
    }
    assert.equal(unions[1], unions[0]);
    assert.equal(unions[2], unions[0]);
    const atOnce = geos.scope((scope) =>
      scope.area(scope.unaryUnion(scope.read({ type: 'GeometryCollection', geometries: discs }))),
    );
    assert.ok(Math.abs(computeArea(geos, JSON.parse(unions[0]!)) - atOnce) < 1e-9 * atOnce);
  });
});
