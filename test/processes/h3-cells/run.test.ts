import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FeatureCollection, Geometry } from 'geojson';
import { readLayer } from '../../../geo/formats/read.ts';
import { loadGeos } from '../../../geo/geos/geos.ts';
import { computeBounds } from '../../../geo/layer/layer.ts';
import process from '../../../processes/h3-cells/process.ts';
import { run } from '../../../processes/h3-cells/run.ts';
import { execute } from '../support/execute.ts';
import { assertSameArea, oracle } from '../support/oracle.ts';
import { itCanBeDismissed } from '../support/process-runs.ts';
import { catchRefusal } from '../support/refusal.ts';
import { itRefusesRepeatedProperties, longFeature } from '../support/repeated-properties.ts';
import { makeContext, makeSource } from '../support/run-context.ts';

const geos = await loadGeos();
const feature = (geometry: Geometry | null, properties: object = {}) => ({
  type: 'Feature',
  properties,
  geometry,
});
const executed = (inputs: object, outputs?: object) =>
  execute(process, run, { inputs, ...(outputs ? { outputs } : {}) });
const computeCells = async (inputs: object) =>
  ((await executed(inputs)).outputs['result'] as FeatureCollection).features;
const listIndices = (cells: Awaited<ReturnType<typeof computeCells>>) =>
  cells.map(({ properties }) => properties!['h3']);

interface Case {
  readonly shape: string;
  readonly resolution: number;
  readonly containment: string;
  readonly cells: string[];
  readonly compact: string[];
}
const { shapes, cases, boundaries } = oracle('h3_cells') as {
  shapes: Record<string, Geometry>;
  cases: Case[];
  boundaries: Record<string, [number, number][]>;
};

