import { InvalidInput } from '../../core/shared/errors.ts';
import { crsOf, epsgCodeOf } from './crs.ts';

/**
 * Whether the unit of a CRS is the degree. Rasters may be in a CRS whose positions cannot be computed here; the range of
 * its code then says what kind it is (the codes 4000 to 4999 are those of geographic ones).
 */
export function isGeographicCrs(crs: string): boolean {
  try {
    return crsOf(crs, '').isGeographic;
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const code = epsgCodeOf(crs);
    return code >= 4000 && code < 5000;
  }
}
