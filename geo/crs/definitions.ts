import { requirePresent } from '../../core/shared/require-present.ts';
import { type Definition, type Region, unshifted } from './definition.ts';
import register from './generated/definitions.json' with { type: 'json' };
import { LineTable } from './line-table.ts';

/**
 * The CRSs of the registers of EPSG and ESRI that can be computed: generated from PROJ's database by
 * scripts/projections, and only those for which proj4 agrees with PROJ to a centimetre, or comes near to the shift of
 * the datum. Datum shifts are those that PROJ takes without grid files. A line is the code, that of the longitudes and
 * latitudes under it with the number of the list of shifts by region, and the definition.
 */
const definitions = new LineTable(register.definitions);
const regions = new LineTable(register.regions);
const codesOnBase = new LineTable(register.bases);
const shared = new LineTable(register.shared);
const esri = new LineTable(register.esri);
const unsupported = new LineTable(register.unsupported);
/** By the codes of two geographic CRSs: the shifts between them that PROJ takes instead of going over WGS 84. */
const links: Readonly<Record<string, Readonly<Record<string, number>>>> = register.links;
const horizontal: Readonly<Record<string, number>> = register.horizontal;
/** Metres by which definitions are off where proj4 can only come near to the shift of a datum. */
const near: Readonly<Record<string, number>> = register.near;
/** Codes of geographic CRSs of which PROJ knows no shift to WGS 84, in all or in parts of the area where they are used. */
const withoutShift = new LineTable(register.withoutShift);
// The compiler takes tuples in JSON for arrays of any length.
const withoutGrids = register.withoutGrids as unknown as Readonly<
  Record<string, readonly [metres: number | null, file: string]>
>;

/** Version of the register and of PROJ's database, for example "EPSG v11.022, PROJ 9.5.1". */
export const definitionsSource: string = register.source;

const computables = new Map<number, Computable>();

/** What positions in the CRS with a code are computed with, always the same object; undefined for codes without it. */
export function findComputable(code: number): Computable | undefined {
  let found = computables.get(code);
  if (!found) {
    const line = definitions.get(code);
    if (line === undefined) return undefined;
    const [, base = '', list, text = ''] = /^(\d+)(?:@(\d+))? (.*)$/.exec(line) ?? [];
    const definition = list === undefined ? text : withRegions(text, Number(list));
    found = { definition, ...(base === '0' ? {} : { base: Number(base) }) };
    computables.set(code, found);
  }
  return found;
}

/** The definition of a code for proj4, always the same object; undefined for codes without one. */
export const findDefinition = (code: number): Definition | undefined => findComputable(code)?.definition;

/** By the codes of geographic CRSs with another unit. */
const degreesPerUnit: Readonly<Record<string, number>> = register.degreesPerUnit;

/** Degrees in one unit of a geographic CRS; 1 for degrees. Its definition is in degrees all the same. */
export const findDegreesPerUnit = (code: number): number => degreesPerUnit[code] ?? 1;

/** What positions in a CRS are computed with. */
export interface Computable {
  readonly definition: Definition;
  /** Code of the longitudes and latitudes under it; absent where no register has them. */
  readonly base?: number;
}

/**
 * The definitions with which to go from one CRS to another: where the datums of the two have a shift of their own,
 * one of them is defined relative to the other instead of to WGS 84.
 */
export function definitionsBetween(
  { definition: source, base: fromBase }: Computable,
  { definition: target, base: toBase }: Computable,
): readonly [from: Definition, to: Definition] {
  if (fromBase === undefined || toBase === undefined) return [source, target];
  // The longitudes and latitudes are the same: there is nothing to shift.
  if (fromBase === toBase && source !== target) return [unshifted(source), unshifted(target)];
  const there = links[toBase]?.[fromBase];
  if (there !== undefined) return [withRegions(unshifted(source), there), target];
  const back = links[fromBase]?.[toBase];
  if (back !== undefined) return [source, withRegions(unshifted(target), back)];
  return [source, target];
}

const regional = new Map<string, Definition>();
/** More than the register has; those of definitions without a code come and go. */
const MOST_REGIONAL = 20_000;

function withRegions(base: string, list: number): Definition {
  const key = `${list} ${base}`;
  let definition = regional.get(key);
  if (!definition) {
    definition = [
      base,
      ...(JSON.parse(requirePresent(regions.get(list), 'The list of regions')) as Region[]),
    ];
    if (regional.size > MOST_REGIONAL) regional.clear();
    regional.set(key, definition);
  }
  return definition;
}

/** Code of the geographic CRS under a CRS of a register. */
export const findBaseCode = (code: number): number | undefined => findComputable(code)?.base;

/** Codes of the CRSs on a geographic one, in the order in which they are preferred among those that mean the same. */
export const findCodesOnBase = (base: number): number[] =>
  codesOnBase.get(base)?.split(' ').map(Number) ?? [];

/** Code of the two-dimensional part of a CRS with heights; undefined for all others. */
export const findHorizontalCode = (code: number): number | undefined =>
  Object.hasOwn(horizontal, code) ? horizontal[code] : undefined;

/** True for codes of CRSs in the register that cannot be computed here. */
export const isUnsupported = (code: number): boolean => unsupported.get(code) !== undefined;

/** All codes that can be computed, in ascending order. */
export const supportedCodes = (): number[] => [...definitions.entries.keys()].map(Number);

/** The register that a code is of: no code is of both. */
export const findRegister = (code: number): 'EPSG' | 'ESRI' =>
  esri.get(code) === undefined ? 'EPSG' : 'ESRI';

/** Names of a CRS that shares its definition with others; empty for the rest. */
export const findSharedNames = (code: number): readonly string[] => shared.get(code)?.split(' ') ?? [];

/** How well positions can be moved between WGS 84 and longitudes and latitudes with a code. */
export interface Accuracy {
  /** Undefined where it is not known. */
  readonly metres: number | undefined;
  /** The grid file with which it would be better. */
  readonly file?: string;
  /** No shift of the datum is known where they are used, or in parts of that. */
  readonly unshifted?: 'everywhere' | 'in parts';
}

/** Undefined where positions are as PROJ has them with all its files. */
export function findAccuracy(base: number): Accuracy | undefined {
  const [metres, file] = withoutGrids[base] ?? [];
  if (file !== undefined) return { metres: metres ?? undefined, file };
  const unshifted = withoutShift.get(base);
  if (unshifted !== undefined)
    return { metres: undefined, unshifted: unshifted === 'parts' ? 'in parts' : 'everywhere' };
  return near[base] === undefined ? undefined : { metres: near[base] };
}
