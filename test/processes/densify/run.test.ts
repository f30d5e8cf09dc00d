import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { FeatureCollection, Geometry, Position } from 'geojson';
import { LimitExceeded } from '../../../core/shared/errors.ts';
import process from '../../../processes/densify/process.ts';
import { run } from '../../../processes/densify/run.ts';
import { execute } from '../support/execute.ts';
import { assertSameVertices, crsMember, listPositions } from '../support/geometries.ts';
import { layerProcess, line, makeLayer, rectangle } from '../support/layers.ts';
import { describeOneToOne } from '../support/one-to-one.ts';
import { oracle } from '../support/oracle.ts';

const { computeFeatures, catchFaults } = layerProcess(process, run);

describeOneToOne(process, run, { maxLength: 1000 });

describe('vertices agree with those of', () => {
  const { input, cases, crs } = oracle('densify');
  for (const { maxLength, method, expected } of cases) {
    it(`pyproj, ${method} with ${maxLength} m`, async () => {
      const results = await computeFeatures({ features: makeLayer(input), maxLength, method });
      for (const [index, { geometry }] of results.entries()) assertSameVertices(geometry, expected[index]);
    });
  }

  it('shapely, in a projected CRS', async () => {
    const { name, maxLength } = crs;
    const results = await computeFeatures({ features: makeLayer(crs.input), maxLength, crs: name });
    for (const [index, { geometry }] of results.entries()) assertSameVertices(geometry, crs.expected[index]);
  });
});

describe('edges', () => {
  it('are cut into equal pieces, no longer than they may be and no more than needed', async () => {
    const coordinate = fc.integer({ min: -100_000, max: 100_000 });
    const lines = fc.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(lines, fc.integer({ min: 5000, max: 90_000 }), async (vertices, maxLength) => {
        const moved = vertices.map(([x, y]): Position => [155_000 + x, 463_000 + y]);
        const features = { ...makeLayer([line(...moved)]), ...crsMember(28992) };
        const [result] = await computeFeatures({ features, maxLength });
        const pieces = moved.slice(1).map(([x, y], index) => {
          const [fromX, fromY] = moved[index]!;
          return Math.max(1, Math.ceil(Math.hypot(x! - fromX!, y! - fromY!) / maxLength - 1e-9));
        });
        const wanted = pieces.reduce((sum, count) => sum + count, 1);
        assert.equal(listPositions(result!.geometry).length, wanted);
      }),
      { numRuns: 50 },
    );
  });

  it('as long as the length are not cut', async () => {
    const features = { ...makeLayer([line([0, 0], [300, 0], [300, 900])]), ...crsMember(3857) };
    const [result] = await computeFeatures({ features, maxLength: 300 });
    assert.equal(listPositions(result!.geometry).length, 5);
  });

  it('keep their own vertices, and heights run on evenly', async () => {
    for (const method of ['planar', 'geodesic']) {
      const [result] = await computeFeatures({
        features: line([5, 52, 10], [5, 52.1, 20]),
        maxLength: 6000,
        method,
      });
      const positions = listPositions(result!.geometry);
      assert.deepEqual(
        [positions[0], positions.at(-1)],
        [
          [5, 52, 10],
          [5, 52.1, 20],
        ],
      );
      assert.deepEqual(
        positions.map(([, , z]) => z),
        [10, 15, 20],
      );
    }
  });

  it('are measured in the unit that is given', async () => {
    const count = async (inputs: object) =>
      listPositions((await computeFeatures({ features: line([0, 0], [1, 0]), ...inputs }))[0]!.geometry)
        .length;
    assert.equal(await count({ maxLength: 10, distanceUnit: 'kilometre' }), 13);
    assert.equal(await count({ maxLength: 10, distanceUnit: 'nauticalMile' }), 8);
  });
});

