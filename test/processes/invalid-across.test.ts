import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FeatureCollection, Geometry, Position } from 'geojson';
import type { ProcessDeclaration, Run } from '../../core/processes/declaration.ts';
import { InvalidRequest } from '../../core/shared/errors.ts';
import { mapPositions } from '../../geo/geometry/positions.ts';
import { loadGeos } from '../../geo/geos/geos.ts';
import buffer from '../../processes/buffer/process.ts';
import { run as runBuffer } from '../../processes/buffer/run.ts';
import clip from '../../processes/clip/process.ts';
import { run as runClip } from '../../processes/clip/run.ts';
import measure from '../../processes/measure/process.ts';
import { run as runMeasure } from '../../processes/measure/run.ts';
import nearest from '../../processes/nearest/process.ts';
import { run as runNearest } from '../../processes/nearest/run.ts';
import simplify from '../../processes/simplify/process.ts';
import { run as runSimplify } from '../../processes/simplify/run.ts';
import { execute } from './support/execute.ts';
import { assertSameGeometry, point, rectangle } from './support/layers.ts';

const geos = await loadGeos();
const area = (...ring: Position[]): Geometry => ({ type: 'Polygon', coordinates: [[...ring, ring[0]!]] });
const bowtie = (west: number, east: number): Geometry => area([west, 0], [east, 3], [east, 0], [west, 3]);

const shifted = (geometry: Geometry, by: number): Geometry =>
  mapPositions(geometry, ([x = 0, ...rest]) => [x + by, ...rest]);
/** A result about 180 degrees as it would be about 0, where nothing is cut. */
const toGreenwich = (geometry: Geometry): Geometry => {
  const turned = mapPositions(geometry, ([x = 0, ...rest]) => [x < 0 ? x + 180 : x - 180, ...rest]);
  return geos.scope((scope) => scope.geometry(scope.unaryUnion(scope.read(turned))));
};

async function resultOf(process: ProcessDeclaration, run: Run<never>, inputs: object) {
  const { outputs, logged } = await execute(process, run as never, { inputs });
  const [feature] = (outputs['result'] as FeatureCollection).features;
  return {
    geometry: feature?.geometry as Geometry,
    properties: feature?.properties,
    logged: logged.join('\n'),
  };
}

/** It crosses itself on the antimeridian; its longitudes run on, or jump. */
const bowties = { 'runs on': bowtie(178, 182), jumps: bowtie(178, -178) };
/** It lies twice over a part of itself, and clockwise. */
const overlapping = area([178, 0], [178, 3], [182, 3], [182, 1], [179, 1], [179, 2], [181, 2], [181, 0]);

describe('an invalid area across the antimeridian', () => {
  for (const [how, geometry] of Object.entries(bowties)) {
    it(`has the buffer that it has elsewhere, with a warning: it ${how}`, async () => {
      const inputs = { distance: 10_000 };
      const there = await resultOf(buffer, runBuffer, { features: geometry, ...inputs });
      const here = await resultOf(buffer, runBuffer, { features: bowtie(-2, 2), ...inputs });
      assert.match(there.logged, /invalid polygons that cross the antimeridian/);
      assertSameGeometry(geos, toGreenwich(there.geometry), here.geometry, 1e-6);
    });

    it(`is as near as it is, and no belt around the world: it ${how}`, async () => {
      for (const place of [point(0, 1.5), point(177, 1.5), point(180, 2.5)]) {
        const own = { features: place, overlay: geometry };
        const moved = { features: shifted(place, -180), overlay: bowtie(-2, 2) };
        const there = await resultOf(nearest, runNearest, own);
        const here = await resultOf(nearest, runNearest, moved);
        assert.match(there.logged, /invalid polygons that cross the antimeridian/);
        const [found, wanted] = [there, here].map(({ properties }) => Number(properties?.['distance']));
        assert.ok(Math.abs(found! - wanted!) < 1e-3, `${found} instead of ${wanted}`);
      }
    });

    it(`is refused or left out where that is wanted: it ${how}`, async () => {
      for (const [process, run, others] of [
        [buffer, runBuffer, { distance: 1 }],
        [nearest, runNearest, { overlay: point(0, 0) }],
      ] as const) {
        const inputs = { features: geometry, ...others };
        const skipped = await execute(process, run as never, {
          inputs: { ...inputs, invalidGeometry: 'skip' },
        });
        assert.deepEqual((skipped.outputs['result'] as FeatureCollection).features, []);
        await assert.rejects(
          execute(process, run as never, { inputs: { ...inputs, invalidGeometry: 'error' } }),
          (error) =>
            error instanceof InvalidRequest &&
            /Self-intersection at \[180, 1.5\]/.test(error.faults[0]!.detail),
        );
      }
    });
  }

  it('keeps what it covers twice, whichever way it winds', async () => {
    const inputs = { distance: 10_000 };
    const [, ...vertices] = (overlapping as { coordinates: Position[][] } & Geometry).coordinates[0]!;
    for (const geometry of [overlapping, area(...vertices.toReversed())]) {
      const there = await resultOf(buffer, runBuffer, { features: geometry, ...inputs });
      const here = await resultOf(buffer, runBuffer, { features: shifted(geometry, -180), ...inputs });
      assertSameGeometry(geos, toGreenwich(there.geometry), here.geometry, 1e-6);
    }
  });

  it('is one where it has an edge from 180 to -180 degrees as well, though the plane has a belt for that', async () => {
    // As Natural Earth has an island of Fiji.
    const island = area([-180, 0], [-179, 1], [-180, 2], [179, 1.5], [179, 0.5], [180, 0]);
    const there = await resultOf(buffer, runBuffer, { features: island, distance: 10_000 });
    const here = area([0, 0], [1, 1], [0, 2], [-1, 1.5], [-1, 0.5]);
    const expected = await resultOf(buffer, runBuffer, { features: here, distance: 10_000 });
    assertSameGeometry(geos, toGreenwich(there.geometry), expected.geometry, 1e-6);
  });

  it('is told of by processes that take it as it is', async () => {
    for (const [process, run, inputs] of [
      [measure, runMeasure, {}],
      [simplify, runSimplify, { tolerance: 10 }],
    ] as const) {
      const { logged } = await resultOf(process, run as never, { features: bowties['runs on'], ...inputs });
      assert.match(logged, /invalid polygons that cross the antimeridian/);
    }
  });

  it('is the same in overlays whether it runs on or jumps', async () => {
    const overlay = rectangle(170, -10, 180, 10);
    const [running, jumping] = await Promise.all(
      Object.values(bowties).map((features) => resultOf(clip, runClip, { features, overlay })),
    );
    assertSameGeometry(geos, jumping!.geometry, running!.geometry, 1e-9);
  });
});
