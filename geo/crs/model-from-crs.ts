import { type Crs, isWgs84 } from './crs.ts';
import type { CrsModel } from './model.ts';
import { modelFromProjjson } from './read-projjson.ts';

/**
 * The definition of a CRS, of codes from the register; undefined for codes that it has no definition of. It loads that
 * part of the register only when it is needed: it is large.
 */
export async function modelFromCrs(crs: Crs): Promise<CrsModel | undefined> {
  if (crs.model) return crs.model;
  const { projjsonFromCode } = await import('./projjson.ts');
  const projjson = projjsonFromCode(isWgs84(crs) ? '4326' : (crs.identifier?.code ?? ''));
  return projjson && modelFromProjjson(projjson);
}
