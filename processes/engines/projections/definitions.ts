import type { Definition, Region } from './definition.ts';
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
const horizontal: Readonly<Record<string, number>> = register.horizontal;
let unsupported: ReadonlySet<number> | undefined;

/** Version of the register and of PROJ's database, for example "EPSG v11.022, PROJ 9.5.1". */
export const sourceOfDefinitions: string = register.source;

const regional = new Map<number, Definition>();

/** The definition of a code for proj4, always the same object; undefined for codes without one. */
export function definitionOf(code: number): Definition | undefined {
  const found = Object.hasOwn(definitions, code) ? definitions[code] : undefined;
  if (found === undefined || typeof found === 'string') return found;
  let definition = regional.get(code);
  if (!definition) {
    const [base, list] = found;
    definition = [base, ...regions[list]!];
    regional.set(code, definition);
  }
  return definition;
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
