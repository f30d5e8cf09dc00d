import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crs84 } from '../../../geo/crs/crs.ts';
import { findDefinition, findRegister, supportedCodes } from '../../../geo/crs/definitions.ts';
import { esriWktFromCrs } from '../../../geo/crs/esri-wkt.ts';
import { crsFromCode, findCrs } from '../../../geo/crs/find-crs.ts';
import { transformBetweenCrs } from '../../../geo/crs/transformation.ts';
import { oracle } from '../../processes/support/oracle.ts';
import { crsFrom } from '../../support/crs.ts';

/** That .prj files are written as PROJ writes them, and that CRSs are recognised in those of others. */
const { texts } = oracle('crs_wkt') as {
  texts: Record<string, { esri: string; gdal: string; wkt2: string }>;
};

describe('well-known text of CRSs', () => {
  for (const [code, { esri, gdal, wkt2 }] of Object.entries(texts).filter(([code]) =>
    findDefinition(Number(code)),
  )) {
    it(`of EPSG:${code} is that of PROJ, and is recognised in three dialects`, () => {
      const name = `EPSG:${code}`;
      assert.equal(esriWktFromCrs(crsFrom(name)), esri);
      assert.equal(findCrs(esri)?.name, name);
      assert.equal(findCrs(gdal)?.name, name);
      assert.equal(findCrs(wkt2)?.name, name);
    });
  }

  it('of CRS84 is that of EPSG:4326', () => {
    assert.equal(esriWktFromCrs(crs84), texts['4326']!.esri);
  });

  it('leads back to a CRS with the same definition, for all codes', () => {
    const others = supportedCodes().filter((code) => {
      const text = esriWktFromCrs(crsFromCode(findRegister(code), code));
      return text !== undefined && findCrs(text)?.name !== `${findRegister(code)}:${code}`;
    });
    // Codes whose texts are the same, each of which is read as the preferred one: that of EPSG, if both have one.
    const epsg = others.filter((code) => findRegister(code) === 'EPSG');
    assert.ok(epsg.length > 0 && epsg.length < 110, `${epsg.length} codes`);
    assert.ok(others.length < 1100, `${others.length} codes`);
    const numbers = (wkt: string) => wkt.match(/,[-\d.e]+/gi)!.map((number) => Number(number.slice(1)));
    for (const code of epsg) {
      const text = esriWktFromCrs(crsFromCode(findRegister(code), code))!;
      const found = findCrs(text)!;
      // Nothing is made up of what proj4 computes with other formulas; grads become degrees.
      if (found.fault !== undefined) continue;
      const read = esriWktFromCrs(found)!;
      if (/UNIT\["Grad"|\(Spherical\)/.test(text + read)) continue;
      const [own, other] = [text, read].map((wkt) => numbers(wkt).sort((one, two) => one - two));
      assert.equal(other!.length, own!.length, `${code}: ${read} for ${text}`);
      for (const [index, value] of own!.entries())
        assert.ok(Math.abs(value - other![index]!) < 0.01, `${code}: ${read} for ${text}`);
    }
  });

  it('is recognised with other spaces, brackets, digits and names', () => {
    const text = texts['28992']!.esri;
    const changed = text
      .replace('"RD_New"', '"Amersfoort / RD New"')
      .replaceAll(',', ' ,\n ')
      .replaceAll('[', '(')
      .replaceAll(']', ')')
      .replace('0.0174532925199433', '0.017453292519943295')
      .replace('155000.0', '155000');
    assert.equal(findCrs(changed)?.name, 'EPSG:28992');
  });

  it('is recognised in the horizontal part of a compound CRS', () => {
    const { gdal } = texts['28992']!;
    assert.equal(findCrs(`COMPD_CS["x",${gdal},VERT_CS["y",VERT_DATUM["z",2005]]]`)?.name, 'EPSG:28992');
  });

  it('is not taken for another where a parameter differs', () => {
    const crs = findCrs(texts['28992']!.esri.replace('155000.0', '155001.0'))!;
    assert.deepEqual([crs.name, crs.identifier, crs.fault], ['RD_New', undefined, undefined]);
    const [x, y] = transformBetweenCrs(crsFrom('EPSG:28992'), crs)([155_000, 463_000]) as [number, number];
    assert.ok(Math.hypot(x - 155_001, y - 463_000) < 1e-6, `${x} ${y}`);
  });

  it('is not made up', () => {
    for (const text of [
      '',
      'RD New',
      'PROJCS[',
      'PROJCS["a"',
      'GEOGCS[]',
      '+proj=longlat',
      `${'A['.repeat(1000)}`,
      '"',
      '[',
    ]) {
      assert.equal(findCrs(text), undefined, text);
    }
    assert.equal(esriWktFromCrs(crsFromCode('EPSG', 1)), undefined);
  });
});