describe('geodesics', () => {
  it('leave the straight line', async () => {
    const flight = line([0, 50], [90, 50]);
    const north = async (method: string) => {
      const [result] = await computeFeatures({ features: flight, maxLength: 100_000, method });
      return Math.max(...listPositions(result!.geometry).map(([, y]) => y!));
    };
    assert.equal(await north('planar'), 50);
    assert.ok((await north('geodesic')) > 58);
  });

  it('are cut at the antimeridian', async () => {
    const features = makeLayer([line([179, 10], [181, 12]), line([-181, 10], [-179, 12])]);
    for (const { geometry } of await computeFeatures({ features, maxLength: 50_000, method: 'geodesic' })) {
      assert.equal(geometry.type, 'MultiLineString');
      assert.ok(listPositions(geometry).every(([x]) => Math.abs(x!) <= 180));
    }
    const box: Geometry = rectangle(175, -5, 185, 5);
    const [area] = await computeFeatures({ features: box, maxLength: 100_000, method: 'geodesic' });
    assert.equal(area!.geometry.type, 'MultiPolygon');
  });

  it('along the frame of a map of the world stay there', async () => {
    const world = rectangle(-180, -90, 180, 90);
    const [result] = await computeFeatures({ features: world, maxLength: 1_000_000, method: 'geodesic' });
    const positions = listPositions(result!.geometry);
    // Along the meridians, as the poles have no length.
    assert.ok(positions.length > 5 && positions.every(([x]) => Math.abs(x!) === 180));
  });

  it('stay straight where they are longer than half a turn, with a warning', async () => {
    const inputs = { features: line([-180, 10], [180, 10]), maxLength: 5_000_000, method: 'geodesic' };
    const { outputs, logged } = await execute(process, run, { inputs });
    const { features } = outputs['result'] as FeatureCollection;
    // The parallel of 10 degrees has 39 470 km: eight pieces.
    assert.deepEqual(
      listPositions(features[0]?.geometry ?? null),
      Array.from({ length: 9 }, (_, index) => [-180 + 45 * index, 10]),
    );
    assert.match(logged.join(), /^1 feature has edges that span more than 180 degrees/);
  });

  it('around a pole bend in a polar CRS', async () => {
    const around = rectangle(0, 0, 1, 1);
    const ring = [-135, -45, 45, 135, 225].map((longitude): Position => [longitude, 80]);
    const polygon: Geometry = {
      ...around,
      type: 'Polygon',
      coordinates: [[...ring, [225, 90], [-135, 90], [-135, 80]]],
    };
    const inputs = { features: polygon, maxLength: 100_000 };
    const [result] = await computeFeatures({ ...inputs, crs: 'EPSG:3995' });
    assert.ok(listPositions(result!.geometry).some(([, y]) => y === 90));
  });

  it('between vertices of a projected layer are the same as between their longitudes and latitudes', async () => {
    const flight = line([4.7642, 52.3086], [-3.7, 40.6]);
    const mercator = line(
      [530_348.318037314, 6_856_117.788103258],
      [-411_882.11593511223, 4_953_519.5867918],
    );
    const inputs = { maxLength: 100_000, method: 'geodesic' };
    const [own] = await computeFeatures({ features: flight, ...inputs });
    const [moved] = await computeFeatures({
      features: { ...makeLayer([mercator]), ...crsMember(3857) },
      ...inputs,
    });
    assertSameVertices(moved!.geometry, own!.geometry);
  });

  it('do not depend on the working CRS, which is logged', async () => {
    const inputs = { features: line([5, 52], [6, 53]), maxLength: 50_000, method: 'geodesic' };
    const { outputs, logged } = await execute(process, run, { inputs: { ...inputs, crs: 'EPSG:28992' } });
    assert.match(logged.join(), /"crs" has no effect/);
    assert.deepEqual((outputs['result'] as { features: object[] }).features, await computeFeatures(inputs));
  });
});

describe('the length', () => {
  it('is more than zero', async () => {
    for (const maxLength of [0, -5])
      assert.match(
        (await catchFaults({ features: line([0, 0], [1, 1]), maxLength }))[0]!,
        /^\/inputs\/maxLength: /,
      );
  });

  it('must not make the result too large', async () => {
    const body = { inputs: { features: line([0, 0], [1, 1]), maxLength: 1e-6 } };
    await assert.rejects(execute(process, run, body), (error) => {
      assert.ok(error instanceof LimitExceeded);
      assert.match(error.detail!, /1000000 vertices/);
      assert.equal(error.faults[0]!.pointer, '/inputs/maxLength');
      return true;
    });
  });

  it('is on the ground: a geographic CRS is refused', async () => {
    const inputs = { features: line([0, 0], [1, 1]), maxLength: 1000, crs: 'EPSG:4326' };
    assert.match((await catchFaults(inputs))[0]!, /^\/inputs\/crs: must be a projected CRS/);
  });
});
