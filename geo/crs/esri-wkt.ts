import { requirePresent } from '../../core/shared/require-present.ts';
import { type Crs, isWgs84 } from './crs.ts';
import { findDegreesPerUnit } from './definitions.ts';
import { decimal, esriWktFromModel } from './esri-wkt-from-model.ts';
import generated from './generated/esri-wkt.json' with { type: 'json' };

type Projected = readonly [
  base: number,
  name: string,
  method: number,
  unit: number,
  values: readonly number[],
];

/** Parts of the texts as scripts/projections/esri_wkt.py writes them; the numbers lead into the lists. */
interface Parts {
  readonly geographic: readonly string[];
  readonly units: readonly string[];
  readonly methods: readonly (readonly [projection: string, ...parameters: string[]])[];
  readonly crss: Readonly<Record<string, readonly [geographic: number] | Projected>>;
}

const parts = generated as unknown as Parts;

/**
 * Well-known text of a CRS in the dialect of ESRI, as .prj files have it; of codes from PROJ's database, else of the
 * definition. A module of its own to import when it is needed: it is as large as the definitions.
 *
 * CRS84 is written as EPSG:4326: coordinates are x first anyway.
 *
 * @returns undefined for the few CRSs that the dialect cannot express.
 */
export function esriWktFromCrs({ model, computable, ...crs }: Crs): string | undefined {
  if (!model) return esriWktFromCode(isWgs84(crs) ? '4326' : (crs.identifier?.code ?? ''));
  // Where the datum is one of the register, it has the name that ESRI knows.
  const code = computable?.base;
  const text = code === undefined ? undefined : esriWktFromCode(String(code));
  if (code === undefined || !text?.startsWith('GEOGCS')) return esriWktFromModel(model);
  return esriWktFromModel(model, { text, degreesPerUnit: findDegreesPerUnit(code) });
}

function esriWktFromCode(code: string): string | undefined {
  const found = Object.hasOwn(parts.crss, code) ? parts.crss[code] : undefined;
  if (found === undefined) return undefined;
  const base = requirePresent(parts.geographic[found[0]], 'The geographic CRS');
  if (found.length === 1) return base;
  const [, name, method, unit, values] = found;
  const [projection, ...parameters] = requirePresent(parts.methods[method], 'The method');
  const list = parameters.map(
    (parameter, index) => `PARAMETER["${parameter}",${decimal(requirePresent(values[index], 'The value'))}]`,
  );
  return `PROJCS["${name}",${base},PROJECTION["${projection}"],${list.join(',')},${parts.units[unit]}]`;
}
