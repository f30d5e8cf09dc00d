import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { unzipSync, zipSync } from 'fflate';
import { openRaster } from '../../../../geo/raster/formats/open-raster.ts';
import { bytesSource, makeRunContext } from '../../formats/support.ts';

const fixture = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'files', 'by-gdal', 'ilwis.mpr.zip');

/** Opens the raster with files left out (undefined) or cut to a length. */
async function open(lengths: Readonly<Record<string, number | undefined>> = {}) {
  const files = unzipSync(new Uint8Array(readFileSync(fixture)));
  const changed = Object.entries(files).flatMap(([name, bytes]): [string, Uint8Array][] => {
    if (!(name in lengths)) return [[name, bytes]];
    const length = lengths[name];
    return length === undefined ? [] : [[name, bytes.slice(0, length)]];
  });
  const context = makeRunContext();
  const href = 'https://data.example/ilwis.mpr.zip';
  const raster = await openRaster(bytesSource(zipSync(Object.fromEntries(changed)), { href }), context);
  return { raster, warnings: context.logged };
}

describe('an ILWIS raster', () => {
  it('has the CRS of its .csy, and nothing is told', async () => {
    const { raster, warnings } = await open();
    assert.equal(raster.crs?.isGeographic, false);
    assert.deepEqual(warnings, []);
  });

  it('has none where its .csy is missing or not complete, which is told', async () => {
    const files = unzipSync(new Uint8Array(readFileSync(fixture)));
    const lines = Buffer.from(files['ilwis.csy']!).toString('latin1');
    for (const length of [
      undefined,
      lines.indexOf('Ellipsoid='),
      lines.indexOf('[Ellipsoid]'),
      lines.indexOf('Zone='),
    ]) {
      const { raster, warnings } = await open({ 'ilwis.csy': length });
      assert.equal(raster.crs, undefined, String(length));
      assert.equal(warnings.length, 1);
      assert.match(
        warnings[0]!,
        /has no CRS: its coordinate system \(\.csy\) is not in the archive, is incomplete/,
      );
    }
  });

  it('is refused where one of its files is cut: it would lie elsewhere', async () => {
    const files = unzipSync(new Uint8Array(readFileSync(fixture)));
    const zone = Buffer.from(files['ilwis.csy']!).toString('latin1').indexOf('Zone=32') + 'Zone=3'.length;
    await assert.rejects(open({ 'ilwis.csy': zone }), /truncated: ilwis\.csy ends in the middle of a line/);
    const corners = Buffer.from(files['ilwis.grf']!).toString('latin1').indexOf('MinX=');
    await assert.rejects(open({ 'ilwis.grf': corners }), /truncated: ilwis\.grf has no MinX, MinY/);
  });
});
