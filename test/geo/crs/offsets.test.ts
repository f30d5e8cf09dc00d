import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { remarkOnMove } from '../../../geo/crs/accuracy.ts';
import { type Definition, WGS84 } from '../../../geo/crs/definition.ts';
import { transformBetweenCrs } from '../../../geo/crs/transformation.ts';
import { transformBetween } from '../../../geo/crs/transformer.ts';
import { crsFrom } from '../../support/crs.ts';

/** Positions that PROJ 9.5.1 moves to WGS 84: pyproj's Transformer.from_crs(code, 4326, always_xy=True). */
const moved: readonly (readonly [code: string, from: readonly number[], to: readonly number[]])[] = [
  // Tokyo 1892 in Korea, by way of Korean 1985, whose meridian is another one.
  ['EPSG:5132', [127.5, 37], [127.500748400687, 37.00286475235482]],
  ['EPSG:5132', [128.9, 35.2], [128.90064271837912, 35.203077488290866]],
];

describe('an offset of longitudes and latitudes', () => {
  it('is added before the shift of the other datum, and taken away on the way back', () => {
    // The Greek datum, by way of GGRS87.
    const greek: Definition = [
      '+proj=longlat +ellps=bessel +pm=athens',
      ['@0.28,-5.86 +proj=longlat +ellps=GRS80 +towgs84=-199.87,74.79,246.62', -180, -90, 180, 90],
    ];
    const [longitude = 0, latitude = 0] = transformBetween(greek, WGS84)([-1, 38.5]);
    assert.ok(
      Math.abs(longitude - 22.718090949438853) < 2e-8 && Math.abs(latitude - 38.50098285563922) < 2e-8,
    );
    const [x = 0, y = 0] = transformBetween(WGS84, greek)([longitude, latitude]);
    assert.ok(Math.abs(x + 1) < 2e-8 && Math.abs(y - 38.5) < 2e-8);
  });
});

describe('datums that are moved by offsets of longitude and latitude', () => {
  for (const [code, from, to] of moved)
    it(`are moved as PROJ moves them, there and back: ${code}`, () => {
      const [crs, wgs84] = [crsFrom(code), crsFrom('EPSG:4326')];
      const [longitude = 0, latitude = 0] = transformBetweenCrs(crs, wgs84)([...from]);
      assert.ok(
        Math.abs(longitude - to[0]!) < 2e-8 && Math.abs(latitude - to[1]!) < 2e-8,
        `${longitude}, ${latitude}`,
      );
      const back = transformBetweenCrs(wgs84, crs)([...to]);
      // Heights above the other ellipsoid are dropped on the way: some millimetres.
      for (const [index, value] of back.entries())
        assert.ok(Math.abs(value - from[index]!) < 5e-8, `${back}`);
    });
});

describe('datums without a known shift', () => {
  const remark = (from: string) => remarkOnMove(crsFrom(from), crsFrom('EPSG:4326'));

  it('are not mentioned where they are on an ellipsoid of satellites', () => {
    for (const code of ['EPSG:4490', 'EPSG:4258', 'EPSG:4019']) assert.equal(remark(code), undefined, code);
  });

  it('are taken as they are, and it is said that this may be off', () => {
    assert.equal(
      remark('EPSG:4001'),
      'Coordinates transformed from EPSG:4001 to EPSG:4326 are not exact: those in EPSG:4001 may be off by an unknown amount, because no shift of its datum to WGS 84 is known.',
    );
    // Tokyo 1892 has one in Korea only.
    assert.match(remark('EPSG:5132') ?? '', /no shift of its datum to WGS 84 is known in parts of its area/);
  });
});
