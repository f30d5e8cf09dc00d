import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LimitExceeded } from '../../../core/shared/errors.ts';
import { loadGeos } from '../../../geo/geos/geos.ts';
import process from '../../../processes/intersection/process.ts';
import { run } from '../../../processes/intersection/run.ts';
import {
  assertSameGeometry,
  bowtie,
  collection,
  computeArea,
  feature,
  layerProcess,
  line,
  makeLayer,
  point,
  rectangle,
  scaled,
} from '../support/layers.ts';
import { oracle } from '../support/oracle.ts';
import { itRefusesRepeatedProperties, longFeature, manyPoints } from '../support/repeated-properties.ts';

const geos = await loadGeos();
const { computeFeatures, catchFaults } = layerProcess(process, run);

describe('the common parts', () => {
  it('agree with shapely for two areas', async () => {
    const { input, expected } = oracle('intersection');
    const [features, overlay] = input.map((geometry: never) => scaled(geometry, 1 / 4));
    const [result] = await computeFeatures({ features, overlay });
    assertSameGeometry(geos, result!.geometry, scaled(expected.normalized, 1 / 4));
  });

  for (const [by, overlay, name] of [
    ['byAreas', 'overlay', 'overlay_o'],
    ['byLines', 'lines', 'overlay_l'],
  ] as const) {
    it(`agree with shapely for each pair of areas, lines and points, ${by}`, async () => {
      const fixture = oracle('overlay_layers');
      const results = await computeFeatures({ features: fixture.features, overlay: fixture[overlay] });
      const expected = fixture[by].intersection;
      assert.deepEqual(
        results.map(({ properties }) => [properties['f'], properties[name]]),
        expected.map(([f, o]: unknown[]) => [f, o]),
      );
      for (const [index, { geometry }] of results.entries())
        assertSameGeometry(geos, geometry, expected[index][2]);
    });
  }

  it('agree with geopandas, properties included', async () => {
    const { features, overlay, intersection } = oracle('overlay_geopandas');
    const results = await computeFeatures({ features, overlay });
    assert.deepEqual(
      results.map(({ properties }) => properties),
      intersection.map(({ properties }: { properties: object }) => properties),
    );
    for (const [index, { geometry }] of results.entries())
      assertSameGeometry(geos, geometry, intersection[index].geometry);
  });

  it('have the properties of both, those of the overlay with the prefix, and no id', async () => {
    const inputs = {
      features: collection(feature(rectangle(0, 0, 2, 2), { name: 'a', o_name: 'lost' }, 1)),
      overlay: collection(feature(rectangle(1, 1, 3, 3), { name: 'b' }, 2)),
    };
    const [result] = await computeFeatures(inputs);
    assert.deepEqual(
      [result!.id, result!.properties],
      [undefined, { name: 'a', o_name: 'lost', overlay_name: 'b' }],
    );
    const [prefixed] = await computeFeatures({ ...inputs, prefix: 'o_' });
    assert.deepEqual(prefixed!.properties, { name: 'a', o_name: 'b' });
  });

  it('keep the coordinates of whichever lies wholly inside the other', async () => {
    const [small, large] = [rectangle(1, 1, 2, 2), rectangle(0, 0, 5, 5)];
    for (const [features, overlay] of [
      [small, large],
      [large, small],
    ]) {
      const [result] = await computeFeatures({ features, overlay, crs: 'EPSG:3857' });
      assert.deepEqual(result!.geometry, small);
    }
  });

  it('are not there where areas touch or lines cross', async () => {
    const features = makeLayer([rectangle(0, 0, 1, 1), line([0, 0], [2, 2])]);
    const overlay = makeLayer([rectangle(1, 0, 2, 1), line([0, 2], [2, 0]), point(1, 1)]);
    const results = await computeFeatures({ features, overlay });
    assert.deepEqual(
      results.map(({ geometry, properties }) => [
        geometry.type,
        properties['index'],
        properties['overlay_index'],
      ]),
      // The corner and the crossing are a place of the point layer: points are its dimension.
      [
        ['Point', 0, 2],
        ['Point', 1, 2],
      ],
    );
  });
});

describe('the inputs', () => {
  it('may be empty layers and null geometries', async () => {
    const square = rectangle(0, 0, 1, 1);
    for (const inputs of [
      { features: collection(), overlay: square },
      { features: square, overlay: collection() },
      { features: makeLayer([null]), overlay: square },
      { features: square, overlay: makeLayer([null, { type: 'Polygon', coordinates: [] }]) },
    ]) {
      assert.deepEqual(await computeFeatures(inputs), []);
    }
  });

  it('may be invalid: repaired, refused or skipped', async () => {
    const features = rectangle(0, 0, 2, 2);
    assert.equal(computeArea(geos, (await computeFeatures({ features, overlay: bowtie }))[0]!.geometry), 2);
    assert.deepEqual(await computeFeatures({ features, overlay: bowtie, invalidGeometry: 'skip' }), []);
    assert.match(
      (await catchFaults({ features, overlay: bowtie, invalidGeometry: 'error' }))[0]!,
      /^\/inputs\/overlay: /,
    );
  });

  it('must not give a result that is larger than the process may write', async () => {
    const squares = makeLayer(Array.from({ length: 5 }, () => rectangle(0, 0, 1, 1)));
    const small = { ...process, limits: { ...process.limits, features: 5 } };
    await assert.rejects(
      layerProcess(small, run).computeFeatures({ features: squares, overlay: squares }),
      (error) => error instanceof LimitExceeded && /more than 10 features/.test(error.message),
    );
  });

  it('must have coordinates that can be computed with', async () => {
    const huge = (size: number) => ({
      ...collection(feature(rectangle(-size, -size, size, size))),
      crs: { type: 'name', properties: { name: 'EPSG:3857' } },
    });
    const faults = await catchFaults({ features: huge(1e308), overlay: huge(1e16) });
    assert.match(
      faults[0]!,
      /^\/inputs\/features\/features\/0\/geometry\/coordinates\/0\/0: must be a position/,
    );
    assert.ok(faults.some((fault) => fault.startsWith('/inputs/overlay/')));
  });

  it('run as the examples of the declaration', async () => {
    const parts = [];
    for (const { request } of process.examples) {
      const features = await computeFeatures(request.inputs);
      parts.push(features.map(({ properties }) => Object.values(properties).join(' ')));
    }
    assert.deepEqual(parts[0], ['Anna 240 high', 'Bram 310 high', 'Bram 310 low']);
    assert.deepEqual(parts[1], parts[0]);
  });
});

itRefusesRepeatedProperties(process, run, { features: manyPoints, overlay: longFeature });
