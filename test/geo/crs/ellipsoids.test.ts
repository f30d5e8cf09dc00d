import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import proj4 from 'proj4';
import { withoutRegions } from '../../../geo/crs/definition.ts';
import { findDefinition, supportedCodes } from '../../../geo/crs/definitions.ts';
import { withOwnNames } from '../../../geo/crs/projections/index.ts';
import { transformBetweenCrs } from '../../../geo/crs/transformation.ts';
import { crsFrom } from '../../support/crs.ts';

/** Semi-major axes in metres and inverse flattenings by the names of PROJ 9.5.1 (`proj -le`). */
const ellipsoids: Readonly<Record<string, readonly [axis: number, inverseFlattening: number]>> = {
  GRS80: [6378137, 298.257222101],
  GRS67: [6378160, 298.247167427],
  GSK2011: [6378136.5, 298.2564151],
  IAU76: [6378140, 298.257],
  NWL9D: [6378145, 298.25],
  WGS72: [6378135, 298.26],
  WGS84: [6378137, 298.257223563],
  airy: [6377563.396, 299.3249646],
  aust_SA: [6378160, 298.25],
  bess_nam: [6377483.865, 299.1528128],
  bessel: [6377397.155, 299.1528128],
  clrk66: [6378206.4, 294.978698214],
  clrk80ign: [6378249.2, 293.4660212936],
  evrst30: [6377276.345, 300.8017],
  evrst48: [6377304.063, 300.8017],
  evrst69: [6377295.664, 300.8017],
  evrstSS: [6377298.556, 300.8017],
  fschr60: [6378166, 298.3],
  fschr60m: [6378155, 298.3],
  fschr68: [6378150, 298.3],
  helmert: [6378200, 298.3],
  hough: [6378270, 297],
  intl: [6378388, 297],
  krass: [6378245, 298.3],
  sphere: [6370997, Infinity],
  walbeck: [6376896, 302.78],
};

describe('ellipsoids of the register', () => {
  it('are those of PROJ, and none that proj4 does not know, for which it would take WGS 84', () => {
    const used = new Set(
      supportedCodes().flatMap(
        (code) => /\+ellps=(\w+)/.exec(withoutRegions(findDefinition(code)!))?.[1] ?? [],
      ),
    );
    assert.ok(used.size > 20);
    for (const name of used) {
      const [axis, inverseFlattening] = ellipsoids[name] ?? assert.fail(`${name} is not known`);
      const { a, b } = new proj4.Proj(withOwnNames(`+proj=longlat +ellps=${name}`)) as unknown as {
        readonly a: number;
        readonly b: number;
      };
      assert.ok(Math.abs(a - axis) < 1e-6 && Math.abs(b - axis * (1 - 1 / inverseFlattening)) < 0.1, name);
    }
  });
});

/** Positions on the datum of a CRS and in it, as PROJ 9.5.1 computes them. */
const cases: readonly (readonly [code: string, base: string, positions: readonly (readonly number[])[]])[] = [
  [
    'EPSG:3139',
    'EPSG:4748',
    [
      [179.325, -16.585, 1246910.9213221075, 1478618.027654105],
      [178.782, -16.779, 959141.6166412411, 1371500.2037984794],
      [179.868, -16.391, 1535257.6743391322, 1584956.4420005388],
      [178.5105, -16.1485, 813843.7724855124, 1717845.0055779433],
    ],
  ],
  [
    'EPSG:3415',
    'EPSG:4324',
    [
      [113.445, 20.6, 442221.5886016338, 455874.52253814327],
      [111.456, 19.684, 233554.64044175268, 356613.8804130642],
      [115.434, 21.516, 648376.3977009715, 557720.3187503116],
      [110.4615, 22.661, 136699.27410046547, 687716.2056675708],
    ],
  ],
  [
    'EPSG:3993',
    'EPSG:4675',
    [
      [144.795, 13.44, 55008.42199885627, 46408.781283443444],
      [144.666, 13.336, 41034.92489090544, 34904.55278229686],
      [144.924, 13.544, 68969.86117297139, 57920.45355218563],
      [144.6015, 13.674, 34069.54311535665, 72300.31929603127],
    ],
  ],
  [
    'EPSG:20904',
    'EPSG:7683',
    [
      [21.22, 54.82, 4514141.652029344, 6077214.022152633],
      [20.23, 54.62, 4450260.41896785, 6055200.671365032],
      [22.21, 55.02, 4577392.4022516385, 6100125.860727284],
      [19.735, 55.27, 4419594.231732658, 6128017.320273293],
    ],
  ],
  [
    'EPSG:28191',
    'EPSG:4281',
    [
      [36.74, 31.28, 315747.4923633336, 77527.94658978429],
      [35.198, 30.44, 168898.95415924286, -16604.004848659897],
      [38.282, 32.12, 459932.1370396137, 173787.42961747202],
      [34.427, 33.17, 97021.88505477548, 286370.6855456325],
    ],
  ],
  [
    'EPSG:32249',
    'EPSG:4322',
    [
      [111.0, 42.0, 500000.00000000314, 4649774.988009867],
      [109.2, 25.2, 318638.56084317074, 2788306.2799977004],
      [112.8, 58.8, 604005.2670548579, 6519178.036269295],
      [108.3, 79.8, 446641.4272613036, 8860497.914284788],
    ],
  ],
];

describe('projections on ellipsoids that are rare, and projections of one grid', () => {
  for (const [code, base, positions] of cases)
    it(`have the positions of PROJ to a tenth of a millimetre, there and back: ${code}`, () => {
      const [own, target] = [crsFrom(base), crsFrom(code)];
      const [there, back] = [transformBetweenCrs(own, target), transformBetweenCrs(target, own)];
      for (const [longitude, latitude, x, y] of positions as [number, number, number, number][]) {
        const [u, v] = there([longitude, latitude]) as [number, number];
        assert.ok(Math.hypot(u - x, v - y) * target.metresPerUnit < 1e-4, `${u} ${v} for ${x} ${y}`);
        const [lon, lat] = back([x, y]) as [number, number];
        assert.ok(Math.hypot(lon - longitude, lat - latitude) < 1e-9, `${lon} ${lat}`);
      }
    });
});
