import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FeatureCollection, Geometry, Polygon, Position } from 'geojson';
import { loadGeos } from '../../../geo/geos/geos.ts';
import createGrid from '../../../processes/create-grid/process.ts';
import { run as runCreateGrid } from '../../../processes/create-grid/run.ts';
import process from '../../../processes/voronoi-polygons/process.ts';
import { run } from '../../../processes/voronoi-polygons/run.ts';
import { execute } from '../support/execute.ts';
import { assertSameArea, isValid, oracle } from '../support/oracle.ts';
import { itCanBeDismissed } from '../support/process-runs.ts';
import { catchRefusal } from '../support/refusal.ts';

const geos = await loadGeos();
const point = (coordinates: Position | null, properties: object = {}, id?: string) => ({
  type: 'Feature',
  ...(id === undefined ? {} : { id }),
  properties,
  geometry: coordinates && { type: 'Point', coordinates },
});
const makeLayer = (features: readonly object[]) => ({ type: 'FeatureCollection', features });
const executed = (inputs: object) => execute(process, run, { inputs });
const computeCells = async (inputs: object) =>
  ((await executed(inputs)).outputs['result'] as FeatureCollection<Polygon>).features;
const computeArea = (geometry: Geometry) => geos.scope((scope) => scope.area(scope.read(geometry)));

describe('the polygons', () => {
  for (const [name, { points, extent, cells }] of Object.entries<{
    points: Position[];
    extent: number[] | null;
    cells: (Geometry | null)[];
  }>(oracle('voronoi_cells').sets)) {
    it(`are those of shapely, in point order with their properties: ${name}`, async () => {
      const features = makeLayer(points.map((position, index) => point(position, { index }, `p${index}`)));
      const actual = await computeCells({ features, ...(extent ? { extent: { bbox: extent } } : {}) });
      const expected = cells.flatMap((cell, index) => (cell ? [{ cell, index }] : []));
      assert.deepEqual(
        actual.map(({ id, properties }) => [id, properties]),
        expected.map(({ index }) => [`p${index}`, { index }]),
      );
      for (const [place, { geometry }] of actual.entries()) {
        assertSameArea(geos, geometry, expected[place]!.cell, 1e-6);
      }
    });
  }

  it('take the whole extent between them in the plane of a CRS', async () => {
    const features = makeLayer([point([5, 52]), point([5.4, 52.1]), point([5.1, 52.3])]);
    const bbox = [130_000, 450_000, 150_000, 470_000];
    const extent = { bbox, crs: 'EPSG:28992' };
    const cells = await computeCells({ features, extent, crs: 'EPSG:28992' });
    const square = await execute(createGrid, runCreateGrid, {
      inputs: { extent, cellSize: 20_000, crs: 'EPSG:28992' },
    });
    const whole = (square.outputs['result'] as FeatureCollection).features[0]!.geometry;
    const total = cells.reduce((sum, { geometry }) => sum + computeArea(geometry), 0);
    assert.equal(cells.length, 3);
    // Edges are straight in the plane, the square in CRS84 has four corners only.
    assert.ok(Math.abs(total - computeArea(whole)) < 1e-3 * total);
  });

  it('are as many as the points of MultiPoints, which lose their id', async () => {
    const features = makeLayer([
      {
        type: 'Feature',
        id: 'two',
        properties: { a: 1 },
        geometry: {
          type: 'MultiPoint',
          coordinates: [
            [0, 0],
            [2, 0],
          ],
        },
      },
      point(null, { a: 2 }, 'nowhere'),
      point([1, 2], { a: 3 }, 'one'),
    ]);
    assert.deepEqual(
      (await computeCells({ features })).map(({ id, properties }) => [id, properties!['a']]),
      [
        [undefined, 1],
        [undefined, 1],
        ['one', 3],
      ],
    );
  });

  it('of points at one place is that of the first; the log counts the others', async () => {
    const features = makeLayer([
      point([0, 0], { a: 1 }),
      point([0, 0], { a: 2 }),
      point([1, 0], { a: 3 }),
      point([1e-14, 0]),
    ]);
    const { outputs, logged } = await executed({ features });
    const { features: cells } = outputs['result'] as FeatureCollection;
    assert.deepEqual(
      cells.map(({ properties }) => properties!['a']),
      [1, 3],
    );
    assert.match(logged.join('\n'), /1 point coincides with an earlier one[\s\S]*1 point has no polygon/);
  });

  it('end at the poles and the antimeridian', async () => {
    // The point in the middle keeps them from lying on one half of the globe, across the antimeridian.
    const points = [point([-175, 80]), point([0, 0]), point([175, -80])];
    const cells = await computeCells({ features: makeLayer(points) });
    const total = cells.reduce((sum, { geometry }) => sum + computeArea(geometry), 0);
    assert.ok(Math.abs(total - 360 * 180) < 1e-6);
  });

  it('of points on both sides of the antimeridian are those of the same points seen across it', async () => {
    const across = await computeCells({
      features: makeLayer([point([179, 0]), point([-177, 4]), point([180, 7])]),
    });
    const elsewhere = await computeCells({
      features: makeLayer([point([-1, 0]), point([3, 4]), point([0, 7])]),
    });
    assert.deepEqual(
      across.map(({ geometry }) => [geometry.type, computeArea(geometry).toFixed(9)]),
      elsewhere.map(({ geometry }) => ['MultiPolygon', computeArea(geometry).toFixed(9)]),
    );
  });

  it('run across the antimeridian in an extent that does', async () => {
    const features = makeLayer([point([179, 0], { side: 'west' }), point([-178, 0], { side: 'east' })]);
    const cells = await computeCells({ features, extent: { bbox: [170, -5, -170, 5] } });
    assert.deepEqual(
      cells.map(({ geometry }) => [geometry.type, Math.round(computeArea(geometry) * 1e6) / 1e6]),
      [
        ['MultiPolygon', 105],
        ['Polygon', 95],
      ],
    );
    assert.ok(cells.every(({ geometry }) => isValid(geos, geometry)));
  });
});

describe('what is wrong', () => {
  it('is refused with its place', async () => {
    const line = {
      type: 'LineString',
      coordinates: [
        [0, 0],
        [1, 1],
      ],
    };
    const features = makeLayer([point([0, 0]), { type: 'Feature', properties: {}, geometry: line }]);
    assert.match(
      await catchRefusal(executed({ features })),
      /^400 \/inputs\/features\/features\/1\/geometry must be a Point or MultiPoint, but is a LineString/,
    );
    const one = makeLayer([point([1, 1]), point([1, 1])]);
    assert.match(
      await catchRefusal(executed({ features: one })),
      /^400 \/inputs\/features .*two distinct points.*has 1/,
    );
    assert.match(
      await catchRefusal(executed({ features: makeLayer([]) })),
      /^400 \/inputs\/features .*has 0/,
    );
    const extent = { bbox: [1, 1, 1, 1] };
    assert.match(await catchRefusal(executed({ features: one, extent })), /^400 \/inputs\/extent\/bbox /);
  });
});

describe('a run', () => {
  itCanBeDismissed(process, run, async () => process.examples[0]!.request.inputs);
});

describe('the declaration', () => {
  it('has examples that run', async () => {
    const counts = [];
    for (const { request } of process.examples) counts.push((await computeCells(request.inputs)).length);
    assert.deepEqual(counts, [5, 5]);
  });
});
