import { type Definition, type Region, unshifted } from './definition.ts';
import register from './generated/definitions.json' with { type: 'json' };

/**
 * The CRSs of the EPSG register that can be computed: generated from PROJ's database by scripts/projections, and
 * only those for which proj4 agrees with PROJ to a centimetre. Datum shifts are those that PROJ takes without
 * grid files.
 */
// The compiler takes tuples in JSON for arrays of any length.
const { definitions, regions } = register as unknown as {
  readonly definitions: Readonly<Record<string, string | readonly [base: string, regions: number]>>;
  readonly regions: readonly (readonly Region[])[];
};
/** By the codes of two geographic CRSs: the shifts between them that PROJ takes instead of going over WGS 84. */
const links: Readonly<Record<string, Readonly<Record<string, number>>>> = register.links;
const codesOnBase: Readonly<Record<string, readonly number[]>> = register.bases;
const horizontal: Readonly<Record<string, number>> = register.horizontal;
let unsupported: ReadonlySet<number> | undefined;

/** Version of the register and of PROJ's database, for example "EPSG v11.022, PROJ 9.5.1". */
export const sourceOfDefinitions: string = register.source;

/** The definition of a code for proj4, always the same object; undefined for codes without one. */
export function definitionOf(code: number): Definition | undefined {
  const found = Object.hasOwn(definitions, code) ? definitions[code] : undefined;
  return found === undefined || typeof found === 'string' ? found : withRegions(code, found[0], found[1]);
}

/**
 * The definitions with which to go from one code to another: where the datums of the two have a shift of their own,
 * one of them is defined relative to the other instead of to WGS 84.
 *
 * @returns undefined where one of them has no definition.
 */
export function definitionsBetween(
  from: number,
  to: number,
): readonly [from: Definition, to: Definition] | undefined {
  const [source, target] = [definitionOf(from), definitionOf(to)];
  if (source === undefined || target === undefined) return undefined;
  const [fromBase, toBase] = [baseCodeOf(from), baseCodeOf(to)];
  if (fromBase === undefined || toBase === undefined) return [source, target];
  const there = links[toBase]?.[fromBase];
  if (there !== undefined) return [withRegions(from, unshifted(source), there), target];
  const back = links[fromBase]?.[toBase];
  if (back !== undefined) return [source, withRegions(to, unshifted(target), back)];
  return [source, target];
}

const regional = new Map<string, Definition>();

function withRegions(code: number, base: string, list: number): Definition {
  const key = `${code} ${list}`;
  let definition = regional.get(key);
  if (!definition) {
    definition = [base, ...regions[list]!];
    regional.set(key, definition);
  }
  return definition;
}

let bases: ReadonlyMap<number, number> | undefined;

/** Code of the geographic CRS under a CRS, for those whose datum has links. */
function baseCodeOf(code: number): number | undefined {
  bases ??= new Map(
    Object.entries(codesOnBase).flatMap(([base, codes]) =>
      codes.map((each) => [each, Number(base)] as const),
    ),
  );
  return bases.get(code);
}

/** Code of the two-dimensional part of a CRS with heights; undefined for all others. */
export const horizontalPartOf = (code: number): number | undefined =>
  Object.hasOwn(horizontal, code) ? horizontal[code] : undefined;

/** True for codes of CRSs in the register that cannot be computed here. */
export function isUnsupported(code: number): boolean {
  unsupported ??= new Set(register.unsupported);
  return unsupported.has(code);
}

/** All codes that can be computed, in ascending order. */
export const supportedCodes = (): number[] => Object.keys(definitions).map(Number);