describe('the cells', () => {
  for (const { shape, resolution, containment, cells, compact } of cases) {
    it(`of ${shape} at ${resolution}, ${containment}, are those of h3`, async () => {
      const features = shapes[shape];
      const actual = await computeCells({ features, resolution, containment });
      assert.deepEqual(listIndices(actual), cells);
      assert.deepEqual(
        listIndices(await computeCells({ features, resolution, containment, compact: true })),
        compact,
      );
    });
  }

  it('of points are those of h3, with the properties of the feature', async () => {
    const { input, expected } = oracle('h3');
    for (const [resolution, cells] of Object.entries<string[]>(expected)) {
      const features = {
        type: 'FeatureCollection',
        features: input.map((coordinates: number[], index: number) =>
          feature({ type: 'Point', coordinates }, { index }),
        ),
      };
      const actual = await computeCells({ features, resolution: Number(resolution) });
      assert.deepEqual(
        actual.map(({ properties }) => properties),
        cells.map((h3, index) => ({ index, h3 })),
      );
    }
  });

  it('have the boundaries of h3', async () => {
    for (const [cell, ring] of Object.entries(boundaries)) {
      const [west, , east] = computeBounds([{ type: 'MultiPoint', coordinates: ring }])!;
      if (east - west > 180) continue;
      const middle = [0, 1].map((axis) => ring.reduce((sum, corner) => sum + corner[axis]!, 0) / ring.length);
      const resolution = Number.parseInt(cell[1]!, 16);
      const [actual] = await computeCells({ features: { type: 'Point', coordinates: middle }, resolution });
      assert.equal(actual!.properties!['h3'], cell);
      assertSameArea(geos, actual!.geometry, { type: 'Polygon', coordinates: [[...ring, ring[0]!]] }, 1e-9);
    }
  });

  it('come once per feature, sorted, for collections too; null and empty geometries have none', async () => {
    const point: Geometry = { type: 'Point', coordinates: [5.2, 52] };
    const features = {
      type: 'FeatureCollection',
      features: [
        feature(
          { type: 'GeometryCollection', geometries: [shapes['star']!, point, point] },
          { a: 1, h3: 'old' },
        ),
        feature(null, { a: 2 }),
        feature({ type: 'Polygon', coordinates: [] }, { a: 3 }),
        feature(point, { a: 4 }),
      ],
    };
    const actual = await computeCells({ features, resolution: 5 });
    const star = cases.find(({ shape, containment }) => shape === 'star' && containment === 'center')!;
    assert.deepEqual(
      actual.map(({ properties }) => properties!['a']),
      [...star.cells.map(() => 1), 4],
    );
    assert.deepEqual(listIndices(actual).slice(0, -1), star.cells);
    assert.deepEqual(
      await computeCells({ features: { type: 'FeatureCollection', features: [] }, resolution: 5 }),
      [],
    );
  });

  it('of an area wider than half the globe cover it the way GeoJSON has it', async () => {
    // With an edge from -150 to 150 it would be one of 60 degrees, across the antimeridian.
    const band = [
      [-150, -20],
      [0, -20],
      [150, -20],
      [150, 20],
      [0, 20],
      [-150, 20],
      [-150, -20],
    ];
    const cells = await computeCells({ features: { type: 'Polygon', coordinates: [band] }, resolution: 1 });
    for (const { geometry } of cells) {
      const [west, , east] = computeBounds([geometry])!;
      assert.ok(west < 150 + 10 && east > -150 - 10);
    }
    const area = cells.reduce(
      (sum, { geometry }) => sum + geos.scope((scope) => scope.area(scope.read(geometry))),
      0,
    );
    assert.ok(Math.abs(area - 300 * 40) < 0.1 * 300 * 40, `${area}`);
  });

  it('are found by longitude and latitude, and written in the CRS of the layer where the format has one', async () => {
    const projected = {
      type: 'FeatureCollection',
      crs: { type: 'name', properties: { name: 'EPSG:28992' } },
      features: [feature({ type: 'Point', coordinates: [155_000, 463_000] })],
    };
    const [cell] = await computeCells({ features: projected, resolution: 8 });
    const [same] = await computeCells({
      features: { type: 'Point', coordinates: [5.38720621, 52.15517441] },
      resolution: 8,
    });
    assert.equal(cell!.properties!['h3'], same!.properties!['h3']);
    const mediaType = 'application/flatgeobuf';
    const { outputs } = await executed(
      { features: projected, resolution: 8 },
      { result: { format: { mediaType } } },
    );
    const layer = await readLayer(
      makeSource(outputs['result'] as Uint8Array, { mediaType }),
      makeContext(process),
    );
    assert.equal(layer.crs.name, 'EPSG:28992');
    const [west = 0, , east = 0] = computeBounds([layer.features[0]!.geometry])!;
    assert.ok(west < 155_000 && east > 155_000 && east - west < 2000);
  });
});

describe('what is wrong', () => {
  it('is refused: lines, and resolutions and ways that there are not', async () => {
    const line = feature({
      type: 'LineString',
      coordinates: [
        [0, 0],
        [1, 1],
      ],
    });
    const features = { type: 'FeatureCollection', features: [feature(null), line] };
    assert.match(
      await catchRefusal(executed({ features, resolution: 5 })),
      /^400 \/inputs\/features\/features\/1\/geometry is a LineString; only points and polygons can be covered with cells/,
    );
    const point = { type: 'Point', coordinates: [0, 0] };
    assert.match(
      await catchRefusal(executed({ features: point, resolution: 16 })),
      /^400 \/inputs\/resolution/,
    );
    assert.match(
      await catchRefusal(executed({ features: point, resolution: 5, containment: 'all' })),
      /^400 \/inputs\/containment/,
    );
  });

  it('is refused: more cells than the process gives, before they are computed', async () => {
    const reason = await catchRefusal(
      executed({ features: shapes['hole'], resolution: 15, containment: 'overlap' }),
    );
    assert.match(
      reason,
      /^413 \/inputs\/resolution The result would have about \d+ cells or more; .* 500000/,
    );
  });
});

describe('a run', () => {
  itCanBeDismissed(process, run, async () => process.examples[0]!.request.inputs);
});

describe('the declaration', () => {
  it('has examples that run', async () => {
    const counts = [];
    for (const { request } of process.examples) counts.push((await computeCells(request.inputs)).length);
    assert.deepEqual(counts, [36, 80, 1]);
  });
});

itRefusesRepeatedProperties(process, run, { features: longFeature, resolution: 5 });
