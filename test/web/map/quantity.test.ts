import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fromArrayBuffer } from 'geotiff';
import type { RasterContent } from '../../../geo/raster/raster.ts';
import { formatSample, fromSample, readQuantities, toSample } from '../../../web/map/raster/quantity.ts';
import { makeRaster } from '../../processes/support/raster-process.ts';

/** What the map finds in a GeoTIFF of the service with such bands. */
async function quantitiesOf(meanings: RasterContent['meanings'] & object) {
  const bands = meanings.map(() => Int16Array.of(1, 2, 3, 4));
  const { value } = await makeRaster(bands, 2, { dataType: 'int16', meanings });
  const bytes = Uint8Array.from(Buffer.from(value, 'base64'));
  return readQuantities(await (await fromArrayBuffer(bytes.buffer)).getImage());
}

describe('the quantities of a raster', () => {
  it('are those that the service writes, band by band', async () => {
    assert.deepEqual(
      await quantitiesOf([
        { unit: 'degree' },
        { unit: 'm', scale: 0.1, offset: -5 },
        {},
        { unit: 'kg/m² & "x" <y>' },
      ]),
      [
        { scale: 1, offset: 0, unit: 'degree' },
        { scale: 0.1, offset: -5, unit: 'm' },
        { scale: 1, offset: 0, unit: '' },
        { scale: 1, offset: 0, unit: 'kg/m² & "x" <y>' },
      ],
    );
  });

  it('are what a person reads: scaled, with the unit as it is written behind a number', () => {
    const format = (value: number, unit: string, scale = 1, offset = 0) =>
      formatSample(value, { scale, offset, unit });
    assert.equal(format(12.5, 'degree'), '12.5°');
    assert.equal(format(12.5, 'percent'), '12.5\u00a0%');
    assert.equal(format(1200, 'metre'), '1,200\u00a0m');
    assert.equal(format(250, 'm', 0.1, 10), '35\u00a0m');
    assert.equal(format(7, 'US survey foot'), '7\u00a0US survey foot');
    assert.equal(format(7, ''), '7');
    assert.equal(formatSample(7), '7');
  });

  it('come back as samples', () => {
    const quantity = { scale: 0.5, offset: 100, unit: '' };
    assert.equal(toSample(fromSample(30, quantity), quantity), 30);
  });
});
