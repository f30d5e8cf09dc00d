import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadGeos } from '../../../geo/geos/geos.ts';
import process from '../../../processes/clip/process.ts';
import { run } from '../../../processes/clip/run.ts';
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

describe('the clipped geometries', () => {
  it('agree with shapely for a rectangle', async () => {
    const { input, params, expected } = oracle('clip_rect');
    const [west, south, east, north] = params.bbox.map((value: number) => value / 4);
    const [result] = await computeFeatures({
      features: scaled(input, 1 / 4),
      overlay: rectangle(west, south, east, north),
    });
    assertSameGeometry(geos, result!.geometry, scaled(expected.normalized, 1 / 4));
  });

  for (const [by, overlay] of [
    ['byAreas', 'overlay'],
    ['byLines', 'lines'],
  ] as const) {
    it(`agree with shapely for areas, lines and points, ${by}`, async () => {
      const fixture = oracle('overlay_layers');
      const results = await computeFeatures({ features: fixture.features, overlay: fixture[overlay] });
      const expected = fixture[by].clip;
      const kept = fixture.features.features.filter((_: object, index: number) => expected[index]);
      assert.deepEqual(
        results.map(({ id }) => id),
        kept.map(({ id }: { id: string }) => id),
      );
      for (const result of results)
        assertSameGeometry(geos, result.geometry, expected[result.properties['f'] as number]);
    });
  }

  it('have the properties and ids of the features, and none of the overlay', async () => {
    const [result, ...others] = await computeFeatures({
      features: collection(feature(rectangle(0, 0, 2, 2), { name: 'a', value: null }, 7)),
      overlay: collection(feature(rectangle(1, 1, 3, 3), { name: 'mask' }, 8)),
    });
    assert.equal(others.length, 0);
    assert.deepEqual([result!.id, result!.properties], [7, { name: 'a', value: null }]);
    assert.equal(computeArea(geos, result!.geometry), 1);
  });

  it('are the features as they came where they lie wholly inside, heights included', async () => {
    const tall = line([0.1, 0.2, 5], [0.3, 0.4, 6]);
    const [result] = await computeFeatures({
      features: tall,
      overlay: makeLayer([rectangle(0, 0, 1, 1), rectangle(0.2, 0, 5, 5)]),
      crs: 'EPSG:3857',
    });
    assert.deepEqual(result!.geometry, tall);
  });

  it('have no pieces where areas only touch, nor points where lines run along an edge', async () => {
    const overlay = rectangle(0, 0, 1, 1);
    const touching = [
      rectangle(1, 0, 2, 1),
      rectangle(1, 1, 2, 2),
      line([1, 1], [2, 2]),
      rectangle(5, 5, 6, 6),
    ];
    assert.deepEqual(await computeFeatures({ features: makeLayer(touching), overlay }), []);
    const [edge] = await computeFeatures({ features: line([1, 0], [1, 0.5], [2, 0.5]), overlay });
    assertSameGeometry(geos, edge!.geometry, line([1, 0], [1, 0.5]));
    const [border] = await computeFeatures({ features: point(1, 1), overlay });
    assert.deepEqual(border!.geometry, point(1, 1));
  });

  it('are cut once by overlay features that overlap or adjoin each other', async () => {
    const [result] = await computeFeatures({
      features: rectangle(0, 0, 10, 1),
      overlay: makeLayer([rectangle(1, 0, 4, 1), rectangle(3, 0, 6, 1), rectangle(6, 0, 8, 1)]),
    });
    assert.equal(result!.geometry.type, 'Polygon');
    assert.equal(computeArea(geos, result!.geometry), 7);
  });

  it('keep every dimension of a collection', async () => {
    const mixed = {
      type: 'GeometryCollection',
      geometries: [
        rectangle(0, 0, 2, 2),
        rectangle(1, 0, 3, 2),
        line([-1, 1], [5, 1]),
        point(9, 9),
        point(1, 1),
      ],
    };
    const [result] = await computeFeatures({ features: mixed, overlay: rectangle(1, 1, 10, 10) });
    assert.ok(result!.geometry.type === 'GeometryCollection');
    const [where, along, area] = result!.geometry.geometries;
    assert.deepEqual(where, point(9, 9));
    assertSameGeometry(geos, along!, line([3, 1], [5, 1]));
    assert.equal(computeArea(geos, area!), 2);
  });
});

describe('the inputs', () => {
  it('may be empty layers and null geometries', async () => {
    const square = rectangle(0, 0, 1, 1);
    assert.deepEqual(await computeFeatures({ features: collection(), overlay: square }), []);
    assert.deepEqual(await computeFeatures({ features: square, overlay: collection() }), []);
    assert.deepEqual(
      await computeFeatures({ features: makeLayer([null]), overlay: makeLayer([null, square]) }),
      [],
    );
  });

  it('may be invalid: repaired, refused with pointers into both, or skipped', async () => {
    const features = makeLayer([rectangle(0, 0, 4, 4), bowtie]);
    const overlay = makeLayer([bowtie]);
    const repaired = await computeFeatures({ features, overlay });
    assert.deepEqual(
      repaired.map(({ geometry }) => computeArea(geos, geometry)),
      [2, 2],
    );
    assert.deepEqual(await computeFeatures({ features, overlay, invalidGeometry: 'skip' }), []);
    const faults = await catchFaults({ features, overlay, invalidGeometry: 'error' });
    assert.deepEqual(
      faults.map((fault) => fault.split(': ')[0]),
      ['/inputs/features/features/1/geometry', '/inputs/overlay/features/0/geometry'],
    );
    assert.match(faults[1]!, /Self-intersection at \[1, 1\]/);
  });

  it('are refused together', async () => {
    const broken = { type: 'Polygon', coordinates: [[[0, 0], [1]]] };
    const faults = await catchFaults({ features: broken, overlay: broken });
    assert.deepEqual(
      faults.map((fault) => fault.split(': ')[0]),
      ['/inputs/features/coordinates/0/1', '/inputs/overlay/coordinates/0/1'],
    );
    assert.match(
      (await catchFaults({ features: point(0, 0), overlay: point(0, 0), crs: 'EPSG:0' }))[0]!,
      /^\/inputs\/crs: /,
    );
  });

  it('may have different CRSs: the overlay is moved to that of the features', async () => {
    const crs = { type: 'name', properties: { name: 'EPSG:3857' } };
    const side = 111_319.490_793_273_57;
    const [result] = await computeFeatures({
      features: rectangle(0, 0, 2, 2),
      overlay: { ...collection(feature(rectangle(side, -side, 5 * side, side))), crs },
    });
    const north = (Math.atan(Math.sinh(Math.PI / 180)) * 180) / Math.PI;
    assertSameGeometry(geos, result!.geometry, rectangle(1, 0, 2, north));
  });

  it('run as the examples of the declaration', async () => {
    const areas = [];
    for (const { request } of process.examples) {
      const features = await computeFeatures(request.inputs);
      areas.push(
        features.map(({ id, geometry }) => `${id} ${(computeArea(geos, geometry) * 1e8).toFixed(3)}`),
      );
    }
    assert.deepEqual(areas[0], ['A1 24.000', 'A2 36.000']);
    assert.deepEqual(areas[1], areas[0]);
  });
});
