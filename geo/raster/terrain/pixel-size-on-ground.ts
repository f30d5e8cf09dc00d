import { InvalidInput } from '../../../core/shared/errors.ts';
import type { Crs } from '../../crs/crs.ts';
import { degreeAt } from '../../geodesy/degree.ts';
import { isRotated } from '../grid/affine.ts';
import type { Raster } from '../raster.ts';
import { type Algorithm, spans } from './gradient.ts';

/**
 * Step from a pixel to the next one, in units of elevation: eastward along a row (negative where columns run westward), and
 * northward from row to row (negative where rows run southward, as they usually do).
 */
export interface Ground {
  readonly perColumn: number;
  readonly perRow: number;
}

/** The ground of a whole grid, as data that other threads can be told. */
export type GridGround =
  | ({ readonly kind: 'uniform' } & Ground)
  | {
      /** Steps in degrees: what they are on the ground depends on the latitude of the row. */
      readonly kind: 'geographic';
      readonly perColumn: number;
      readonly perRow: number;
      /** Latitude of the centres of the first row of the whole grid. */
      readonly firstLatitude: number;
      /** Row of the whole grid that is the first one here: positions in a strip have the same last digit as in the whole. */
      readonly firstRow: number;
    };

/**
 * The size of pixels on the ground, for gradients and bearings. Of a projected raster it is that of its CRS in metres. Of a
 * geographic one it is the length of its degrees on the WGS 84 ellipsoid at each row, along the meridian and along the
 * parallel: at 60 degrees north a degree of longitude is half as long as one of latitude.
 *
 * @param scale vertical units per horizontal unit, which then holds everywhere and in both directions, as `-s` of gdaldem
 * @throws InvalidInput when the raster is rotated: its rows do not run from west to east then; when the length of its units is
 * not known, or they are degrees of another celestial body
 */
export function readGround({ transform: own, crs, pointer, strip }: Raster, scale?: number): GridGround {
  const { transform, row } = strip ? { ...strip.whole, row: strip.row } : { transform: own, row: 0 };
  if (isRotated(transform)) {
    throw new InvalidInput(
      pointer,
      'is rotated; its rows must run from west to east. Resample it with reproject-raster first.',
    );
  }
  const [, perColumn, , north, , perRow] = transform;
  if (scale === undefined && crs !== undefined) requireKnownUnit(crs, pointer);
  if (scale === undefined && crs?.isGeographic)
    return { kind: 'geographic', perColumn, perRow, firstLatitude: north + perRow / 2, firstRow: row };
  const metres = scale ?? crs?.metresPerUnit ?? 1;
  return { kind: 'uniform', perColumn: perColumn * metres, perRow: perRow * metres };
}

/** A CRS in which positions are not computed may still have units of a known length: those of its definition. */
function requireKnownUnit(crs: Crs, pointer: string): void {
  if (crs.fault === undefined) return;
  const isKnown = crs.isGeographic ? !crs.isElsewhere : crs.model !== undefined;
  if (isKnown) return;
  const remedy = 'Give the input scale, the number of vertical units per horizontal unit.';
  throw new InvalidInput(pointer, `is in the CRS ${crs.name}, ${crs.fault} ${remedy}`);
}

/** The ground at a row of a grid. */
export function groundAtRow(ground: GridGround, row: number): Ground {
  if (ground.kind === 'uniform') return ground;
  const { eastward, northward } = degreeAt(ground.firstLatitude + (ground.firstRow + row) * ground.perRow);
  // The pixels of a row at a pole are one place: nothing changes along it.
  const perColumn = eastward < 1e-6 ? Infinity : ground.perColumn * eastward;
  return { perColumn, perRow: ground.perRow * northward };
}

/** Factors from the differences of an algorithm to slopes along the rows and the columns. */
export const gradientScale = (algorithm: Algorithm, zFactor: number, ground: Ground): Ground => ({
  perColumn: zFactor / (spans[algorithm] * ground.perColumn),
  perRow: zFactor / (spans[algorithm] * ground.perRow),
});

/**
 * Factors from the differences of an algorithm to a vector that points downhill, east and north: 1 and 1 for the square pixels
 * of a raster that is north up, so that directions there have the last digit of gdaldem's.
 */
export const downhillScale = ({ perColumn, perRow }: Ground): Ground =>
  Number.isFinite(perColumn)
    ? { perColumn: Math.sign(perColumn), perRow: -Math.abs(perColumn) / perRow }
    : { perColumn: 0, perRow: -1 / perRow };
