/** The WGS 84 ellipsoid: semi-major axis in metres, and squared first eccentricity. */
const SEMI_MAJOR = 6_378_137;
const FLATTENING = 1 / 298.257223563;
const ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING);
/** Radians of a degree. */
export const toRadians = Math.PI / 180;

/**
 * Metres of a degree of longitude and of latitude at a latitude (in degrees) on the WGS 84 ellipsoid: the radii of curvature in
 * the prime vertical and in the meridian (Snyder 1987, Map projections, equations 4-18 to 4-21).
 */
export function degreeAt(latitude: number): { readonly eastward: number; readonly northward: number } {
  const radians = (Math.max(-90, Math.min(90, latitude)) * Math.PI) / 180;
  const root = 1 - ECCENTRICITY_SQUARED * Math.sin(radians) ** 2;
  const primeVertical = SEMI_MAJOR / Math.sqrt(root);
  const meridional = (SEMI_MAJOR * (1 - ECCENTRICITY_SQUARED)) / root ** 1.5;
  return {
    eastward: (primeVertical * Math.cos(radians) * Math.PI) / 180,
    northward: (meridional * Math.PI) / 180,
  };
}
