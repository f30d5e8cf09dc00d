import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crs84, sameCrs } from '../../../geo/crs/crs.ts';
import { findCrs } from '../../../geo/crs/find-crs.ts';
import { transformBetweenCrs } from '../../../geo/crs/transformation.ts';
import { crsCases, METRES_PER_DEGREE } from './support/crs-cases.ts';

const { engine, cases } = crsCases('custom_crs');

/** Metres. */
const TOLERANCE = 0.01;

describe(`a CRS without a code has the positions of ${engine}`, () => {
  for (const { name, positions, projjson, ...texts } of cases) {
    // The dialect of ESRI cannot say that a datum is shifted, or how a satellite sweeps.
    const isLost = (dialect: string) =>
      dialect === 'WKT1_ESRI' && ('source_crs' in projjson || name.includes('GOES'));
    const spellings = Object.entries({ projjson, ...texts }).filter(
      ([dialect]) => /^WKT|projjson/.test(dialect) && !isLost(dialect),
    );
    it(`${name}: ${spellings.map(([dialect]) => dialect).join(', ')}`, () => {
      assert.ok(spellings.length >= 2);
      const all = spellings.map(([dialect, text]) => {
        const crs = findCrs(text)!;
        assert.equal(crs.fault, undefined, dialect);
        const [there, back] = [transformBetweenCrs(crs84, crs), transformBetweenCrs(crs, crs84)];
        const scale = crs.isGeographic ? METRES_PER_DEGREE : crs.metresPerUnit;
        for (const [longitude, latitude, x, y] of positions) {
          const [u, v] = there([longitude, latitude]) as [number, number];
          const [lon, lat] = back([x, y]) as [number, number];
          assert.ok(Math.hypot(u - x, v - y) * scale < TOLERANCE, `${dialect}: ${u} ${v} for ${x} ${y}`);
          const east = (lon - longitude) * Math.cos((latitude * Math.PI) / 180);
          const away = Math.hypot(east, lat - latitude) * METRES_PER_DEGREE;
          assert.ok(away < 2 * TOLERANCE, `${dialect}: ${lon} ${lat} for ${longitude} ${latitude}`);
        }
        return crs;
      });
      for (const other of all) assert.ok(sameCrs(all[0], other), `${all[0]!.name} is ${other.name}`);
    });
  }
});
