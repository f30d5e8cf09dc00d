import { Type } from 'typebox';
import { defaulted, optional, optionalRaster } from '../../core/processes/define.ts';
import { boundingBox, crs, enumeration, positiveNumber } from '../../core/processes/schemas.ts';
import { resamplings } from '../../geo/raster/warp/resampling-names.ts';

/** Inputs that several raster processes have; one name, one meaning, one default. */

export const band = defaulted(Type.Integer({ minimum: 1 }), 1, {
  title: 'Band',
  description: 'Number of the band, counted from 1.',
});

/** The bands of a raster; all where it is left out. */
export const bands = optional(Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, uniqueItems: true }), {
  title: 'Bands',
  description: 'Numbers of the bands, counted from 1. All of them by default.',
});

/** Data types that results may have. */
export const outputTypes = ['uint8', 'int16', 'uint16', 'int32', 'float32', 'float64'] as const;
export type OutputType = (typeof outputTypes)[number];
export const outputTypeSchema = enumeration(outputTypes);

export const nodataDocumentation = {
  title: 'Value of missing pixels in the result',
  description:
    'Where the data type has no -9999 and nothing else is given, it is the least value of the type.',
};

/** Nodata of a result that is computed; read with `nodataOfResult` of geo/raster/values/store-values.ts. */
export const nodata = defaulted(Type.Number(), -9999, nodataDocumentation);

export const resampling = defaulted(enumeration(resamplings), 'nearest', {
  title: 'Resampling',
  description:
    'How pixels of the result come from those of the raster. nearest takes one; bilinear, cubic, cubicSpline and lanczos interpolate; average, mode, min and max summarise all that a pixel covers.',
});

/** The grid of a result that is computed from features; read with `outputGrid` of geo/raster/grid/output-grid.ts. */
export const gridOfOutput = {
  template: optionalRaster({
    title: 'Raster with the grid of the result',
    description:
      'The result takes its CRS, origin, pixel size, width and height; resolution, extent and crs do not matter then. Its pixels are not read.',
  }),
  resolution: optional(positiveNumber(), {
    title: 'Size of a pixel',
    description: 'In units of the CRS. Needed where no template is given.',
  }),
  extent: optional(boundingBox(), {
    title: 'Extent of the result',
    description:
      'The first pixel lies in its upper left corner; the last column and row may reach beyond it. By default the bounds of the features.',
  }),
  crs: optional(crs(), {
    title: 'CRS of the result',
    description: 'By default CRS84, where the unit is the degree.',
  }),
};
