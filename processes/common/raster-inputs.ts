import { Type } from 'typebox';
import { defaulted, optional, optionalRaster } from '../../core/processes/define.ts';
import { boundingBox, crs, enumeration, positiveLength } from '../../core/processes/schemas.ts';
import { resamplings } from '../../geo/raster/warp/resampling-names.ts';

/** Inputs that several raster processes have; one name, one meaning, one default. */

export const band = defaulted(Type.Integer({ minimum: 1 }), 1, {
  title: 'Band',
  description: 'Band number, starting at 1.',
});

/** The bands of a raster; all where it is left out. */
export const bands = optional(Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, uniqueItems: true }), {
  title: 'Bands',
  description: 'Band numbers, starting at 1. All bands by default.',
});

/** Data types that results may have. */
export const outputTypes = ['uint8', 'int16', 'uint16', 'int32', 'float32', 'float64'] as const;
export type OutputType = (typeof outputTypes)[number];
export const outputTypeSchema = enumeration(outputTypes);

export const nodataDocumentation = {
  title: 'Output nodata value',
  description:
    'Where the data type has no -9999 and nothing else is given, it is the least value of the type.',
};

/** Nodata of a result that is computed; read with `nodataOfResult` of geo/raster/values/store-values.ts. */
export const nodata = defaulted(Type.Number(), -9999, nodataDocumentation);

export const resampling = defaulted(enumeration(resamplings), 'nearest', {
  title: 'Resampling',
  description:
    'Resampling method, as in GDAL. nearest takes the nearest pixel; bilinear, cubic, cubicSpline and lanczos interpolate; average, mode, min and max aggregate all contributing pixels.',
});

/** The grid of a result that is computed from features; read with `outputGrid` of geo/raster/grid/output-grid.ts. */
export const gridOfOutput = {
  template: optionalRaster({
    title: 'Template raster',
    description:
      'The result takes its CRS, origin, pixel size, width and height; resolution, extent and crs are ignored. Its pixels are not read.',
  }),
  resolution: optional(positiveLength(), {
    title: 'Pixel size',
    description: 'In units of the output CRS. Required unless a template is given.',
  }),
  extent: optional(boundingBox(), {
    title: 'Output extent',
    description:
      'The upper left pixel starts at its upper left corner; the last column and row may extend beyond it. By default the bounds of the features.',
  }),
  crs: optional(crs(), {
    title: 'Output CRS',
    description: 'By default CRS84, where the unit is the degree.',
  }),
};
