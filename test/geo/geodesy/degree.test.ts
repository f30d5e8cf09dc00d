import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { degreeAt } from '../../../geo/geodesy/degree.ts';

/** Metres of a thousandth of a degree times a thousand, by Geod.inv of PROJ 9.5 (ellps=WGS84). */
const proj = [
  [0, 111_319.491, 110_574.276],
  [30, 96_486.28, 110_852.442],
  [60, 55_800.002, 111_412.287],
  [-75, 28_902.006, 111_618.384],
  [89, 1_949.327, 111_693.636],
] as const;

describe('a degree on the ellipsoid', () => {
  for (const [latitude, eastward, northward] of proj)
    it(`is as long at ${latitude} degrees as PROJ says`, () => {
      const degree = degreeAt(latitude);
      assert.ok(Math.abs(degree.eastward - eastward) < 0.002, String(degree.eastward));
      assert.ok(Math.abs(degree.northward - northward) < 0.002, String(degree.northward));
    });

  it('is nothing to the east at the poles, and stays so beyond them', () => {
    for (const latitude of [90, -90, 91]) assert.ok(Math.abs(degreeAt(latitude).eastward) < 1e-6);
  });
});
