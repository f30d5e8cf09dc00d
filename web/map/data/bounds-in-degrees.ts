/** Decimals of a degree that are asked for: a tenth of a metre. */
const DECIMALS = 6;

/**
 * An extent in degrees as `bbox` of OGC API - Features has it: west, south, east, north in CRS84, west being greater than east where
 * it crosses the antimeridian. A map shows the world several times, so that the longitudes of an extent may be any.
 */
export function boundsInDegrees([
  west = 0,
  south = 0,
  east = 0,
  north = 0,
]: readonly number[]): readonly number[] {
  const isAllRound = east - west >= 360;
  const [left, right] = isAllRound ? [-180, 180] : [west, east].map(wrapped);
  return [left ?? -180, Math.max(south, -90), right ?? 180, Math.min(north, 90)].map((degrees) =>
    Number(degrees.toFixed(DECIMALS)),
  );
}

const wrapped = (longitude: number): number =>
  longitude >= -180 && longitude <= 180 ? longitude : ((((longitude + 180) % 360) + 360) % 360) - 180;
