import type { GeosScope, Handle } from './geos.ts';

type Simplification = (scope: GeosScope, geometry: Handle, tolerance: number) => Handle;

/** Simplifications of one geometry; what is left has vertices of the geometry only. Tolerances in units of the plane. */
export const simplifications = {
  /** D. Douglas and T. Peucker (1973), with all lines and rings kept, and none crossing another. */
  topologyPreserving: ({ geos, keep }, geometry, tolerance) =>
    keep(geos.library.GEOSTopologyPreserveSimplify(geometry, tolerance)),
  /** The same line by line: rings smaller than the tolerance vanish. */
  douglasPeucker: ({ geos, keep }, geometry, tolerance) =>
    keep(geos.library.GEOSSimplify(geometry, tolerance)),
} as const satisfies Record<string, Simplification>;

/**
 * Simplifies a coverage of polygons, so that shared edges stay shared (`GEOSCoverageSimplifyVW`): corners whose triangle
 * is smaller than the square of the tolerance are taken away (M. Visvalingam and J. Whyatt, 1993).
 *
 * @param coverage a collection of polygons and multipolygons; the result has as many, in the same order.
 */
export const simplifiedCoverage: Simplification = ({ geos, keep }, coverage, tolerance) =>
  keep(geos.library.GEOSCoverageSimplifyVW(coverage, tolerance, 0));
