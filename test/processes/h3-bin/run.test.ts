import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { FeatureCollection, Geometry, Position } from 'geojson';
import { latLngToCell } from 'h3-js';
import process from '../../../processes/h3-bin/process.ts';
import { run } from '../../../processes/h3-bin/run.ts';
import { execute } from '../support/execute.ts';
import { oracle } from '../support/oracle.ts';
import { itCanBeDismissed } from '../support/process-runs.ts';
import { catchRefusal } from '../support/refusal.ts';

const point = (coordinates: Position, properties: object = {}) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates },
});
const makeLayer = (features: readonly object[]) => ({ type: 'FeatureCollection', features });
const executed = (inputs: object) => execute(process, run, { inputs });
const computeBins = async (inputs: object) =>
  ((await executed(inputs)).outputs['result'] as FeatureCollection).features.map(
    ({ properties }) => properties!,
  );

describe('the bins', () => {
  it('are the cells of h3, sorted, with their counts and statistics', async () => {
    const { input, expected } = oracle('h3');
    const features = makeLayer(input.map((position: Position, index: number) => point(position, { index })));
    for (const [resolution, cells] of Object.entries<string[]>(expected)) {
      const groups = Map.groupBy(cells.keys(), (index) => cells[index]!);
      const bins = await computeBins({
        features,
        resolution: Number(resolution),
        aggregates: [
          { field: 'index', statistic: 'sum' },
          { field: 'index', statistic: 'max', name: 'last' },
        ],
      });
      assert.deepEqual(
        bins,
        [...groups.keys()].sort().map((h3) => ({
          h3,
          count: groups.get(h3)!.length,
          index_sum: groups.get(h3)!.reduce((sum, index) => sum + index),
          last: groups.get(h3)!.at(-1),
        })),
      );
    }
  });

  it('hold every point once', async () => {
    const position = fc.tuple(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -90, max: 90, noNaN: true }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(position, { maxLength: 30 }),
        fc.integer({ min: 0, max: 15 }),
        async (given, resolution) => {
          const bins = await computeBins({
            features: makeLayer(given.map((each) => point(each))),
            resolution,
          });
          assert.equal(
            bins.reduce((sum, { count }) => sum + count, 0),
            given.length,
          );
          const cells = given.map(([longitude, latitude]) => latLngToCell(latitude, longitude, resolution));
          assert.deepEqual(
            bins.map(({ h3 }) => h3),
            [...new Set(cells)].sort(),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('count the points of MultiPoints one by one, and nothing without a geometry', async () => {
    const features = makeLayer([
      {
        type: 'Feature',
        properties: { a: 2 },
        geometry: {
          type: 'MultiPoint',
          coordinates: [
            [5, 52],
            [5, 52],
          ],
        },
      },
      { type: 'Feature', properties: { a: 3 }, geometry: null },
    ]);
    const aggregates = [{ field: 'a', statistic: 'sum' }];
    assert.deepEqual(await computeBins({ features, resolution: 3, aggregates }), [
      { h3: latLngToCell(52, 5, 3), count: 2, a_sum: 4 },
    ]);
    assert.deepEqual(await computeBins({ features: makeLayer([]), resolution: 3, aggregates }), []);
  });
});

describe('what is wrong', () => {
  it('is refused with its place', async () => {
    const polygon: Geometry = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 0],
        ],
      ],
    };
    assert.match(
      await catchRefusal(executed({ features: polygon, resolution: 3 })),
      /^400 \/inputs\/features must be a Point or MultiPoint, but is a Polygon/,
    );
    const features = makeLayer([point([0, 0], { a: 'x' })]);
    const refused = await catchRefusal(
      executed({
        features,
        resolution: 3,
        aggregates: [
          { field: 'b', statistic: 'sum' },
          { field: 'a', statistic: 'mean' },
          { field: 'a', statistic: 'first', name: 'h3' },
        ],
      }),
    );
    assert.match(
      refused,
      /aggregates\/0\/field .*"b"[\s\S]*aggregates\/1\/field[\s\S]*aggregates\/2\/name .*"h3"/,
    );
    assert.match(await catchRefusal(executed({ features, resolution: 2.5 })), /^400 \/inputs\/resolution/);
  });
});

describe('a run', () => {
  itCanBeDismissed(process, run, async () => process.examples[0]!.request.inputs);
});

describe('the declaration', () => {
  it('has examples that run', async () => {
    const counts = [];
    for (const { request } of process.examples) counts.push((await computeBins(request.inputs)).length);
    assert.deepEqual(counts, [4]);
  });
});
