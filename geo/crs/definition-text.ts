import type { Crs } from './crs.ts';
import { modelFromCrs } from './model-from-crs.ts';
import { projjsonFromModel } from './projjson-from-model.ts';
import { wkt2FromProjjson } from './wkt2.ts';

/** Well-known text (WKT2) of a CRS without a code; undefined for those with one, which is what they are named by. */
export const wktWithoutCode = ({ model }: Crs): string | undefined =>
  model && wkt2FromProjjson(projjsonFromModel(model));

/** Well-known text (WKT2) of any CRS; undefined for codes that the register has no definition of. */
export async function wktFromCrs(crs: Crs): Promise<string | undefined> {
  const model = await modelFromCrs(crs);
  if (!model) return undefined;
  if (crs.model) return wkt2FromProjjson(projjsonFromModel(model));
  const { projjsonFromCode } = await import('./projjson.ts');
  const projjson = projjsonFromCode(crs.identifier?.code === 'CRS84' ? '4326' : (crs.identifier?.code ?? ''));
  return projjson && wkt2FromProjjson(projjson);
}
