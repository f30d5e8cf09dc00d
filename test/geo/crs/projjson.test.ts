import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crs84 } from '../../../geo/crs/crs.ts';
import { findRegister, supportedCodes } from '../../../geo/crs/definitions.ts';
import { crsFromCode } from '../../../geo/crs/find-crs.ts';
import { projjsonFromCrs } from '../../../geo/crs/projjson.ts';
import { oracle } from '../../processes/support/oracle.ts';

/** PROJ adds where the CRS is used, and writes members in another order. */
const essential = ({ scope, area, bbox, usages, ...rest }: Record<string, unknown>): unknown => rest;

describe('PROJJSON', () => {
  it('says what PROJ says', () => {
    const { crs } = oracle('projjson') as { readonly crs: Readonly<Record<string, Record<string, unknown>>> };
    assert.ok(Object.keys(crs).length >= 10);
    for (const [name, expected] of Object.entries(crs)) {
      assert.deepEqual(
        essential(projjsonFromCrs(crsFromCode('EPSG', name.slice(5))) as Record<string, unknown>),
        essential(expected),
        name,
      );
    }
  });

  it('is there for every CRS, with its identifier and kind', () => {
    for (const code of supportedCodes()) {
      const projjson = projjsonFromCrs(crsFromCode(findRegister(code), code)) as { type: string; id: object };
      assert.deepEqual(projjson.id, { authority: findRegister(code), code });
      const { isGeographic } = crsFromCode(findRegister(code), code);
      assert.equal(projjson.type, isGeographic ? 'GeographicCRS' : 'ProjectedCRS');
    }
  });

  it('is left to the default of the format for CRS84', () => {
    assert.equal(projjsonFromCrs(crs84), undefined);
  });
});
