import type { Crs } from '../crs/crs.ts';
import type { ColorInterpretation } from './color-interpretation-names.ts';
export type DataType = 'uint8' | 'int8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'float32' | 'float64';

/** Values of pixels, row by row from the upper left. */
export type Samples =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** A grid of pixels and where it lies. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  /**
   * GDAL's geotransform, from columns and rows to coordinates: `[x, x per column, x per row, y, y per column, y per row]`,
   * where x and y are those of the outer corner of the first pixel. Coordinates are x/easting/longitude first.
   */
  readonly transform: readonly [number, number, number, number, number, number];
  /** Undefined where it is not known. It may be one in which positions cannot be computed, which has a `fault`. */
  readonly crs: Crs | undefined;
  /** Where this is a strip of rows of a larger grid, of which one part of the work is about. */
  readonly strip?: Strip;
}

/** Where a strip of rows lies in the grid that it is of. */
export interface Strip {
  readonly whole: Grid;
  /** Row of the whole that is the first one of the strip. */
  readonly row: number;
  /** Rows of the whole that the strip is for, up to but without `end`; those around them are there to be looked at. */
  readonly first: number;
  readonly end: number;
}

/** Says of each pixel, row by row, whether it is there: 0 where it is missing, else another number. */
export type Mask = Uint8Array;

/** Items that say more of a raster or a band, by name, as GDAL has them. */
export type Metadata = Readonly<Record<string, string>>;

/** What the samples of a band mean. */
export interface BandMeaning {
  /** Undefined where nothing is said; `alpha` is the mask of the other bands. */
  readonly colorInterpretation?: ColorInterpretation;
  /** A sample times `scale` plus `offset` is a quantity in `unit`; 1 and 0 where they are absent. */
  readonly scale?: number;
  readonly offset?: number;
  readonly unit?: string;
  /** Its name. */
  readonly description?: string;
  readonly metadata?: Metadata;
}

/** Red, green and blue of a colour, from 0 to 65535. */
export type Colour = readonly [red: number, green: number, blue: number];

/** What is said of a raster beside its pixels. */
export interface RasterMeaning {
  /** The colours of the values of a band with the interpretation `palette`, from 0 on. */
  readonly colorTable?: readonly Colour[];
  readonly metadata?: Metadata;
}

/** How a file keeps a raster. */
export interface RasterStorage {
  /** Name of the method, such as `deflate`. */
  readonly compression: string;
  /** Columns and rows of a tile or strip. */
  readonly blockSize: readonly [width: number, height: number];
  /** Columns and rows of the smaller copies, the largest first. */
  readonly overviews: readonly (readonly [width: number, height: number])[];
  /** Which way the masks of bands are kept, beside nodata. */
  readonly masks: 'perDataset' | 'perBand' | 'alpha' | undefined;
}

export interface Band extends BandMeaning {
  readonly dataType: DataType;
  /** Value of missing pixels, as a number of the data type. */
  readonly nodata?: number;
}

/** A rectangle of pixels. */
export interface Window {
  readonly column: number;
  readonly row: number;
  readonly width: number;
  readonly height: number;
}

/** A raster that is read in pieces. */
export interface Raster extends Grid, RasterMeaning {
  /** JSON pointer of the input, for error messages. */
  readonly pointer: string;
  readonly bands: readonly Band[];
  /** Undefined where the raster is in no file. */
  readonly storage?: RasterStorage;
  /**
   * Samples of a band (1-based) in a window that lies within the raster (all of it where absent), row by row, in the
   * data type of the band. The array is the caller's.
   *
   * @throws InvalidInput when the file is damaged there
   */
  read(band: number, window?: Window): Promise<Samples>;
  /**
   * 0 for each pixel of a window that is missing in a band (1-based) whatever its sample is, else another number; from
   * a mask in the file or an alpha channel. Undefined for a band without any, and absent where no band has one.
   */
  readonly readMask?: (band: number, window?: Window) => Promise<Samples | undefined>;
}

/** What is known of a band (1-based). @throws Error */
export function bandAt({ bands }: Pick<Raster, 'bands'>, number: number): Band {
  const band = bands[number - 1];
  if (!band) throw new Error(`The raster has no band ${number}, only ${bands.length}.`);
  return band;
}

/** Tells whether a value of a band stands for a missing pixel: its nodata, or not a number. */
export function missingTest({ nodata }: Band): (value: number) => boolean {
  if (nodata === undefined || Number.isNaN(nodata)) return Number.isNaN;
  return (value) => value === nodata || Number.isNaN(value);
}

/** A raster with all its samples, to be written. */
export interface RasterContent extends Grid, RasterMeaning {
  readonly dataType: DataType;
  /** Value of missing pixels; no pixel that is there has it. */
  readonly nodata?: number;
  /** One array of `width * height` samples of the data type per band. */
  readonly bands: readonly Samples[];
  /** For each band the mask that says which pixels are missing beyond nodata and NaN, if some may be. */
  readonly masks?: readonly (Mask | undefined)[];
  /** For each band what its samples mean, where something is known. */
  readonly meanings?: readonly BandMeaning[];
}
