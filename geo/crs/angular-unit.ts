import type { Position } from 'geojson';
import type { Crs } from './crs.ts';

type WithUnit = Pick<Crs, 'degreesPerUnit'>;

/** A coordinate, or a length between coordinates, as files and requests have it: in degrees where it is an angle. */
export const fromUnit = (value: number, { degreesPerUnit = 1 }: WithUnit): number => value * degreesPerUnit;

/** Digits with which numbers that were converted to degrees come back as they were. */
const DIGITS = 15;

/** The way back: in the unit of the CRS. */
export const toUnit = (value: number, { degreesPerUnit }: WithUnit): number =>
  degreesPerUnit === undefined ? value : Number((value / degreesPerUnit).toPrecision(DIGITS));

/** A position in degrees as files have it; heights stay. */
export const positionInUnit = (
  [x = Number.NaN, y = Number.NaN, ...others]: Position,
  crs: WithUnit,
): Position => [toUnit(x, crs), toUnit(y, crs), ...others];
