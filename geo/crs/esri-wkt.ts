import { type Crs, isWgs84 } from './crs.ts';
import { crsFromCode, findCrs } from './find-crs.ts';
import generated from './generated/esri-wkt.json' with { type: 'json' };
import { canonicalWkt, identifierOfWkt, nameOfWkt, parsedWkt, type WktNode } from './wkt-of-crs.ts';

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
  readonly deprecated: readonly number[];
}

const parts = generated as unknown as Parts;
let codes: ReadonlyMap<string, string> | undefined;

/**
 * Well-known text of a CRS in the dialect of ESRI, as .prj files have it; from PROJ's database. A module of its own
 * to import when it is needed: it is as large as the definitions.
 *
 * CRS84 is written as EPSG:4326: coordinates are x first anyway.
 *
 * @returns undefined for the few CRSs that the dialect cannot express.
 */
export const esriWktOf = (crs: Crs): string | undefined =>
  textOf(isWgs84(crs) ? '4326' : (crs.identifier?.code ?? ''));

function textOf(code: string): string | undefined {
  const found = Object.hasOwn(parts.crss, code) ? parts.crss[code] : undefined;
  if (found === undefined) return undefined;
  const base = parts.geographic[found[0]]!;
  if (found.length === 1) return base;
  const [, name, method, unit, values] = found;
  const [projection, ...parameters] = parts.methods[method]!;
  const list = parameters.map((parameter, index) => `PARAMETER["${parameter}",${decimal(values[index]!)}]`);
  return `PROJCS["${name}",${base},PROJECTION["${projection}"],${list.join(',')},${parts.units[unit]}]`;
}

const decimal = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));

/**
 * The CRS that a well-known text stands for, in the EPSG register: the identifier that it ends with (WKT1 and WKT2), else the
 * CRS of the register with the same datum, projection and parameters in ESRI's words. Of several, that with the
 * same name; else the name does not count.
 *
 * @returns undefined for texts that are not WKT and for CRSs that are not in the register.
 */
export function crsOfWkt(text: string): Crs | undefined {
  const node = parsedWkt(text);
  if (!node) return undefined;
  const identifier = identifierOfWkt(node);
  if (identifier !== undefined) return findCrs(identifier);
  codes ??= codesByText();
  const code = codes.get(keyWithName(node)) ?? codes.get(canonicalWkt(node));
  return code === undefined ? undefined : crsFromCode('EPSG', code);
}

const keyWithName = (node: WktNode): string => `${nameOfWkt(node)} ${canonicalWkt(node)}`;

/** Codes by their texts with and without the name; the lowest that is not deprecated where several share one. */
function codesByText(): ReadonlyMap<string, string> {
  const deprecated = new Set(parts.deprecated.map(String));
  const all = Object.keys(parts.crss);
  const found = new Map<string, string>();
  for (const code of [...all.filter((one) => !deprecated.has(one)), ...deprecated]) {
    const node = parsedWkt(textOf(code) ?? '');
    for (const key of node ? [keyWithName(node), canonicalWkt(node)] : []) {
      if (!found.has(key)) found.set(key, code);
    }
  }
  return found;
}
