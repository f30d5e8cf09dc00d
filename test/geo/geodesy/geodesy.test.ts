import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry, Position } from 'geojson';
import { cutAtAntimeridian } from '../../../geo/geodesy/antimeridian.ts';
import { azimuthalEquidistant, geographicCentre } from '../../../geo/geodesy/azimuthal-equidistant.ts';
import { toGeographic } from '../../../geo/geodesy/to-geographic.ts';
import { loadGeos } from '../../../geo/geos/geos.ts';
import { computeBounds } from '../../../geo/layer/layer.ts';
import { rectangle as box } from '../../processes/support/layers.ts';

const geos = await loadGeos();
const computeArea = (geometry: Geometry) => geos.scope((scope) => scope.area(scope.read(geometry)));
const circle = (radius: number): Geometry => ({
  type: 'Polygon',
  coordinates: [
    Array.from({ length: 65 }, (_, index): Position => {
      const angle = ((index % 64) * 2 * Math.PI) / 64;
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    }),
  ],
});

describe('the centre of a feature', () => {
  for (const [name, longitudes, expected] of [
    ['of one point', [12], 12],
    ['of two', [10, 20], 15],
    ['across the antimeridian', [179, -177], -179],
    ['across the antimeridian, cut', [178, 180, -180, -178], 180],
    ['across the prime meridian', [-10, 30], 10],
  ] as const) {
    it(`is on the smallest arc ${name}`, () => {
      const geometry: Geometry = {
        type: 'MultiPoint',
        coordinates: longitudes.map((longitude) => [longitude, 4]),
      };
      const centre = geographicCentre(geometry)!;
      assert.equal(Math.abs(centre.longitude - expected) % 360, 0);
      assert.equal(centre.latitude, 4);
    });
  }

  it('of nothing is nowhere', () => {
    assert.equal(geographicCentre({ type: 'Polygon', coordinates: [] }), undefined);
  });
});

describe('the azimuthal equidistant projection', () => {
  it('agrees with PROJ (+proj=aeqd +datum=WGS84 +lon_0=5 +lat_0=52)', () => {
    const plane = azimuthalEquidistant({ longitude: 5, latitude: 52 });
    // Computed by pyproj 3.7.2, PROJ 9.5.1.
    for (const [position, expected] of PROJ_VALUES) {
      const [x = 0, y = 0] = plane.forward(position);
      assert.ok(Math.hypot(x - expected[0]!, y - expected[1]!) < 1e-6, `${x} ${y}`);
    }
  });

  it('comes back where it started', () => {
    const longitude = fc.double({ min: -180, max: 180, noNaN: true });
    const latitude = fc.double({ min: -89, max: 89, noNaN: true });
    fc.assert(
      fc.property(
        longitude,
        latitude,
        fc.double({ min: -3e6, max: 3e6, noNaN: true }),
        fc.double({ min: -3e6, max: 3e6, noNaN: true }),
        (lon, lat, x, y) => {
          const plane = azimuthalEquidistant({ longitude: lon, latitude: lat });
          const [backX = 0, backY = 0] = plane.forward(plane.inverse([x, y]));
          assert.ok(Math.hypot(backX - x, backY - y) < 1e-6);
        },
      ),
    );
  });
});

describe('the antimeridian (RFC 7946 section 3.1.9)', () => {
  it('cuts what runs beyond it, and turns the pieces back', () => {
    const cut = cutAtAntimeridian(box(175, -5, 190, 5), geos);
    assert.equal(cut.type, 'MultiPolygon');
    assert.deepEqual(computeBounds([cut]), [-180, -5, 180, 5]);
    assert.ok(Math.abs(computeArea(cut) - 150) < 1e-9);
  });

  it('cuts lines and turns points', () => {
    const line: Geometry = {
      type: 'LineString',
      coordinates: [
        [-170, 0],
        [-190, 10],
      ],
    };
    assert.deepEqual(cutAtAntimeridian(line, geos), {
      type: 'MultiLineString',
      coordinates: [
        [
          [-170, 0],
          [-180, 5],
        ],
        [
          [180, 5],
          [170, 10],
        ],
      ],
    });
    assert.deepEqual(cutAtAntimeridian({ type: 'Point', coordinates: [190, 1] }, geos).type, 'Point');
  });

  it('leaves alone what lies within', () => {
    const world = box(-180, -90, 180, 90);
    assert.equal(cutAtAntimeridian(world, geos), world);
  });

  it('keeps the area of any box', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -500, max: 500, noNaN: true }),
        fc.double({ min: 1, max: 300, noNaN: true }),
        (west, width) => {
          const cut = cutAtAntimeridian(box(west, 0, west + width, 1), geos);
          const [least, , most] = computeBounds([cut])!;
          assert.ok(least >= -180 && most <= 180);
          assert.ok(Math.abs(computeArea(cut) - width) < 1e-6);
        },
      ),
    );
  });
});

describe('poles', () => {
  const nearPole = azimuthalEquidistant({ longitude: 20, latitude: 89.9 });

  it('are told, so that a process can refuse', () => {
    const poles: string[] = [];
    toGeographic(circle(50_000), nearPole, geos, { onPole: (pole) => poles.push(pole) });
    assert.deepEqual(poles, ['North']);
    toGeographic(circle(5_000), nearPole, geos, { onPole: () => assert.fail('the pole is outside') });
  });

  it('lie on an edge of the result otherwise', () => {
    const area = toGeographic(circle(50_000), nearPole, geos);
    const [west, south, east, north] = computeBounds([area])!;
    assert.deepEqual([west, east, north], [-180, 180, 90]);
    assert.ok(south > 89.4 && south < 89.6);
  });

  it('may be in a hole', () => {
    const rings = [circle(100_000), circle(50_000)].map(
      (area) => (area as { coordinates: Position[][] } & Geometry).coordinates[0]!,
    );
    const ring = toGeographic(
      { type: 'Polygon', coordinates: rings },
      azimuthalEquidistant({ longitude: 0, latitude: -90 }),
      geos,
    );
    const [west, south, east, north] = computeBounds([ring])!;
    assert.deepEqual([west, east], [-180, 180]);
    assert.ok(south > -89.6 && south < -89.5 && north < -89 && north > -89.2, `${south} ${north}`);
  });
});

const PROJ_VALUES: readonly (readonly [Position, Position])[] = [
  [
    [5, 52],
    [0.0, 0.0],
  ],
  [
    [6.5, 53.25],
    [100123.8722366722, 140137.6903087026],
  ],
  [
    [-10, 40],
    [-1282549.2583429536, -1208041.3143087716],
  ],
  [
    [60, -5],
    [6960310.864203337, -4273534.199238896],
  ],
  [
    [5, 60],
    [0.0, 890729.2694800933],
  ],
  [
    [100, 70],
    [2406784.2646632665, 4248940.764536778],
  ],
];
