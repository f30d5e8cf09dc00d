import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildGeoKeys } from '../../../geo/crs/build-geokeys.ts';
import { type Crs, sameCrs } from '../../../geo/crs/crs.ts';
import { findDegreesPerUnit } from '../../../geo/crs/definitions.ts';
import { findCrs } from '../../../geo/crs/find-crs.ts';
import { packGeoKeys } from '../../../geo/crs/geokeys-from-crs.ts';
import { crsFromModel } from '../../../geo/crs/identify.ts';
import { modelFromCrs } from '../../../geo/crs/model-from-crs.ts';
import { crsFromGeoKeys, type GeoKeys } from '../../../geo/crs/read-geokeys.ts';
import { transformBetweenCrs } from '../../../geo/crs/transformation.ts';
import { oracle } from '../../processes/support/oracle.ts';
import { crsFrom } from '../../support/crs.ts';

interface Case {
  readonly definition: string;
  readonly keys: Readonly<Record<string, number | string>>;
  readonly place: readonly [number, number];
  readonly position: readonly [number, number];
}

const { engine, cases } = oracle('geokeys') as { readonly engine: string; readonly cases: readonly Case[] };
const toKeys = (keys: Case['keys']): GeoKeys =>
  new Map(Object.entries(keys).map(([key, value]) => [Number(key), value]));

/** The longitudes and latitudes under a CRS. */
async function makeBase(crs: Crs): Promise<Crs> {
  const { base } = (await modelFromCrs(crs))!;
  return crsFromModel({ name: base.name, base, unit: { name: 'degree', factor: 1 } });
}

describe(`GeoKeys that were written by ${engine}`, () => {
  for (const { definition, keys, place, position } of cases) {
    it(`are read: ${definition}`, async () => {
      const crs = (await crsFromGeoKeys(toKeys(keys)))!;
      assert.equal(crs.fault, undefined);
      if (definition.startsWith('EPSG')) assert.equal(crs.name, definition);
      const base = await makeBase(crs);
      assert.equal(base.fault, undefined);
      // The fixture has the longitudes and latitudes in the unit of their code.
      const unit = findDegreesPerUnit(base.computable?.base ?? 0);
      const inDegrees = place.map((angle) => angle * unit);
      const [x, y] = crs.isGeographic
        ? place
        : (transformBetweenCrs(base, crs)([...inDegrees]) as [number, number]);
      const away = Math.hypot(x - position[0], y - position[1]) * crs.metresPerUnit;
      assert.ok(away < 0.01, `${x} ${y} for ${position}`);
    });
  }
});

/** Keys as a reader finds them after they were packed. */
function unpacked(keys: Parameters<typeof packGeoKeys>[0]): GeoKeys {
  const { directory, numbers, texts } = packGeoKeys(keys);
  const found = new Map<number, number | string>();
  for (let at = 4; at < directory.length; at += 4) {
    const [key, location, count, value] = directory.slice(at, at + 4) as [number, number, number, number];
    if (location === 34_737) found.set(key, texts.slice(value, value + count - 1));
    else found.set(key, location === 34_736 ? numbers[value]! : value);
  }
  return found;
}

/** What neither keys nor texts of ESRI can say. */
const lost = [
  'a shift of seven parameters',
  'Lambert conformal with an origin off its parallel',
  'geostationary, as GOES',
  'Krovak, modified',
  'Wagner I',
  'Wagner II',
  'Wagner III',
  'Wagner VI',
  'Kavraiskiy V',
  'Kavraiskiy VII',
];

describe('GeoKeys that are written', () => {
  const customs = (
    oracle('custom_crs') as { cases: { name: string; projjson: Record<string, unknown> }[] }
  ).cases.map(({ name, projjson }) => [name, findCrs(projjson)!] as const);
  const coded = ['EPSG:28992', 'EPSG:4326', 'ESRI:102008', 'ESRI:54009', 'ESRI:102100'].map(
    (code) => [code, crsFrom(code)] as const,
  );
  for (const [name, crs] of [...customs, ...coded]) {
    it(`lead back to the CRS: ${name}`, async () => {
      const keys = await buildGeoKeys(crs);
      // The format has no keys for a shift of the datum, and of some projections not even ESRI has a name.
      const isLost = lost.includes(name);
      assert.equal(keys === undefined, isLost);
      if (!keys) return;
      const back = (await crsFromGeoKeys(unpacked(keys)))!;
      const same = crs.name === 'ESRI:102100' ? crsFrom('EPSG:3857') : crs;
      assert.ok(sameCrs(back, same), `${back.name}: ${back.meaning} for ${same.meaning}`);
    });
  }
});

describe('GeoKeys of real files', () => {
  const text =
    'ESRI PE String = PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",0.0],PARAMETER["Auxiliary_Sphere_Type",0.0],UNIT["Meter",1.0]]';

  it('of ArcGIS have the CRS as text, beside the code of its longitudes and latitudes', async () => {
    const crs = await crsFromGeoKeys(
      toKeys({ 1024: 32_767, 1025: 1, 1026: 'PCS Name = x', 2048: 4326, 2054: 9102, 3073: text, 3076: 9001 }),
    );
    assert.equal(crs?.name, 'EPSG:3857');
  });

  it('may count a code in another unit: Georgia West in US survey feet', async () => {
    const crs = (await crsFromGeoKeys(toKeys({ 1024: 1, 1025: 1, 3072: 26_967, 3076: 9003 })))!;
    assert.equal(crs.name, 'EPSG:2240');
    const own = (await crsFromGeoKeys(toKeys({ 1024: 1, 3072: 32_631, 3076: 32_767, 3077: 0.5 })))!;
    assert.deepEqual([own.identifier, own.metresPerUnit, own.fault], [undefined, 0.5, undefined]);
    const [x, y] = transformBetweenCrs(crsFrom('EPSG:32631'), own)([500_000, 5_000_000]) as [number, number];
    assert.ok(Math.hypot(x - 1_000_000, y - 10_000_000) < 1e-6, `${x} ${y}`);
  });

  it('may name codes of ESRI, zones of UTM, or what nobody knows', async () => {
    assert.equal((await crsFromGeoKeys(toKeys({ 1024: 1, 3072: 54_009 })))?.name, 'ESRI:54009');
    const zone = await crsFromGeoKeys(toKeys({ 1024: 1, 2048: 4326, 3072: 32_767, 3074: 16_031 }));
    assert.equal(zone?.name, 'EPSG:32631');
    assert.match(
      (await crsFromGeoKeys(toKeys({ 1024: 1, 3072: 65_000 })))!.fault!,
      /is not in the EPSG registry/,
    );
    const other = await crsFromGeoKeys(toKeys({ 1024: 1, 2048: 4326, 3072: 32_767, 3075: 99 }));
    assert.match(other!.fault!, /coordinate transformation 99 of GeoTIFF/);
    assert.equal(await crsFromGeoKeys(new Map()), undefined);
  });
});
