import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry, MultiPolygon, Position } from 'geojson';
import { loadGeos } from '../../../geo/geos/geos.ts';
import { simplifications } from '../../../geo/geos/simplification.ts';
import process from '../../../processes/simplify/process.ts';
import { run } from '../../../processes/simplify/run.ts';
import { starPolygons } from '../../geo/formats/arbitraries.ts';
import { execute } from '../support/execute.ts';
import { assertSameVertices, crsMember, listPositions } from '../support/geometries.ts';
import {
  assertSameGeometry,
  collection,
  feature,
  layerProcess,
  line,
  makeLayer,
  point,
  rectangle,
} from '../support/layers.ts';
import { describeOneToOne } from '../support/one-to-one.ts';
import { isValid, oracle } from '../support/oracle.ts';

const geos = await loadGeos();
const { computeFeatures, catchFaults } = layerProcess(process, run);
const methods = ['topologyPreserving', 'douglasPeucker'] as const;

describeOneToOne(process, run, { tolerance: 1 });

describe('the kernels agree with shapely', () => {
  for (const [name, method] of [
    ['simplify_topo', 'topologyPreserving'],
    ['simplify_dp', 'douglasPeucker'],
  ] as const) {
    it(method, () => {
      const { input, params, expected } = oracle(name);
      assert.equal(input.length, 20);
      for (const [index, geometry] of (input as Geometry[]).entries()) {
        const simple = geos.scope((scope) =>
          scope.geometry(simplifications[method](scope, scope.read(geometry), params.tolerance)),
        );
        assertSameVertices(simple, expected[index].normalized);
      }
    });
  }
});

describe('geographic features agree with shapely in the projections of PROJ', () => {
  const { input, cases, coverage } = oracle('simplify_geographic');
  for (const { tolerance, expected } of cases) {
    for (const method of methods) {
      it(`${method} with ${tolerance} m`, async () => {
        const results = await computeFeatures({ features: makeLayer(input), tolerance, method });
        for (const [index, { geometry }] of results.entries())
          assertSameVertices(geometry, expected[index][method]);
      });
    }
  }
  for (const { tolerance, crs, expected } of coverage.cases) {
    it(`coverage with ${tolerance} m in ${crs ?? 'a plane about the layer'}`, async () => {
      const features = makeLayer([null, ...coverage.input, { type: 'Polygon', coordinates: [] }]);
      const inputs = { features, tolerance, method: 'coverage', ...(crs && { crs }) };
      const [first, ...results] = await computeFeatures(inputs);
      assert.equal(first!.geometry, null);
      assert.deepEqual(results.pop()!.geometry, { type: 'Polygon', coordinates: [] });
      for (const [index, { geometry }] of results.entries()) {
        assertSameVertices(geometry, expected[index]);
        assertSameGeometry(geos, geometry, expected[index], 1e-7);
      }
    });
  }
});

describe('results', () => {
  const scale = ([x, y]: Position): Position => [5 + x! / 100, 52 + y! / 100];
  const polygons = starPolygons().map(
    (polygon): Geometry => ({ ...polygon, coordinates: polygon.coordinates.map((ring) => ring.map(scale)) }),
  );

  it('have vertices of their feature only, with all digits, and stay valid', async () => {
    await fc.assert(
      fc.asyncProperty(polygons, fc.integer({ min: 0, max: 5000 }), async (polygon, tolerance) => {
        const [result] = await computeFeatures({ features: polygon, tolerance });
        const own = new Set(listPositions(polygon).map(String));
        for (const position of listPositions(result!.geometry)) assert.ok(own.has(String(position)));
        assert.ok(isValid(geos, result!.geometry));
      }),
      { numRuns: 100 },
    );
  });

  it('keep heights', async () => {
    const tall = line([5, 52, 1], [5.1, 52.00001, 2], [5.2, 52, 3]);
    const [result] = await computeFeatures({ features: tall, tolerance: 100 });
    assert.deepEqual(result!.geometry, line([5, 52, 1], [5.2, 52, 3]));
  });

  it('of coverages share the edges that were shared', async () => {
    const { coverage } = oracle('simplify_geographic');
    const features = makeLayer(coverage.input);
    const results = await computeFeatures({ features, tolerance: 700, method: 'coverage' });
    const union = geos.scope((scope) => {
      const geometries = results.map(({ geometry }) => geometry);
      const whole = scope.unaryUnion(scope.read({ type: 'GeometryCollection', geometries }));
      return { area: scope.area(whole), parts: scope.geometry(whole) };
    });
    const sum = results.reduce(
      (total, { geometry }) => total + geos.scope((scope) => scope.area(scope.read(geometry))),
      0,
    );
    assert.ok(Math.abs(union.area / sum - 1) < 1e-12, 'overlap');
    assert.deepEqual(
      [union.parts.type, 'coordinates' in union.parts && union.parts.coordinates.length],
      ['MultiPolygon', 2],
    );
  });

  it('that cross the antimeridian are cut there', async () => {
    const features = makeLayer([line([179, 10], [180, 10.5], [-179, 11]), line([175, 0], [185, 0])]);
    const [one, other] = await computeFeatures({ features, tolerance: 100_000 });
    for (const { geometry } of [one!, other!]) {
      assert.equal(geometry.type, 'MultiLineString');
      assert.ok(listPositions(geometry).every(([x]) => Math.abs(x!) <= 180));
    }
  });
});

