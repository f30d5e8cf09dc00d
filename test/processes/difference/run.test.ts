import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadGeos } from '../../../geo/geos/geos.ts';
import process from '../../../processes/difference/process.ts';
import { run } from '../../../processes/difference/run.ts';
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

const geos = await loadGeos();
const { computeFeatures, catchFaults } = layerProcess(process, run);

describe('what is left', () => {
  it('agrees with shapely for two areas', async () => {
    const { input, expected } = oracle('difference');
    const [features, overlay] = input.map((geometry: never) => scaled(geometry, 1 / 4));
    const [result] = await computeFeatures({ features, overlay });
    assertSameGeometry(geos, result!.geometry, scaled(expected.normalized, 1 / 4));
  });

  for (const [by, overlay] of [
    ['byAreas', 'overlay'],
    ['byLines', 'lines'],
  ] as const) {
    it(`agrees with shapely for areas, lines and points, ${by}`, async () => {
      const fixture = oracle('overlay_layers');
      const results = await computeFeatures({ features: fixture.features, overlay: fixture[overlay] });
      const expected = fixture[by].difference;
      const kept = fixture.features.features.filter((_: object, index: number) => expected[index]);
      assert.deepEqual(
        results.map(({ id }) => id),
        kept.map(({ id }: { id: string }) => id),
      );
      for (const result of results)
        assertSameGeometry(geos, result.geometry, expected[result.properties['f'] as number]);
    });
  }

  it('keeps ids, properties and, where nothing is taken, coordinates', async () => {
    const tall = {
      type: 'Polygon',
      coordinates: [
        [
          [5, 5, 1],
          [6, 5, 2],
          [6, 6, 3],
          [5, 5, 1],
        ],
      ],
    } as const;
    const results = await computeFeatures({
      features: collection(
        feature(rectangle(0, 0, 2, 2), { name: 'cut' }, 'a'),
        feature(rectangle(0, 0, 1, 1), { name: 'gone' }, 'b'),
        feature(tall as never, { name: 'apart' }, 'c'),
        feature(null, { name: 'nowhere' }, 'd'),
      ),
      overlay: makeLayer([rectangle(-1, -1, 1, 1), rectangle(0, 0, 1, 1.5)]),
      crs: 'EPSG:3857',
    });
    assert.deepEqual(
      results.map(({ id, properties }) => [id, properties]),
      [
        ['a', { name: 'cut' }],
        ['c', { name: 'apart' }],
      ],
    );
    assert.ok(Math.abs(computeArea(geos, results[0]!.geometry) - 2.5) < 1e-4);
    assert.deepEqual(results[1]!.geometry, tall);
  });

  it('is nothing where adjoining overlay features cover a feature together, without slivers', async () => {
    const thirds = [0, 1, 2].map((index) => rectangle(index / 3, 0, (index + 1) / 3, 1));
    const triangle = {
      type: 'Polygon',
      coordinates: [
        [
          [0.1, 0.1],
          [0.9, 0.2],
          [0.5, 0.9],
          [0.1, 0.1],
        ],
      ],
    };
    assert.deepEqual(await computeFeatures({ features: triangle, overlay: makeLayer(thirds) }), []);
  });

  it('of areas is not less for lines and points, of lines not less for points', async () => {
    const square = rectangle(0, 0, 2, 2);
    const street = line([0, 5], [4, 5]);
    const results = await computeFeatures({
      features: makeLayer([square, street, point(1, 1)]),
      overlay: makeLayer([line([-1, 1], [3, 1]), point(2, 5), point(1, 1)]),
    });
    assert.deepEqual(
      results.map(({ geometry }) => geometry),
      [square, street],
    );
  });
});

describe('the inputs', () => {
  it('may be empty layers', async () => {
    const square = rectangle(0, 0, 1, 1);
    assert.deepEqual(await computeFeatures({ features: collection(), overlay: square }), []);
    const [same] = await computeFeatures({ features: square, overlay: collection() });
    assert.deepEqual(same!.geometry, square);
  });

  it('may be invalid: repaired, refused or skipped', async () => {
    const features = rectangle(0, 0, 2, 2);
    assert.equal(computeArea(geos, (await computeFeatures({ features, overlay: bowtie }))[0]!.geometry), 2);
    const skipped = await computeFeatures({ features, overlay: bowtie, invalidGeometry: 'skip' });
    assert.equal(computeArea(geos, skipped[0]!.geometry), 4);
    assert.match(
      (await catchFaults({ features, overlay: bowtie, invalidGeometry: 'error' }))[0]!,
      /^\/inputs\/overlay: /,
    );
  });

  it('run as the examples of the declaration', async () => {
    const [result] = process.examples.map(({ request }) => computeFeatures(request.inputs));
    const left = (await result!).map(
      ({ id, geometry }) => `${id} ${(computeArea(geos, geometry) * 1e8).toFixed(3)}`,
    );
    assert.deepEqual(left, ['A1 76.000', 'A2 64.000', 'A3 100.000']);
  });
});
