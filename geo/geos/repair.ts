import type { GeosScope, Handle } from './geos.ts';

export interface RepairStyle {
  /**
   * linework: all lines stay, and areas alternate between inside and outside across each. structure: exteriors
   * and holes keep their roles, and exteriors that overlap are united.
   */
  readonly method: 'linework' | 'structure';
  /** Whether parts that have lost their area or length stay as lines or points; linework always keeps them. */
  readonly keepCollapsed: boolean;
}

const methods = { linework: 0, structure: 1 } as const;

/** A valid geometry of an invalid one. @throws GeosError, TooManyCrossings */
export function repaired(
  { geos, keep }: GeosScope,
  geometry: Handle,
  { method, keepCollapsed }: RepairStyle,
): Handle {
  const { library } = geos;
  geos.checkRepair(geometry);
  const params = library.GEOSMakeValidParams_create();
  library.GEOSMakeValidParams_setMethod(params, methods[method]);
  library.GEOSMakeValidParams_setKeepCollapsed(params, keepCollapsed ? 1 : 0);
  const result = library.GEOSMakeValidWithParams(geometry, params);
  library.GEOSMakeValidParams_destroy(params);
  return keep(result);
}
