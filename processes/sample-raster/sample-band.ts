import type { RunContext } from '../../core/run/context.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { featureProgress } from '../../geo/layer/feature-progress.ts';
import type { Raster, Window } from '../../geo/raster/raster.ts';
import { readValues } from '../../geo/raster/values/read-values.ts';
import { type Pixels, pixelAt } from '../../geo/raster/warp/pixels.ts';
import { bilinearAt } from './bilinear-at.ts';

/** A place in a raster, in columns and rows from its upper left corner. */
export interface Place {
  readonly column: number;
  readonly row: number;
}

/** Side of the squares of pixels that are read together. */
const SQUARE = 256;

/**
 * Values of a band at places, null where there is none. Places are taken square by square, and of each square only the
 * rectangle around its places is read.
 */
export async function sampleBand(
  raster: Raster,
  band: number,
  places: readonly (Place | undefined)[],
  bilinear: boolean,
  context: RunContext,
): Promise<(number | null)[]> {
  const values = new Array<number | null>(places.length).fill(null);
  const squares = Map.groupBy(places.keys(), (index) => findSquare(raster, places[index]));
  const reportProgress = featureProgress(context, places.length, `Sampling band ${band}`);
  let done = 0;
  for (const [square, indices] of squares) {
    await reportProgress(done);
    done += indices.length;
    if (square === undefined) continue;
    const window = findWindow(
      raster,
      indices.map((index) => requirePresent(places[index], 'The place')),
      bilinear,
    );
    const pixels: Pixels = { ...window, values: await readValues(raster, band, window) };
    for (const index of indices) {
      const { column, row } = requirePresent(places[index], 'The place');
      const value = bilinear
        ? bilinearAt(pixels, column, row)
        : pixelAt(pixels, Math.floor(column), Math.floor(row));
      values[index] = Number.isNaN(value) ? null : value;
    }
  }
  return values;
}

function findSquare({ width, height }: Raster, place: Place | undefined): string | undefined {
  if (!place) return undefined;
  const { column, row } = place;
  if (!(column >= 0 && row >= 0 && column < width && row < height)) return undefined;
  return `${Math.floor(column / SQUARE)} ${Math.floor(row / SQUARE)}`;
}

/** The rectangle around places within the raster, grown by a pixel where neighbours are needed. */
function findWindow({ width, height }: Raster, places: readonly Place[], neighbours: boolean): Window {
  const margin = neighbours ? 1 : 0;
  const columns = places.map(({ column }) => Math.floor(column));
  const rows = places.map(({ row }) => Math.floor(row));
  const column = Math.max(0, least(columns) - margin);
  const row = Math.max(0, least(rows) - margin);
  return {
    column,
    row,
    width: Math.min(width, greatest(columns) + margin + 1) - column,
    height: Math.min(height, greatest(rows) + margin + 1) - row,
  };
}

const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b));
const greatest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b));
