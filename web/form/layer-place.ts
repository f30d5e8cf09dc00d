/** Where a layer or raster lies: its extent in degrees, or the CRS in which it is given. */
export interface Place {
  /** West, south, east, north. */
  readonly extent?: readonly number[];
  readonly crs?: string;
}

const DEGREES = ['CRS84', 'OGC:CRS84', 'EPSG:4326'];

let place: Place | undefined;

/** Keeps where the layer lies that was chosen last. */
export function rememberPlace(known: Place | undefined): void {
  place = known;
}

export const whereLayerLies = (): Place | undefined => place;

/** A CRS as people name it: the last parts of its URI, such as `OGC:CRS84`. */
export const crsName = (crs: string): string =>
  crs.replace(/^https?:\/\/www\.opengis\.net\/def\/crs\/([^/]+)\/[^/]+\/([^/]+)$/, '$1:$2');

/** A place as `layer-info` and `raster-info` tell it. */
export function placeFrom(
  crs: string | null | undefined,
  bbox: readonly number[] | null | undefined,
): Place | undefined {
  if (bbox && (crs === undefined || crs === null || DEGREES.includes(crs)))
    return crs ? { extent: bbox } : undefined;
  return crs ? { crs } : undefined;
}

/** Minimum x and y, maximum x and y of positions, however deep in lists; undefined where there are none. */
export function boundsOfPositions(geometries: readonly unknown[]): readonly number[] | undefined {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  const visit = (value: unknown): void => {
    if (!Array.isArray(value)) return;
    const [x, y] = value as unknown[];
    if (typeof x === 'number' && typeof y === 'number') {
      [west, south, east, north] = [
        Math.min(west, x),
        Math.min(south, y),
        Math.max(east, x),
        Math.max(north, y),
      ];
    } else for (const part of value) visit(part);
  };
  for (const geometry of geometries) for (const coordinates of coordinatesIn(geometry)) visit(coordinates);
  return west <= east ? [west, south, east, north] : undefined;
}

/** Of a geometry, or of those in a collection. */
function coordinatesIn(geometry: unknown): readonly unknown[] {
  if (typeof geometry !== 'object' || geometry === null) return [];
  const { coordinates, geometries } = geometry as { coordinates?: unknown; geometries?: unknown };
  return Array.isArray(geometries) ? geometries.flatMap(coordinatesIn) : [coordinates];
}

export const isInDegrees = ([west = 0, south = 0, east = 0, north = 0]: readonly number[]): boolean =>
  west >= -180 && east <= 180 && south >= -90 && north <= 90;
