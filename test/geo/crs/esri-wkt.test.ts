import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crs84 } from '../../../geo/crs/crs.ts';
import { definitionOf, supportedCodes } from '../../../geo/crs/definitions.ts';
import { crsOfWkt, esriWktOf } from '../../../geo/crs/esri-wkt.ts';
import { crsFromCode } from '../../../geo/crs/find-crs.ts';
import { oracle } from '../../processes/support/oracle.ts';
import { crsFrom } from '../../support/crs.ts';

/** That .prj files are written as PROJ writes them, and that CRSs are recognised in those of others. */
const { texts } = oracle('crs_wkt') as {
  texts: Record<string, { esri: string; gdal: string; wkt2: string }>;
};

describe('well-known text of CRSs', () => {
  for (const [code, { esri, gdal, wkt2 }] of Object.entries(texts).filter(([code]) =>
    definitionOf(Number(code)),
  )) {
    it(`of EPSG:${code} is that of PROJ, and is recognised in three dialects`, () => {
      const name = `EPSG:${code}`;
      assert.equal(esriWktOf(crsFrom(name)), esri);
      assert.equal(crsOfWkt(esri)?.name, name);
      assert.equal(crsOfWkt(gdal)?.name, name);
      assert.equal(crsOfWkt(wkt2)?.name, name);
    });
  }

  it('of CRS84 is that of EPSG:4326', () => {
    assert.equal(esriWktOf(crs84), texts['4326']!.esri);
  });

  it('leads back to a CRS with the same definition, for all codes', () => {
    const others = supportedCodes().filter((code) => {
      const text = esriWktOf(crsFrom(`EPSG:${code}`));
      return text !== undefined && crsOfWkt(text)?.name !== `EPSG:${code}`;
    });
    // Codes whose texts are the same; each is read as the other one.
    assert.ok(others.length > 0 && others.length < 100, `${others.length} codes`);
    for (const code of others) {
      const text = esriWktOf(crsFrom(`EPSG:${code}`))!;
      const read = esriWktOf(crsOfWkt(text)!)!;
      const numbers = (wkt: string) => wkt.match(/,[-\d.e]+/gi)!.map((number) => Number(number.slice(1)));
      const sorted = (wkt: string) => numbers(wkt).sort((one, other) => one - other);
      assert.deepEqual(sorted(read), sorted(text), `${code}`);
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
    assert.equal(crsOfWkt(changed)?.name, 'EPSG:28992');
  });

  it('is recognised in the horizontal part of a compound CRS', () => {
    const { gdal } = texts['28992']!;
    assert.equal(crsOfWkt(`COMPD_CS["x",${gdal},VERT_CS["y",VERT_DATUM["z",2005]]]`)?.name, 'EPSG:28992');
  });

  it('is not taken for another where a parameter differs', () => {
    assert.equal(crsOfWkt(texts['28992']!.esri.replace('155000.0', '155001.0')), undefined);
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
      assert.equal(crsOfWkt(text), undefined, text);
    }
    assert.equal(esriWktOf(crsFromCode('EPSG', 1)), undefined);
  });
});
