import { Type } from 'typebox';
import { defaulted, optional, optionalRaster } from '../../core/processes/define.ts';
import { boundingBox, crs, enumeration, positiveLength } from '../../core/processes/schemas.ts';
import { resamplings } from '../../geo/raster/warp/resampling-names.ts';

/** Inputs that several raster processes have; one name, one meaning, one default. */

export const band = defaulted(Type.Integer({ minimum: 1 }), 1, {
  title: 'Band',
  description: 'Band number, starting at 1.',
});

/** Whether statistics are of scaled values; read with `scaleValues` of geo/raster/values/scaled-raster.ts. */
export const scaled = defaulted(Type.Boolean(), false, {
  title: 'Scaled values',
  description: 'Apply the scale and offset of the bands to their values. By default, stored values are used.',
});

/** The bands of a raster; all where it is left out. */
export const bands = optional(Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, uniqueItems: true }), {
  title: 'Bands',
  description: 'Band numbers, starting at 1. All bands by default.',
});

/** Data types that results may have. */
export const outputTypes = ['uint8', 'int16', 'uint16', 'int32', 'float32', 'float64'] as const;
export const outputTypeSchema = enumeration(outputTypes);

/** What each of them holds, at the end of a description. */
export const outputTypeMeanings =
  'uint8: whole numbers from 0 to 255. int16: whole numbers from -32,768 to 32,767. uint16: whole numbers from 0 to 65,535. int32: whole numbers from -2,147,483,648 to 2,147,483,647. float32: floating point, 7 significant digits. float64: floating point, 15 significant digits.';

/**
 * Nodata of a result; read with `chooseNodata` of geo/raster/values/nodata.ts.
 *
 * @param byDefault what marks missing pixels without it
 */
export const outputNodata = (byDefault: string) =>
  optional(Type.Number(), {
    title: 'Output nodata value',
    description: `Value that marks missing pixels; it is an error if a valid pixel has it. By default ${byDefault}`,
  });

/** Nodata of a result that is computed. */
export const nodataOfComputed = outputNodata(
  '-9999 for floating point, unless a valid pixel has that value; otherwise missing pixels are marked by a mask.',
);

/** Nodata of a result that keeps that of its raster. */
export const nodataOfCopied = outputNodata(
  'that of the raster, if the data type can hold it and no valid pixel has it; otherwise missing pixels are marked by a mask.',
);

export const resampling = defaulted(enumeration(resamplings), 'nearest', {
  title: 'Resampling method',
  description:
    'As in gdalwarp -r. nearest: the nearest pixel, for classes. bilinear: linear between 2 by 2 pixels, for surfaces. cubic: cubic convolution of 4 by 4 pixels. cubicSpline: B-spline of 4 by 4 pixels, smoothest. lanczos: windowed sinc of 6 by 6 pixels, sharpest. average: the mean of all contributing pixels, weighted by area. mode: the most frequent value of all contributing pixels. min: their lowest value. max: their highest value.',
});

/** The grid of a result that is computed from features; read with `outputGrid` of geo/raster/grid/output-grid.ts. */
export const outputGridInputs = {
  template: optionalRaster({
    title: 'Template raster',
    description:
      'The result takes its CRS, origin, pixel size, width and height; resolution, extent and crs are ignored. Its pixels are not read.',
    reads: 'grid',
  }),
  resolution: optional(positiveLength(), {
    title: 'Pixel size',
    unit: 'crs',
    description: 'In units of the output CRS. Required unless a template is given.',
  }),
  extent: optional(boundingBox(), {
    title: 'Output extent',
    description:
      'The upper-left corner of the raster is that of the extent; the last column and row may extend beyond it. By default the bounds of the features.',
  }),
  crs: optional(crs(), {
    title: 'Output CRS',
    description: 'By default CRS84, where the unit is the degree.',
  }),
};
