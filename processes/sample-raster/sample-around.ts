import type { RunContext } from '../../core/run/context.ts';
import type { LocatedGrid } from '../../geo/raster/grid/longitudes.ts';
import { isAroundGlobe, rolledRaster } from '../../geo/raster/grid/rolled-raster.ts';
import type { Raster } from '../../geo/raster/raster.ts';
import type { Place } from './places.ts';
import { sampleBand } from './sample-band.ts';

/**
 * Values of a band at places, interpolated from the pixels around them; null where one of these is missing, which `incomplete` gets the
 * numbers of. Beside the last
 * column of a raster around the globe lies the first one.
 */
export async function sampleAround(
  raster: Raster & LocatedGrid,
  band: number,
  places: readonly (Place | undefined)[],
  incomplete: Set<number>,
  context: RunContext,
): Promise<(number | null)[]> {
  const { width } = raster;
  const isAtEnd = (place: Place | undefined): boolean =>
    place !== undefined && (place.column < 0.5 || place.column > width - 0.5);
  if (!isAroundGlobe(raster) || !places.some(isAtEnd))
    return sampleBand(raster, band, places, incomplete, context);
  const within = places.map((place) => (isAtEnd(place) ? undefined : place));
  // The same raster with its ends in the middle.
  const start = Math.floor(width / 2);
  const atEnds = places.map((place) =>
    place && isAtEnd(place) ? { ...place, column: (place.column + width - start) % width } : undefined,
  );
  const values = await sampleBand(raster, band, within, incomplete, context);
  const others = await sampleBand(rolledRaster(raster, start), band, atEnds, incomplete, context);
  return values.map((value, index) => (atEnds[index] ? (others[index] ?? null) : value));
}
