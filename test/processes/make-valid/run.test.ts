import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry } from 'geojson';
import { mapPositions } from '../../../geo/geometry/positions.ts';
import { wound } from '../../../geo/geometry/winding.ts';
import { loadGeos } from '../../../geo/geos/geos.ts';
import { isEmptyGeometry } from '../../../geo/layer/layer.ts';
import process from '../../../processes/make-valid/process.ts';
import { run } from '../../../processes/make-valid/run.ts';
import { geometries } from '../../geo/formats/arbitraries.ts';
import { execute } from '../support/execute.ts';
import { assertSameVertices } from '../support/geometries.ts';
import {
  assertSameGeometry,
  bowtie,
  collection,
  feature,
  layerProcess,
  makeLayer,
  rectangle,
  scaled,
} from '../support/layers.ts';
import { describeOneToOne } from '../support/one-to-one.ts';
import { isValid, oracle } from '../support/oracle.ts';

const geos = await loadGeos();
const { computeFeatures } = layerProcess(process, run);
const computeReport = async (features: object) => {
  const { outputs } = await execute(process, run, { inputs: { features } });
  return outputs['report'] as { index: number; reason: string; location: number[] }[];
};

describeOneToOne(process, run);

describe('repairs agree with shapely', () => {
  const { input, expected } = oracle('make_valid_cases');
  for (const [name, inputs] of Object.entries({
    structure: {},
    structureKept: { keepCollapsed: true },
    linework: { method: 'linework' },
  })) {
    it(name, async () => {
      const results = await computeFeatures({ features: makeLayer(input), ...inputs });
      for (const [index, { geometry }] of results.entries()) {
        const wanted: Geometry = expected[index][name];
        assertSameVertices(geometry, wanted);
        if (/Polygon$/.test(wanted.type) && !isEmptyGeometry(wanted))
          assertSameGeometry(geos, geometry, wanted);
      }
    });
  }

  for (const [name, method] of [
    ['make_valid', 'linework'],
    ['make_valid_structure', 'structure'],
  ] as const) {
    it(`${name} of random rings`, async () => {
      const fixture = oracle(name);
      assert.equal(fixture.input.length, 20);
      // The plane of the fixture is larger than the globe.
      const features = makeLayer(fixture.input.map((geometry: Geometry) => scaled(geometry, 1 / 2)));
      for (const [index, { geometry }] of (await computeFeatures({ features, method })).entries())
        assertSameGeometry(geos, geometry, scaled(fixture.expected[index].normalized, 1 / 2));
    });
  }
});

describe('the report', () => {
  it('has the reason and place of each invalid geometry, as shapely gives them', async () => {
    const { input, expected } = oracle('make_valid_cases');
    const report = await computeReport(makeLayer(input));
    const wanted = expected.flatMap(
      ({ valid, reason }: { valid: boolean; reason: string }, index: number) => {
        if (valid) return [];
        const [, words, x, y] = /^(.*)\[(\S+) (\S+)\]$/.exec(reason)!;
        return [{ index, reason: words, location: [Number(x), Number(y)] }];
      },
    );
    assert.deepEqual(
      report.map(({ index, reason }) => [index, reason]),
      wanted.map(({ index, reason }: { index: number; reason: string }) => [index, reason]),
    );
    for (const [position, { location }] of report.entries()) {
      for (const axis of [0, 1])
        assert.ok(Math.abs(location[axis]! - wanted[position].location[axis]) < 1e-9);
    }
  });

  it('is empty where all is valid, and counts null geometries', async () => {
    assert.deepEqual(await computeReport(collection()), []);
    assert.deepEqual(await computeReport(makeLayer([rectangle(0, 0, 1, 1), null])), []);
    const report = await computeReport(makeLayer([null, rectangle(0, 0, 1, 1), bowtie]));
    assert.deepEqual(report, [{ index: 2, reason: 'Self-intersection', location: [1, 1] }]);
  });
});

/** Coordinates whose products are numbers that a computer has: 1e-12 degrees are less than an atom. */
const measurable = geometries.map((geometry) =>
  mapPositions(geometry, (position) => position.map((value) => (Math.abs(value) < 1e-12 ? 0 : value))),
);

describe('results', () => {
  it('are valid whatever came, and what was valid is unchanged but for the winding of rings', async () => {
    await fc.assert(
      fc.asyncProperty(measurable, fc.constantFrom('structure', 'linework'), async (geometry, method) => {
        const [result] = await computeFeatures({ features: geometry, method });
        assert.ok(isValid(geos, result!.geometry));
        if (isValid(geos, geometry)) assert.deepEqual(result!.geometry, wound(geometry));
      }),
      { numRuns: 200 },
    );
  });

  it('keep ids and properties', async () => {
    const features = collection(feature(bowtie, { crop: 'beet' }, 'x'));
    const [result] = await computeFeatures({ features });
    assert.deepEqual([result!.id, result!.properties], ['x', { crop: 'beet' }]);
  });
});

describe('geometries that GEOS does not know', () => {
  it('are mended while they are read, and in the report', async () => {
    const square = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
      [0, 0],
    ];
    const polygon = (...rings: readonly object[]) =>
      feature({ type: 'Polygon', coordinates: rings } as Geometry);
    const features = collection(
      polygon(square, []),
      polygon([], square),
      polygon([]),
      polygon(square),
      polygon(square.slice(0, 4)),
      feature(bowtie),
    );
    const results = await computeFeatures({ features });
    assert.deepEqual(
      results
        .slice(0, 5)
        .map(({ geometry }) => geometry && (geometry as { coordinates: unknown[] }).coordinates.length),
      [1, null, null, 1, 1],
    );
    const report = await computeReport(features);
    assert.deepEqual(
      report.map(({ index, reason, location }) => [index, reason, location?.length]),
      [
        [0, 'Repaired while it was read: it has a ring without positions', undefined],
        [1, 'Repaired while it was read: it has a ring without positions', undefined],
        [2, 'Repaired while it was read: it has a ring without positions', undefined],
        [4, 'Repaired while it was read: it has a ring that is not closed', undefined],
        [5, 'Self-intersection', 2],
      ],
    );
  });
});
