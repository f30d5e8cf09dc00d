import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadGeos } from '../../../geo/geos/geos.ts';
import process from '../../../processes/union/process.ts';
import { run } from '../../../processes/union/run.ts';
import {
  assertSameGeometry,
  bowtie,
  collection,
  computeArea,
  feature,
  layerProcess,
  line,
  makeLayer,
  rectangle,
  scaled,
  totalArea,
} from '../support/layers.ts';
import { oracle } from '../support/oracle.ts';
import { itRefusesRepeatedProperties, longFeature, manyPoints } from '../support/repeated-properties.ts';

const geos = await loadGeos();
const { computeFeatures, catchFaults } = layerProcess(process, run);

describe('the parts', () => {
  it('together are the union that shapely computes', async () => {
    const { input, expected } = oracle('union');
    const [features, overlay] = input.map((geometry: never) => scaled(geometry, 1 / 4));
    const parts = await computeFeatures({ features, overlay });
    assert.equal(parts.length, 3);
    const united = geos.scope((scope) => {
      const all = { type: 'GeometryCollection', geometries: parts.map(({ geometry }) => geometry) } as const;
      return scope.geometry(scope.unaryUnion(scope.read(all as never)));
    });
    assertSameGeometry(geos, united, scaled(expected.normalized, 1 / 4));
  });

  it('agree with geopandas, properties and order included', async () => {
    const { features, overlay, union } = oracle('overlay_geopandas');
    const results = await computeFeatures({ features, overlay });
    assert.deepEqual(
      results.map(({ properties }) => properties),
      union.map(({ properties }: { properties: object }) => properties),
    );
    for (const [index, { geometry }] of results.entries())
      assertSameGeometry(geos, geometry, union[index].geometry);
  });

  it('have null for the properties of a missing side, and no ids', async () => {
    const results = await computeFeatures({
      features: collection(feature(rectangle(0, 0, 2, 2), { a: 1 }, 'f'), feature(null, { more: 2 }, 'g')),
      overlay: collection(feature(rectangle(1, 0, 3, 2), { b: 3 }, 'o')),
    });
    assert.deepEqual(
      results.map(({ id, properties, geometry }) => [id, properties, computeArea(geos, geometry)]),
      [
        [undefined, { a: 1, overlay_b: 3 }, 2],
        [undefined, { a: 1, overlay_b: null }, 2],
        [undefined, { a: null, more: null, overlay_b: 3 }, 2],
      ],
    );
  });

  it('of a line and an area are the line in pieces and the area', async () => {
    const square = rectangle(1, 0, 2, 1);
    const results = await computeFeatures({ features: line([0, 0.5], [3, 0.5]), overlay: square });
    assertSameGeometry(geos, results[0]!.geometry, line([1, 0.5], [2, 0.5]));
    assert.equal(results[1]!.geometry.type, 'MultiLineString');
    assert.deepEqual(results[2]!.geometry, square);
  });
});

describe('the inputs', () => {
  it('may be empty layers: the other one is the result', async () => {
    const layer = makeLayer([rectangle(0, 0, 1, 1), rectangle(5, 5, 6, 6)]);
    assert.deepEqual(await computeFeatures({ features: collection(), overlay: collection() }), []);
    assert.equal((await computeFeatures({ features: layer, overlay: collection() })).length, 2);
    const mirrored = await computeFeatures({ features: collection(), overlay: layer });
    assert.deepEqual(
      mirrored.map(({ properties }) => properties),
      [{ overlay_index: 0 }, { overlay_index: 1 }],
    );
  });

  it('may be invalid: repaired, refused or skipped', async () => {
    const features = rectangle(0, 0, 2, 2);
    assert.ok(Math.abs(totalArea(geos, await computeFeatures({ features, overlay: bowtie })) - 4) < 1e-12);
    assert.equal((await computeFeatures({ features, overlay: bowtie, invalidGeometry: 'skip' })).length, 1);
    assert.match(
      (await catchFaults({ features, overlay: bowtie, invalidGeometry: 'error' }))[0]!,
      /^\/inputs\/overlay: /,
    );
  });

  it('run as the examples of the declaration', async () => {
    const [parts] = process.examples.map(({ request }) => computeFeatures(request.inputs));
    assert.deepEqual(
      (await parts!).map(({ properties }) => Object.values(properties).join(' ')),
      [
        'Anna 240 high',
        'Bram 310 high',
        'Bram 310 low',
        'Anna 240 ',
        'Bram 310 ',
        'Chris  ',
        '  high',
        '  low',
      ],
    );
  });
});

itRefusesRepeatedProperties(process, run, { features: manyPoints, overlay: longFeature });
