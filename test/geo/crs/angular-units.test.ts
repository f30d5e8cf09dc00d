import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fromUnit, positionInUnit, toUnit } from '../../../geo/crs/angular-unit.ts';
import { buildGeoKeys } from '../../../geo/crs/build-geokeys.ts';
import { type Crs, crs84, sameCrs } from '../../../geo/crs/crs.ts';
import { wktFromCrs } from '../../../geo/crs/definition-text.ts';
import { esriWktFromCrs } from '../../../geo/crs/esri-wkt.ts';
import { findCrs } from '../../../geo/crs/find-crs.ts';
import { projjsonFromCrs } from '../../../geo/crs/projjson.ts';
import { crsFromGeoKeys } from '../../../geo/crs/read-geokeys.ts';
import { transformBetweenCrs } from '../../../geo/crs/transformation.ts';
import { type CrsCase, crsCases, METRES_PER_DEGREE } from './support/crs-cases.ts';

const { engine, cases } = crsCases('angular_units');
const TOLERANCE = 0.01;

/** How far positions in a CRS are from those of PROJ, there and back, in metres. */
function measure(crs: Crs, positions: CrsCase['positions']): number {
  const [there, back] = [transformBetweenCrs(crs84, crs), transformBetweenCrs(crs, crs84)];
  const scale = crs.isGeographic ? METRES_PER_DEGREE * (crs.degreesPerUnit ?? 1) : crs.metresPerUnit;
  return Math.max(
    ...positions.map(([longitude, latitude, x, y]) => {
      const [u = 0, v = 0] = positionInUnit(there([longitude, latitude]), crs);
      const [lon = 0, lat = 0] = back([fromUnit(x, crs), fromUnit(y, crs)]);
      const east = (lon - longitude) * Math.cos((latitude * Math.PI) / 180);
      return Math.max(
        Math.hypot(u - x, v - y) * scale,
        (Math.hypot(east, lat - latitude) * METRES_PER_DEGREE) / 2,
      );
    }),
  );
}

describe(`longitudes and latitudes in other units than degrees have the positions of ${engine}`, () => {
  for (const { name, positions, projjson, ...texts } of cases) {
    it(`${name}: by code and definition`, () => {
      const spellings = [projjson, ...Object.values(texts).filter((text) => /^(?:GEOG|PROJ)/.test(text))];
      const all = [...(/:\d+$/.test(name) ? [name] : []), ...spellings].map((text) => findCrs(text)!);
      for (const crs of all) {
        assert.equal(crs.fault, undefined, crs.name);
        assert.ok(measure(crs, positions) < TOLERANCE, `${crs.name}: ${measure(crs, positions)} m`);
        // Of projections with the same parameters, the code that is not deprecated.
        assert.ok(!crs.isGeographic || sameCrs(all[0], crs), `${all[0]!.name} is ${crs.name}`);
      }
    });

    it(`${name}: what is written leads back to it`, async () => {
      const crs = findCrs(/:\d+$/.test(name) ? name : projjson)!;
      const keys = (await buildGeoKeys(crs))!;
      const written = {
        projjson: findCrs(projjsonFromCrs(crs) as Record<string, unknown>),
        wkt2: findCrs((await wktFromCrs(crs))!),
        esri: findCrs(esriWktFromCrs(crs)!),
        geokeys: await crsFromGeoKeys(
          new Map([...keys].map(([key, value]) => [key, typeof value === 'object' ? value[0] : value])),
        ),
      };
      for (const [format, back] of Object.entries(written)) {
        assert.equal(back?.fault, undefined, format);
        assert.equal(back?.degreesPerUnit, crs.degreesPerUnit, format);
        assert.ok(measure(back!, positions) < TOLERANCE, `${format}: ${back?.name}`);
      }
    });
  }

  it('tells the same datum in degrees apart', () => {
    const inDegrees = findCrs(
      'GEOGCS["GCS_NTF_Paris",DATUM["D_NTF",SPHEROID["Clarke_1880_IGN",6378249.2,293.4660212936265]],PRIMEM["Paris",2.337229166666667],UNIT["Degree",0.0174532925199433]]',
    )!;
    assert.deepEqual(
      [inDegrees.identifier, inDegrees.degreesPerUnit, inDegrees.isGeographic],
      [undefined, undefined, true],
    );
    assert.ok(!sameCrs(inDegrees, findCrs('EPSG:4807')));
    assert.match(esriWktFromCrs(inDegrees)!, /UNIT\["Degree",/);
  });

  it('reads the meridian of Paris in grads as well, where a text has it in the unit of its axes', () => {
    const text = (longitude: string) =>
      `GEOGCS["NTF (Paris)",DATUM["Nouvelle Triangulation Francaise (Paris)",SPHEROID["Clarke 1880 (IGN)",6378249.2,293.4660212936269]],PRIMEM["Paris",${longitude}],UNIT["grade",0.015707963267948967]]`;
    for (const longitude of ['2.5969213', '2.33722917'])
      assert.equal(findCrs(text(longitude))?.name, 'EPSG:4807', longitude);
  });

  it('gives back the digits that were read', () => {
    const crs = { degreesPerUnit: 0.9 };
    for (const value of [48.7, 2.5969213, -0.000123456789, 100, 54.123456789012])
      assert.equal(toUnit(fromUnit(value, crs), crs), value);
  });
});