describe('the tolerance', () => {
  // At 52.5 degrees north, a thousandth of a degree of longitude has 67.9 m.
  const bent = line([5, 52], [5.001, 52.5], [5, 53]);
  const isStraight = async (tolerance: number, distanceUnit?: string) => {
    const [result] = await computeFeatures({
      features: bent,
      tolerance,
      ...(distanceUnit && { distanceUnit }),
    });
    return listPositions(result!.geometry).length === 2;
  };

  it('is a length on the ground, in the unit that is given', async () => {
    assert.deepEqual([await isStraight(67), await isStraight(69)], [false, true]);
    assert.deepEqual(
      [await isStraight(0.067, 'kilometre'), await isStraight(0.069, 'kilometre')],
      [false, true],
    );
    assert.deepEqual([await isStraight(220, 'foot'), await isStraight(226, 'foot')], [false, true]);
  });

  it('counts in units of a projected layer', async () => {
    const feet = { ...makeLayer([line([0, 0], [500, 40], [1000, 0])]), ...crsMember(2263) };
    const straight = async (tolerance: number) =>
      listPositions((await computeFeatures({ features: feet, tolerance }))[0]!.geometry).length === 2;
    // 40 US survey feet are 12.19 m.
    assert.deepEqual([await straight(12), await straight(12.3)], [false, true]);
  });

  it('is not negative', async () => {
    assert.match((await catchFaults({ features: bent, tolerance: -1 }))[0]!, /^\/inputs\/tolerance: /);
  });
});

describe('the method coverage', () => {
  it('takes polygons only', async () => {
    const features = makeLayer([rectangle(0, 0, 1, 1), point(5, 5), line([0, 0], [1, 1])]);
    const faults = await catchFaults({ features, tolerance: 1, method: 'coverage' });
    assert.match(faults[0]!, /^\/inputs\/features\/features\/1\/geometry: .*Point/);
    assert.match(faults[1]!, /^\/inputs\/features\/features\/2\/geometry: .*LineString/);
  });

  it('takes a collection of polygons as a MultiPolygon, and refuses one with something else', async () => {
    const simplified = (geometries: Geometry[]) => ({
      features: makeLayer([{ type: 'GeometryCollection', geometries }, rectangle(1, 0, 2, 1)]),
      tolerance: 1,
      method: 'coverage',
    });
    const both = [rectangle(0, 0, 1, 1), rectangle(5, 0, 6, 1)];
    const [first, second] = await computeFeatures(simplified(both));
    assert.equal(first!.geometry!.type, 'MultiPolygon');
    assert.equal((first!.geometry as MultiPolygon).coordinates.length, 2);
    assert.equal(second!.geometry!.type, 'Polygon');
    const [fault] = await catchFaults(simplified([rectangle(0, 0, 1, 1), point(5, 5)]));
    assert.match(fault!, /features\/0\/geometry: has geometries other than polygons; coverages/);
  });

  it('keeps order, ids and properties', async () => {
    const features = collection(
      feature(rectangle(0, 0, 1, 1), { n: 1 }, 'a'),
      feature(null, { n: 2 }, 'b'),
      feature(rectangle(1, 0, 2, 1), { n: 3 }, 'c'),
    );
    const results = await computeFeatures({ features, tolerance: 1, method: 'coverage' });
    assert.deepEqual(
      results.map(({ id, properties }) => [id, properties['n']]),
      [
        ['a', 1],
        ['b', 2],
        ['c', 3],
      ],
    );
    assert.deepEqual(await computeFeatures({ features: collection(), tolerance: 1, method: 'coverage' }), []);
  });

  it('asks for a CRS where the layer is too large for one plane', async () => {
    const features = makeLayer([rectangle(0, 0, 1, 1), rectangle(120, 0, 121, 1)]);
    const [fault] = await catchFaults({ features, tolerance: 1, method: 'coverage' });
    assert.match(fault!, /^\/inputs\/features: reaches \d+ km from its centre.*"crs"/);
    assert.equal(
      (await computeFeatures({ features, tolerance: 1, method: 'coverage', crs: 'EPSG:3857' })).length,
      2,
    );
  });
});

describe('edges that become long', () => {
  const warnings = async (features: Geometry, inputs: object) =>
    (await execute(process, run, { inputs: { features, ...inputs } })).logged.filter((message) =>
      /deviate by more than the tolerance/.test(message),
    );
  // The second vertex is on the great circle between the others: tan(latitude) = tan(60) / cos(30).
  const arc = line([0, 60], [30, 63.434_949], [60, 60]);

  it('are no longer where they were simplified, of which clients are warned', async () => {
    const [warning, ...others] = await warnings(arc, { tolerance: 10_000 });
    assert.match(warning ?? '', /up to 3\d{5} metres/);
    assert.deepEqual(others, []);
    const area: Geometry = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 60],
          [0, 50],
          [60, 50],
          [60, 60],
          [30, 63.434_949],
          [0, 60],
        ],
      ],
    };
    assert.equal((await warnings(area, { tolerance: 200_000, method: 'coverage' })).length, 1);
  });

  it('are nothing to warn of where they are as they were, or off by no more than the tolerance', async () => {
    assert.deepEqual(await warnings(line([0, 60], [60, 60]), { tolerance: 10_000 }), []);
    assert.deepEqual(await warnings(line([0, 60], [0.5, 60.0001], [1, 60]), { tolerance: 1000 }), []);
  });
});
