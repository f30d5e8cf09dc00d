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

/** Places of an edge that is straight in longitudes and latitudes, from one share of it to another. */
function* along(start: Position, end: Position, from: number, to: number, count: number) {
  const [[x = 0, y = 0], [toX = 0, toY = 0]] = [start, end];
  for (let number = 0; number <= count; number++) {
    const share = from + ((to - from) * number) / count;
    yield { share, place: place([x + share * (toX - x), y + share * (toY - y)]) };
  }
}

/** The distance to the nearest of many places of an edge, and then of many about that. */
function leastOfMany(from: Place, start: Position, end: Position, many: number): number {
  let [low, high, least, nearest] = [0, 1, Infinity, 0];
  for (let round = 0; round < 8; round++) {
    for (const { share, place: other } of along(start, end, low, high, many)) {
      const metres = metresBetween(from, other);
      if (metres < least) [least, nearest] = [metres, share];
    }
    const step = (high - low) / many;
    [low, high] = [Math.max(0, nearest - step), Math.min(1, nearest + step)];
  }
  return least;
}

const isClose = (found: number, expected: number): boolean =>
  Math.abs(found - expected) <= Math.max(1e-4, 1e-7 * expected);

describe('the distance from a place to an edge that is straight in longitudes and latitudes', () => {
  // By the geodesics of PROJ 9.5 (pyproj): the least of 201 places along the edge, and then of 201 about that, fourteen times.
  for (const [from, start, end, metres] of [
    [[5, 52], [5.1, 52.1], [5.4, 51.9], 12_592.994_540_679],
    [[5, 52], [6, 52], [5.9, 53], 68_516.575_265_914],
    [[0, 0], [60, -1], [60.5, 1], 6_679_720.155_189_198],
    [[0, 0], [99.5, -0.5], [100.2, 0.2], 11_076_247.655_218_072],
    [[-70, -33], [121, 24], [121.9, 24.9], 18_551_477.956_441_589],
    [[5, 0.1], [-175.3, 0.2], [-174.9, -0.4], 19_965_251.399_145_64],
    [[0, 89.9], [170, 89.5], [171, 89.7], 44_574.333_619_784],
    [[0.0002, 89.999], [-1, 89.995], [0, 89.995], 446.775_918_222],
    [[179.99, -17], [-179.8, -17.5], [-179.9, -16.2], 18_217.167_356_23],
    [[10, 50], [9.99, 50], [10.01, 50.00001], 0.556_145_151],
    [[20.03, 70.00003], [20, 70], [20.1, 70], 3.346_860_758],
    [[20.4, 69.9], [20, 70], [21, 70.1], 14_993.924_502_998],
  ] as const)
    for (const share of [0, 0.5, 1])
      it(`is ${metres} metres from ${from}, sought from ${share} on`, () => {
        const found = metresToEdge(place(from), place(start), place(end), share);
        assert.ok(Math.abs(found - metres) < 1e-5, `${found}`);
      });

  const edges = (most: number) =>
    fc.tuple(fc.constantFrom(-180, 0, 179.9), fc.double({ min: -90, max: 90, noNaN: true })).chain(([x, y]) =>
      fc.tuple(
        fc.constant<Position>([x, y]),
        fc
          .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }))
          .map(([dx, dy]): Position => [x + most * dx, Math.max(-90, Math.min(90, y + most * dy))]),
      ),
    );
  const edgesAndAway = fc.tuple(
    fc.constantFrom(1, 0.05, 0.001).chain(edges),
    fc.constantFrom(1e-5, 0.001, 0.1, 3, 60),
    fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })),
    fc.double({ min: 0, max: 1, noNaN: true }),
  );

  it('is that to the nearest of many of its places', () => {
    fc.assert(
      fc.property(edgesAndAway, ([[start, end], scale, [dx, dy], share]) => {
        const [[x = 0, y = 0], [toX = 0, toY = 0]] = [start, end];
        const from = place([
          x + share * (toX - x) + scale * dx,
          Math.max(-90, Math.min(90, y + share * (toY - y) + scale * dy)),
        ]);
        const found = metresToEdge(from, place(start), place(end), share);
        const expected = leastOfMany(from, start, end, 60);
        assert.ok(isClose(found, expected), `${found}, ${expected}`);
      }),
      { numRuns: 2000 },
    );
  });

  it('is least at an end of one of two edges that do not cross', async () => {
    await fc.assert(
      fc.asyncProperty(edges(0.2), edges(0.2), fc.boolean(), async (one, [start, end], isNear) => {
        // Near each other, half of the times.
        const [[x = 0, y = 0]] = one;
        const moved = (position: Position): Position =>
          isNear
            ? [
                x + (position[0] ?? 0) - (start[0] ?? 0) + 0.1,
                Math.max(-90, Math.min(90, y + (position[1] ?? 0) - (start[1] ?? 0) + 0.1)),
              ]
            : position;
        const other: Position[] = [start, end].map(moved);
        const found = new NearestFound(1, Infinity);
        const line = (coordinates: Position[]): Geometry => ({ type: 'LineString', coordinates });
        await findClosest(new EdgeTree([line(one)]), new EdgeTree([line(other)]), found, () => undefined);
        const metres = found.bound;
        if (metres === 0) return;
        for (const { place: from } of along(one[0], one[1], 0, 1, 20)) {
          const least = leastOfMany(from, other[0] ?? [], other[1] ?? [], 20);
          assert.ok(least >= metres - Math.max(1e-4, 1e-7 * metres), `${metres}, ${least}`);
        }
      }),
      { numRuns: 500 },
    );
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

  it('are found where vertices are repeated', async () => {
    const own: Geometry = {
      type: 'LineString',
      coordinates: [
        [0, 0],
        [1, 0],
        [1, 0],
      ],
    };
    const other: Geometry = {
      type: 'LineString',
      coordinates: [
        [0.9, 0.001],
        [0.9, 0.001],
      ],
    };
    const found = new NearestFound(1, Infinity);
    await findClosest(new EdgeTree([own]), new EdgeTree([other]), found, () => undefined);
    assert.ok(Math.abs(found.bound - 110.574_276) < 1e-5, `${found.bound}`);
  });
});
