import { type Crs, crs84 } from './crs.ts';

interface Axis {
  readonly direction?: unknown;
  readonly meridian?: { readonly longitude?: unknown };
}

interface Definition {
  readonly coordinate_system?: { readonly axis?: unknown };
  /** Of a CRS with a shift of its datum. */
  readonly source_crs?: unknown;
  /** Of a CRS with heights. */
  readonly components?: unknown;
}

/**
 * Whether the definition of a CRS has its axes the other way round than coordinates have here, which are easting or
 * longitude first. For formats whose positions follow the definition. The rule is that of PROJ
 * (`proj_normalize_for_visualization`): north before east, and around the poles the axes of UPS (N,E).
 */
export async function isNorthFirst(crs: Crs): Promise<boolean> {
  if (crs.meaning === crs84.meaning && crs.identifier?.code === 'CRS84') return false;
  // Definitions without a code are kept without the order of their axes, and written east first.
  if (crs.model || !crs.identifier) return false;
  const { projjsonFromCode } = await import('./projjson.ts');
  return hasNorthFirst(projjsonFromCode(crs.identifier.code));
}

/** The same of PROJJSON; false for what is none. */
export function hasNorthFirst(projjson: unknown): boolean {
  const { coordinate_system: system, source_crs: source, components } = (projjson ?? {}) as Definition;
  const inner = source ?? (Array.isArray(components) ? components[0] : undefined);
  if (inner !== undefined) return hasNorthFirst(inner);
  if (!Array.isArray(system?.axis)) return false;
  const [first, second] = system.axis as Axis[];
  const directions = `${first?.direction} ${second?.direction}`;
  if (directions === 'north east') return true;
  const meridians = `${first?.meridian?.longitude} ${second?.meridian?.longitude}`;
  return (
    (directions === 'south south' && meridians === '180 90') ||
    (directions === 'north north' && (meridians === '0 90' || meridians === '180 -90'))
  );
}
