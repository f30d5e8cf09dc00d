import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import geographiclib from 'geographiclib-geodesic';
import type { Geometry, Position } from 'geojson';
import process from '../../../processes/nearest/process.ts';
import { run } from '../../../processes/nearest/run.ts';
import { layerProcess, line, makeLayer, point, rectangle } from '../support/layers.ts';

const { computeFeatures } = layerProcess(process, run);
const wgs84 = geographiclib.Geodesic.WGS84;

/** Metres from a place to a ring that is straight in longitudes and latitudes, by geodesics to places a tenth of a degree apart. */
function metresToRing([x = 0, y = 0]: Position, ring: readonly Position[]): number {
  let least = Infinity;
  for (const [index, [toX = 0, toY = 0]] of ring.entries()) {
    const [fromX = toX, fromY = toY] = ring[index - 1] ?? [];
    const count = Math.ceil(Math.max(Math.abs(toX - fromX), Math.abs(toY - fromY)) * 10);
    for (let step = 0; step <= count; step++) {
      const share = count === 0 ? 0 : step / count;
      const { s12 = 0 } = wgs84.Inverse(y, x, fromY + share * (toY - fromY), fromX + share * (toX - fromX));
      least = Math.min(least, s12);
    }
  }
  return least;
}

const nearestOf = async (features: Geometry, overlay: readonly Geometry[]) => {
  const [row] = await computeFeatures({ features, overlay: makeLayer([...overlay]) });
  return { index: row!.properties['overlay_index'], distance: Number(row!.properties['distance']) };
};

const assertClose = (actual: number, expected: number, message?: string) =>
  assert.ok(Math.abs(actual - expected) <= 0.005 * expected, `${message}: ${actual} instead of ${expected}`);

describe('an area with long edges is as near as they are on the map', () => {
  for (const [half, south, north, place, kilometres] of [
    [50, -1, 1, [179.9, 5], 14_427],
    [60, -1, 1, [179.9, 5], undefined],
    [85, -1, 1, [179.9, 5], 10_552],
    [30, 40, 60, [180, 50], undefined],
    [60, 40, 60, [0, 61], 111.4],
    [60, 40, 60, [0, 70], 1115],
    [70, 40, 60, [0, 65], undefined],
    [85, 40, 60, [180, 50], 5639],
    [85, 40, 60, [180, 20], undefined],
  ] as const) {
    it(`of ±${half} by ${south} to ${north} degrees, from ${place}`, async () => {
      const box = rectangle(-half, south, half, north);
      assert.ok(box.type === 'Polygon');
      const expected = metresToRing([...place], box.coordinates[0]!);
      if (kilometres !== undefined) assertClose(expected, kilometres * 1000, 'the expectation');
      const found = await nearestOf(point(...place), [box]);
      assertClose(found.distance, expected, 'as the overlay');
    });
  }

  it('and no nearer: a small area between comes first', async () => {
    const found = await nearestOf(point(0, 61), [
      rectangle(-60, 40, 60, 60),
      rectangle(0.5, 60.95, 0.6, 61.05),
    ]);
    assert.equal(found.index, 1);
    assertClose(found.distance, 27_000, 'the small one');
  });

  it('where it is the feature, too', async () => {
    const { distance } = await nearestOf(rectangle(-30, 50, 30, 60), [point(0, 61)]);
    assertClose(distance, 111_420, 'to the north');
    assert.equal((await nearestOf(rectangle(-30, 50, 30, 60), [point(0, 59.9)])).distance, 0);
    assert.ok((await nearestOf(rectangle(-30, 50, 30, 60), [point(0, 49.9)])).distance > 11_000);
  });

  it('to the millimetre, a few metres from a long edge in the north', async () => {
    // By the geodesics of PROJ 9.5 (pyproj): the least of 201 places along the edge, and then of 201 about that, fourteen times.
    const edge = line([20, 70], [20.12, 70]);
    const { distance } = await nearestOf(point(20.06, 70.00003), [edge]);
    assert.ok(Math.abs(distance - 3.346_860_758) < 1e-5, `${distance}`);
  });

  it('within its edges, and not beyond them', async () => {
    const states = rectangle(-125, 25, -67, 49);
    assert.equal((await nearestOf(point(-97.1, 48.9), [states])).distance, 0);
    assertClose((await nearestOf(point(-97.1, 49.9), [states])).distance, 100_100, 'north of it');
  });
});

it('an edge that passes the antipode is as far as it is', async () => {
  const { distance } = await nearestOf(point(0, 0), [line([179.9, -0.1], [-179.9, 0.1001])]);
  assert.ok(distance > 19_900_000, String(distance));
});

it('an area that crosses the antimeridian uncut is where it is when it is cut there', async () => {
  const uncut = rectangle(170, 60, -170, 65);
  const cut: Geometry = {
    type: 'MultiPolygon',
    coordinates: [rectangle(170, 60, 180, 65), rectangle(-180, 60, -170, 65)].map((part) => {
      assert.ok(part.type === 'Polygon');
      return part.coordinates;
    }),
  };
  for (const place of [point(180, 66), point(-179, 59), point(178, 62), point(0, 60)]) {
    const [one, other] = [await nearestOf(place, [uncut]), await nearestOf(place, [cut])];
    assert.ok(Math.abs(one.distance - other.distance) <= 1 + 1e-6 * other.distance);
  }
});
