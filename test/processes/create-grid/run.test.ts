import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FeatureCollection, Geometry, Polygon } from 'geojson';
import { crs84 } from '../../../geo/crs/crs.ts';
import { transformBetweenCrs } from '../../../geo/crs/transformation.ts';
import { readLayer } from '../../../geo/formats/read.ts';
import { loadGeos } from '../../../geo/geos/geos.ts';
import { computeBounds } from '../../../geo/layer/layer.ts';
import process from '../../../processes/create-grid/process.ts';
import { run } from '../../../processes/create-grid/run.ts';
import { crsFrom } from '../../support/crs.ts';
import { execute } from '../support/execute.ts';
import { isValid } from '../support/oracle.ts';
import { itCanBeDismissed } from '../support/process-runs.ts';
import { catchRefusal } from '../support/refusal.ts';
import { makeContext, makeSource } from '../support/run-context.ts';

const geos = await loadGeos();
const executed = (inputs: object, outputs?: object) =>
  execute(process, run, { inputs, ...(outputs ? { outputs } : {}) });
const computeCells = async (inputs: object) =>
  ((await executed(inputs)).outputs['result'] as FeatureCollection<Polygon>).features;
const computeArea = (geometry: Geometry) => geos.scope((scope) => scope.area(scope.read(geometry)));
const listPlaces = (cells: Awaited<ReturnType<typeof computeCells>>) =>
  cells.map(({ properties }) => [properties!['row'], properties!['column']]);

describe('the grid', () => {
  it('of squares starts in the south-west and is not cut by the extent', async () => {
    const cells = await computeCells({ extent: { bbox: [0, 0, 5, 3] }, cellSize: 2 });
    assert.deepEqual(listPlaces(cells), [
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
      [1, 2],
    ]);
    assert.deepEqual(cells[5]!.geometry.coordinates, [
      [
        [4, 2],
        [6, 2],
        [6, 4],
        [4, 4],
        [4, 2],
      ],
    ]);
  });

  it('of hexagons is as high as asked for', async () => {
    const [cell] = await computeCells({ extent: { bbox: [0, 0, 1, 1] }, cellSize: 2, shape: 'hexagon' });
    const ys = cell!.geometry.coordinates[0]!.map(([, y]) => y!);
    assert.equal(Math.max(...ys) - Math.min(...ys), 2);
    assert.ok(Math.abs(computeArea(cell!.geometry) - (Math.sqrt(3) / 2) * 4) < 1e-9);
  });

  it('is made in its CRS, its corners moved to CRS84', async () => {
    const extent = { bbox: [133_000, 453_000, 134_000, 454_000], crs: 'EPSG:28992' };
    const [cell] = await computeCells({ extent, cellSize: 1000, crs: 'EPSG:28992' });
    const move = transformBetweenCrs(crsFrom('EPSG:28992'), crs84);
    assert.deepEqual(cell!.geometry.coordinates[0]![2], move([134_000, 454_000]));
  });

  it('stays in its CRS in formats that carry one', async () => {
    const extent = { bbox: [133_000, 453_000, 134_000, 454_000], crs: 'EPSG:28992' };
    const mediaType = 'application/geopackage+sqlite3';
    const { outputs } = await executed(
      { extent, cellSize: 500, crs: 'EPSG:28992' },
      { result: { format: { mediaType } } },
    );
    const bytes = outputs['result'] as Uint8Array;
    const { features, crs } = await readLayer(makeSource(bytes, { mediaType }), makeContext(process));
    assert.equal(crs.name, 'EPSG:28992');
    assert.equal(features.length, 4);
    assert.deepEqual((features[0]!.geometry as Polygon).coordinates[0]![0], [133_000, 453_000]);
  });

  it('is cut at the poles and the antimeridian only', async () => {
    const world = { bbox: [-180, -90, 180, 90] };
    const hexagons = await computeCells({ extent: world, cellSize: 20, shape: 'hexagon' });
    assert.ok(hexagons.every(({ geometry }) => isValid(geos, geometry)));
    const positions = JSON.stringify(hexagons.map(({ geometry }) => geometry)).match(
      /\[-?[\d.e-]+,-?[\d.e-]+\]/g,
    )!;
    for (const [x, y] of positions.map((text) => JSON.parse(text) as [number, number])) {
      assert.ok(Math.abs(x) <= 180 && Math.abs(y) <= 90, `${x} ${y}`);
    }
    assert.ok(hexagons.some(({ geometry }) => String(geometry.type) === 'MultiPolygon'));
    const pacific = await computeCells({ extent: { bbox: [175, 0, -175, 5] }, cellSize: 5 });
    assert.deepEqual(
      pacific.map(({ geometry }) => computeBounds([geometry])),
      [
        [175, 0, 180, 5],
        [-180, 0, -175, 5],
      ],
    );
  });
});

describe('what is wrong', () => {
  it('is refused: more cells than the process makes, before one is made', async () => {
    const extent = { bbox: [-180, -90, 180, 90] };
    assert.match(
      await catchRefusal(executed({ extent, cellSize: 0.001 })),
      /^413 \/inputs\/cellSize The grid would have 64800000000 cells; the process creates up to 20000/,
    );
    assert.match(
      await catchRefusal(executed({ extent, cellSize: 1e-300, shape: 'hexagon' })),
      /^400 \/inputs\/cellSize is 1e-300, which is too small to distinguish coordinates of up to 180/,
    );
  });

  it('is refused: sizes that are none, shapes and CRSs that are not known', async () => {
    const extent = { bbox: [0, 0, 1, 1] };
    assert.match(await catchRefusal(executed({ extent, cellSize: 0 })), /^400 \/inputs\/cellSize/);
    assert.match(
      await catchRefusal(executed({ extent, cellSize: 1, shape: 'circle' })),
      /^400 \/inputs\/shape/,
    );
    assert.match(await catchRefusal(executed({ extent, cellSize: 1, crs: 'EPSG:0' })), /^400 \/inputs\/crs/);
    assert.match(await catchRefusal(executed({ cellSize: 1 })), /^400 \/inputs\/extent/);
  });
});

describe('a run', () => {
  itCanBeDismissed(process, run, async () => process.examples[0]!.request.inputs);
});

describe('the declaration', () => {
  it('has examples that run', async () => {
    const counts = [];
    for (const { request } of process.examples) counts.push((await computeCells(request.inputs)).length);
    assert.deepEqual(counts, [20, 90]);
  });
});
