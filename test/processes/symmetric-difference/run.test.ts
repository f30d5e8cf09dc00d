import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadGeos } from '../../../geo/geos/geos.ts';
import process from '../../../processes/symmetric-difference/process.ts';
import { run } from '../../../processes/symmetric-difference/run.ts';
import {
  assertSameGeometry,
  bowtie,
  collection,
  layerProcess,
  makeLayer,
  rectangle,
  scaled,
  totalArea,
} from '../support/layers.ts';
import { oracle } from '../support/oracle.ts';

const geos = await loadGeos();
const { computeFeatures, catchFaults } = layerProcess(process, run);

describe('the parts', () => {
  it('together are the symmetric difference that shapely computes', async () => {
    const { input, expected } = oracle('symdifference');
    const [features, overlay] = input.map((geometry: never) => scaled(geometry, 1 / 4));
    const parts = await computeFeatures({ features, overlay });
    const all = { type: 'GeometryCollection', geometries: parts.map(({ geometry }) => geometry) } as const;
    const united = geos.scope((scope) => scope.geometry(scope.unaryUnion(scope.read(all as never))));
    assertSameGeometry(geos, united, scaled(expected.normalized, 1 / 4));
  });

  it('agree with geopandas, properties and order included', async () => {
    const { features, overlay, symmetric_difference: expected } = oracle('overlay_geopandas');
    const results = await computeFeatures({ features, overlay });
    assert.deepEqual(
      results.map(({ properties }) => properties),
      expected.map(({ properties }: { properties: object }) => properties),
    );
    for (const [index, { geometry }] of results.entries())
      assertSameGeometry(geos, geometry, expected[index].geometry);
  });
});

describe('the inputs', () => {
  it('may be empty layers and null geometries', async () => {
    const square = rectangle(0, 0, 1, 1);
    assert.deepEqual(await computeFeatures({ features: collection(), overlay: makeLayer([null]) }), []);
    assert.deepEqual(await computeFeatures({ features: square, overlay: square }), []);
    assert.equal((await computeFeatures({ features: makeLayer([null]), overlay: square })).length, 1);
  });

  it('may be invalid: repaired, refused or skipped', async () => {
    const features = rectangle(0, 0, 2, 2);
    assert.ok(Math.abs(totalArea(geos, await computeFeatures({ features, overlay: bowtie })) - 2) < 1e-12);
    assert.equal(
      totalArea(geos, await computeFeatures({ features, overlay: bowtie, invalidGeometry: 'skip' })),
      4,
    );
    assert.match(
      (await catchFaults({ features, overlay: bowtie, invalidGeometry: 'error' }))[0]!,
      /^\/inputs\/overlay: /,
    );
  });

  it('run as the examples of the declaration', async () => {
    const [parts] = process.examples.map(({ request }) => computeFeatures(request.inputs));
    assert.deepEqual(
      (await parts!).map(({ properties }) => Object.values(properties).join(' ')),
      ['Anna 240 ', 'Bram 310 ', 'Chris  ', '  high', '  low'],
    );
  });
});
