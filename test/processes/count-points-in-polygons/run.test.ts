import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry } from 'geojson';
import process from '../../../processes/count-points-in-polygons/process.ts';
import { run } from '../../../processes/count-points-in-polygons/run.ts';
import {
  bowtie,
  collection,
  feature,
  layerProcess,
  line,
  makeLayer,
  point,
  rectangle,
  scaled,
} from '../support/layers.ts';
import { oracle } from '../support/oracle.ts';

const { computeFeatures, catchFaults } = layerProcess(process, run);
const weighted = (...weights: unknown[]) =>
  collection(...weights.map((weight, index) => feature(point(index, 0), { weight })));

describe('the counts', () => {
  it('are those of shapely', async () => {
    const { input, expected } = oracle('spatial_join_within');
    const counts = input.polygons.map(
      (_: object, index: number) => expected.filter(([, polygon]: number[]) => polygon === index).length,
    );
    const small = (geometries: never[]) => makeLayer(geometries.map((geometry) => scaled(geometry, 1 / 4)));
    const results = await computeFeatures({ features: small(input.polygons), overlay: small(input.points) });
    assert.deepEqual(
      results.map(({ properties }) => properties['count']),
      counts,
    );
  });

  it('of a chessboard add up to the points, those on borders once for each square', async () => {
    const squares = Array.from({ length: 16 }, (_, index) => {
      const [x, y] = [index % 4, Math.floor(index / 4)];
      return rectangle(x, y, x + 1, y + 1);
    });
    const position = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.double({ min: 0, max: 4, noNaN: true }));
    const points = fc.array(fc.tuple(position, position), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(points, async (positions) => {
        const sides = (value: number) => (Number.isInteger(value) && value > 0 && value < 4 ? 2 : 1);
        const results = await computeFeatures({
          features: makeLayer(squares),
          overlay: collection(...positions.map(([x, y]) => feature(point(x, y), { weight: x }))),
          ...(positions.length > 0 ? { weightField: 'weight' } : {}),
        });
        const total = results.reduce((sum, { properties }) => sum + (properties['count'] as number), 0);
        assert.equal(
          total,
          positions.reduce((sum, [x, y]) => sum + sides(x) * sides(y), 0),
        );
        const weights = results.reduce(
          (sum, { properties }) => sum + Number(properties['weight_sum'] ?? 0),
          0,
        );
        const expected = positions.reduce((sum, [x, y]) => sum + x * sides(x) * sides(y), 0);
        assert.ok(Math.abs(weights - expected) < 1e-9 * Math.max(1, expected));
      }),
      { numRuns: 60 },
    );
  });

  it('come with the features as they came, in order, those without a geometry too', async () => {
    const results = await computeFeatures({
      features: collection(
        feature(rectangle(0, -1, 1, 1), { name: 'a', count: 'mine' }, 7),
        feature(null, { name: 'b' }),
      ),
      overlay: weighted(1, 2, 4),
      countName: 'points',
      weightField: 'weight',
    });
    assert.deepEqual(results, [
      feature(rectangle(0, -1, 1, 1), { name: 'a', count: 'mine', points: 2, weight_sum: 3 }, 7),
      feature(null, { name: 'b', points: 0, weight_sum: 0 }),
    ]);
  });

  it('count a multipoint once, and leave nulls out of the sum', async () => {
    const multipoint = {
      type: 'MultiPoint',
      coordinates: [
        [0, 0],
        [0.5, 0.5],
        [9, 9],
      ],
    } as const;
    const [result] = await computeFeatures({
      features: rectangle(0, 0, 1, 1),
      overlay: collection(
        feature(multipoint as never, { weight: 0.1 }),
        feature(point(1, 1), { weight: null }),
        feature(point(0, 1), {}),
        feature(null, { weight: 5 }),
      ),
      weightField: 'weight',
    });
    assert.deepEqual(result!.properties, { count: 3, weight_sum: 0.1 });
  });
});

describe('the inputs', () => {
  it('may be empty layers', async () => {
    const square = makeLayer([rectangle(0, 0, 1, 1)]);
    assert.deepEqual(await computeFeatures({ features: collection(), overlay: weighted(1) }), []);
    const [result] = await computeFeatures({ features: square, overlay: collection(), weightField: 'any' });
    assert.deepEqual(result!.properties, { index: 0, count: 0, any_sum: 0 });
  });

  it('may have polygons in collections', async () => {
    const two: Geometry = {
      type: 'GeometryCollection',
      geometries: [rectangle(0, 0, 1, 1), rectangle(5, 0, 6, 1)],
    };
    const overlay = makeLayer([point(0.5, 0.5), point(5.5, 0.5), point(3, 0.5)]);
    const [result] = await computeFeatures({ features: two, overlay });
    assert.equal(result!.properties['count'], 2);
  });

  it('must be polygons and points, and the weight a number', async () => {
    const faults = await catchFaults({
      features: makeLayer([rectangle(0, 0, 1, 1), line([0, 0], [1, 1])]),
      overlay: collection(feature(rectangle(0, 0, 1, 1), { weight: 'heavy' })),
      weightField: 'weight',
    });
    assert.deepEqual(faults, [
      '/inputs/features/features/1/geometry: is a LineString; a Polygon or MultiPolygon is needed.',
      '/inputs/overlay/features/0/geometry: is a Polygon; a Point or MultiPoint is needed.',
      '/inputs/weightField: names the property "weight", which is "heavy" in feature 0; a weight needs numbers.',
    ]);
    assert.match(
      (await catchFaults({ features: rectangle(0, 0, 1, 1), overlay: weighted(1), weightField: 'mass' }))[0]!,
      /^\/inputs\/weightField: names the property "mass", which no feature has/,
    );
  });

  it('may be invalid: repaired, refused or skipped', async () => {
    const inputs = { features: bowtie, overlay: makeLayer([point(0.5, 1), point(1, 0.5)]) };
    assert.equal((await computeFeatures(inputs))[0]!.properties['count'], 1);
    assert.deepEqual(await computeFeatures({ ...inputs, invalidGeometry: 'skip' }), []);
    assert.match((await catchFaults({ ...inputs, invalidGeometry: 'error' }))[0]!, /^\/inputs\/features: /);
  });

  it('run as the example of the declaration', async () => {
    const results = await computeFeatures(process.examples[0]!.request.inputs);
    assert.deepEqual(
      results.map(({ id, properties }) => [id, properties['trees'], properties['height_sum']]),
      [
        ['A1', 2, 40.5],
        ['A2', 1, 0],
        ['A3', 0, 0],
      ],
    );
  });
});
