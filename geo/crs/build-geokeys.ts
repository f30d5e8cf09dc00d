import { type Crs, isWgs84 } from './crs.ts';
import { geoKeysFromCrs, type WrittenKeys } from './geokeys-from-crs.ts';
import { crsFromModel } from './identify.ts';
import { modelFromCrs } from './model-from-crs.ts';

/** The GeoKeys of a CRS, with its definition from the register where that is needed; see `geoKeysFromCrs`. */
export async function buildGeoKeys(crs: Crs): Promise<WrittenKeys | undefined> {
  const hasCode = isWgs84(crs) || crs.identifier?.authority === 'EPSG';
  const keys = hasCode ? geoKeysFromCrs(crs, undefined, undefined) : undefined;
  if (keys) return keys;
  const model = await modelFromCrs(crs);
  if (!model) return undefined;
  // Codes of ESRI are none of GeoTIFF; some mean what a code of EPSG means.
  const { identifier: _, ...unnamed } = model;
  const preferred = crsFromModel(unnamed);
  if (preferred.identifier?.authority === 'EPSG') return geoKeysFromCrs(preferred, model, undefined);
  const { esriWktFromCrs } = await import('./esri-wkt.ts');
  return geoKeysFromCrs(crs, model, esriWktFromCrs(crs));
}
