import { type BoundingBox, LARGEST_LENGTH, LARGEST_LONGITUDE } from '../../core/run/bounding-box.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import { quote } from '../../core/shared/quote.ts';
import type { Bounds } from '../geometry/bounds.ts';
import { fromUnit, toUnit } from './angular-unit.ts';
import { type Crs, crs84 } from './crs.ts';
import { parseCrs } from './find-crs.ts';
import { computePlaneBounds } from './plane-bounds.ts';
import { transformBounds } from './transform-bounds.ts';

/**
 * The bounds of an input `extent` in the working CRS, with 21 points per edge where it has to be moved. West is
 * always less than east: where geographic bounds cross the antimeridian, east runs on beyond 180.
 *
 * @param pointer where the extent stands in the request.
 * @throws InvalidInput for a box without area or without a place in the CRS, and for an unknown CRS
 */
export function extentIn(extent: BoundingBox, crs: Crs, pointer: string): Bounds {
  const own = extent.crs === undefined ? crs84 : parseCrs(extent.crs, `${pointer}/crs`);
  const at = `${pointer}/bbox`;
  const given = checked(extent.bbox, own, at);
  if (!own.isGeographic) checkReach(given, own, at);
  const moved = transformBounds(given, own, crs);
  if (!moved || !isWithin(moved, LARGEST_LENGTH)) {
    throw new InvalidInput(at, `${quote(extent.bbox)} in ${own.name} cannot be transformed to ${crs.name}.`);
  }
  const [xmin, ymin, xmax, ymax] = moved;
  return [xmin, ymin, xmax <= xmin ? xmax + 360 : xmax, ymax];
}

/** @throws InvalidInput for bounds that reach farther beyond the plane of a CRS than half of its size. */
function checkReach([xmin, ymin, xmax, ymax]: Bounds, crs: Crs, pointer: string): void {
  const plane = computePlaneBounds(crs);
  if (!plane) return;
  const [west, south, east, north] = plane;
  const [beyondX, beyondY] = [(east - west) / 2, (north - south) / 2];
  if (xmin >= west - beyondX && xmax <= east + beyondX && ymin >= south - beyondY && ymax <= north + beyondY)
    return;
  throw new InvalidInput(
    pointer,
    `must lie within the extent of ${crs.name}, which is about ${JSON.stringify(plane.map(Math.round))}, but is ${quote([xmin, ymin, xmax, ymax])}.`,
  );
}

/** West, south, east and north of four numbers, or of six with heights, which do not matter. */
function checked(bbox: readonly number[], crs: Crs, pointer: string): Bounds {
  const { isGeographic: geographic } = crs;
  const [xmin = 0, ymin = 0, xmax = 0, ymax = 0] = (
    bbox.length === 6 ? [bbox[0], bbox[1], bbox[3], bbox[4]] : bbox
  ).map((coordinate = 0) => fromUnit(coordinate, crs));
  if (bbox.length !== 4 && bbox.length !== 6) {
    throw new InvalidInput(pointer, `must have 4 numbers, or 6 with heights, but has ${bbox.length}.`);
  }
  const shown = quote(bbox);
  if (geographic && !(ymin >= -90 && ymax <= 90)) {
    throw new InvalidInput(
      pointer,
      `must have latitudes between -${toUnit(90, crs)} and ${toUnit(90, crs)}, but is ${shown}.`,
    );
  }
  const largest = geographic ? LARGEST_LONGITUDE : LARGEST_LENGTH;
  if (!isWithin([xmin, ymin, xmax, ymax], largest)) {
    const what = geographic ? 'longitudes' : 'coordinates';
    throw new InvalidInput(
      pointer,
      `must have ${what} between -${toUnit(largest, crs)} and ${toUnit(largest, crs)}, but is ${shown}.`,
    );
  }
  const wide = geographic ? xmin !== xmax : xmin < xmax;
  if (!wide || !(ymin < ymax)) {
    const order = geographic ? 'south < north and west different from east' : 'xmin < xmax and ymin < ymax';
    throw new InvalidInput(pointer, `must be [west, south, east, north] with ${order}, but is ${shown}.`);
  }
  return [xmin, ymin, xmax, ymax];
}

const isWithin = (bounds: Bounds, largest: number): boolean =>
  bounds.every((coordinate) => Math.abs(coordinate) <= largest);
