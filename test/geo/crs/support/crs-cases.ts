import { oracle } from '../../../processes/support/oracle.ts';

/** A CRS with its definitions in the texts of several programs, and positions in it as PROJ computes them. */
export interface CrsCase {
  readonly name: string;
  readonly positions: readonly (readonly [longitude: number, latitude: number, x: number, y: number])[];
  readonly projjson: Readonly<Record<string, unknown>>;
  readonly WKT2_2019?: string;
  readonly WKT1_GDAL?: string;
  readonly WKT1_ESRI?: string;
}

export const METRES_PER_DEGREE = 111_320;

/** The cases of a fixture, and which PROJ has made it. */
export const crsCases = (fixture: string) =>
  oracle(fixture) as { readonly engine: string; readonly cases: readonly CrsCase[] };
