import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry, Position } from 'geojson';
import { geocentric, leastGeodesic, leastOverAntipode, mostGeodesic } from '../../../geo/nearest/chords.ts';
import { findClosest } from '../../../geo/nearest/closest.ts';
import { EdgeTree } from '../../../geo/nearest/edge-tree.ts';
import { metresBetween, metresToEdge, type Place } from '../../../geo/nearest/geodesic-distance.ts';
import { NearestFound } from '../../../geo/nearest/nearest-found.ts';

const place = ([longitude = 0, latitude = 0]: readonly number[]): Place => ({ longitude, latitude });
const places = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -90, max: 90, noNaN: true }),
);

describe('the distance from a place to a geodesic edge', () => {
  // By geographiclib 2.1 for Python: the least of 201 places along the edge, and then of 201 about that, fourteen times.
  for (const [from, start, end, metres] of [
    [[5, 52], [5.1, 52.1], [5.4, 51.9], 12_602.818_016_205],
    [[5, 52], [6, 52], [5.9, 53], 68_522.745_886_248],
    [[0, 0], [60, -1], [60.5, 1], 6_679_720.155_189_198],
    [[0, 0], [100, -0.5], [100.2, 0.7], 11_131_905.228_837_376],
    [[-70, -33], [121, 24], [122, 25.5], 18_551_477.956_441_59],
    [[5, 0.1], [-175.3, 0.2], [-174.9, -0.4], 19_965_251.399_145_64],
    [[0, 89.9], [90, 89.5], [-179, 89.7], 38_114.511_033_801],
    [[179.99, -17], [-179.8, -17.5], [-179.9, -16.2], 18_199.582_522_403],
    [[10, 50], [9.99, 50], [10.01, 50.00001], 0.604_073_797],
  ] as const)
    for (const share of [0, 0.5, 1])
      it(`is ${metres} metres from ${from}, sought from ${share} on`, () => {
        const found = metresToEdge(place(from), place(start), place(end), share);
        assert.ok(Math.abs(found - metres) < 1e-5, `${found}`);
      });
});

describe('what chords say of geodesics', () => {
  it('bounds them', () => {
    fc.assert(
      fc.property(places, places, (one, other) => {
        const [p, q] = [geocentric(...one), geocentric(...other)];
        const metres = metresBetween(place(one), place(other));
        const chord = Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
        const antipode = Math.hypot(p[0] + q[0], p[1] + q[1], p[2] + q[2]);
        assert.ok(leastGeodesic(chord) <= metres + 1e-6 && mostGeodesic(chord) >= metres - 1e-6);
        assert.ok(leastOverAntipode(antipode) <= metres + 1e-6);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the nearest geometries', () => {
  const shape = (scale: number, [x, y]: readonly [number, number]) =>
    fc
      .array(
        fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })),
        {
          minLength: 1,
          maxLength: 5,
        },
      )
      .map((offsets): Geometry => {
        const line = offsets.map(
          ([dx, dy]): Position => [x + dx * scale, Math.max(-90, Math.min(90, y + dy * scale))],
        );
        const [first = []] = line;
        return line.length > 1
          ? { type: 'LineString', coordinates: line }
          : { type: 'Point', coordinates: first };
      });
  const scene = fc
    .tuple(fc.constantFrom(0.001, 0.1, 0.5), places, places, fc.boolean())
    .chain(([scale, here, elsewhere, isFar]) =>
      fc.tuple(
        shape(scale, here),
        fc.array(shape(scale, isFar ? elsewhere : here), { minLength: 1, maxLength: 20 }),
      ),
    );

  /** The least of all vertices to all edges. */
  const exhaustive = (one: Geometry, other: Geometry): number => {
    const lines = [one, other].map((geometry): Position[] =>
      geometry.type === 'LineString'
        ? geometry.coordinates
        : geometry.type === 'Point'
          ? [geometry.coordinates]
          : assert.fail(),
    );
    let least = Infinity;
    for (const [vertices, line] of [lines, lines.toReversed()] as [Position[], Position[]][])
      for (const vertex of vertices)
        for (const [index, end] of line.entries())
          for (const share of [0, 0.5, 1])
            least = Math.min(
              least,
              metresToEdge(place(vertex), place(line[Math.max(0, index - 1)]!), place(end), share),
            );
    return least;
  };

  it('are found as if every vertex was measured to every edge, or they cross', async () => {
    await fc.assert(
      fc.asyncProperty(scene, fc.integer({ min: 1, max: 4 }), async ([own, others], count) => {
        const found = new NearestFound(count, Infinity);
        await findClosest(new EdgeTree([own]), new EdgeTree(others), found, () => undefined);
        const { neighbours } = found;
        assert.equal(neighbours.length, Math.min(count, others.length));
        const all = others.map((other) => exhaustive(own, other));
        for (const { position, distance } of neighbours) {
          const expected = all[position]!;
          if (distance > 0) assert.ok(Math.abs(distance - expected) < 1e-4, `${distance}, ${expected}`);
          const nearer = neighbours.filter((other) => other.distance <= distance).length;
          const before = all.filter((metres) => metres < distance - 1e-4).length;
          assert.ok(before <= nearer, `${before} are nearer than ${distance} metres`);
        }
      }),
      { numRuns: 300 },
    );
  });
});
