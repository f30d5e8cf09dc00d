import { FormatError } from '../../../core/shared/format-error.ts';

/** How the path of a vector tile tells its place: its zoom, column and row, as parts of the path or of the name. */
const PLACED = /(?:^|\/)(\d{1,2})([-/])(\d{1,10})\2(\d{1,10})(?:\.(?:mvt|pbf|vector\.pbf)|(?<=\/\d+))$/i;

/** The name under which GDAL knows the place of a tile, made of its path; undefined where the path tells none. */
export function tileName(path: string): string | undefined {
  const [, zoom, , column, row] = PLACED.exec(path) ?? [];
  if (zoom === undefined) return undefined;
  const size = 2 ** Number(zoom);
  const isInside = Number(zoom) <= 30 && Number(column) < size && Number(row) < size;
  return isInside ? `${zoom}-${column}-${row}.mvt` : undefined;
}

/** @throws FormatError where nothing tells the place of a vector tile: its coordinates count from its own corner */
export function checkTilePlace(path: string): void {
  if (tileName(path) !== undefined) return;
  throw new FormatError(
    'it is a vector tile whose position is unknown: its URL or file name must end with its zoom, column and row, as in /3/4/2.mvt or 3-4-2.mvt, and they must exist at that zoom level',
  );
}
