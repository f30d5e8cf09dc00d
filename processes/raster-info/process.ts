import { Type } from 'typebox';
import { defineProcess, json, raster } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { elevation, landCover } from '../common/raster-examples.ts';

const nodata = Type.Unsafe<number | string | null>({
  oneOf: [{ type: 'number' }, { type: 'string', enum: ['NaN', 'Infinity', '-Infinity'] }],
  nullable: true,
  description: 'Value of missing pixels; null where there is none.',
});

const description = Type.Object({
  width: Type.Integer({ minimum: 1, description: 'Columns.' }),
  height: Type.Integer({ minimum: 1, description: 'Rows.' }),
  crs: Type.Unsafe<string | null>({
    type: 'string',
    nullable: true,
    description: 'EPSG:n or ESRI:n; null where the raster has no CRS, or one without a code.',
  }),
  wkt: Type.Unsafe<string | null>({
    type: 'string',
    nullable: true,
    description: 'The CRS as well-known text (WKT2) where it has no code; else null.',
  }),
  bbox: Type.Array(Type.Number(), {
    minItems: 4,
    maxItems: 4,
    description: 'West, south, east and north (least and greatest x and y) in the CRS of the raster.',
  }),
  resolution: Type.Array(Type.Number(), {
    minItems: 2,
    maxItems: 2,
    description: 'Width and height of a pixel in units of the CRS.',
  }),
  transform: Type.Array(Type.Number(), {
    minItems: 6,
    maxItems: 6,
    description:
      'From columns and rows to coordinates, as in GDAL: x, x per column, x per row, y, y per column, y per row; x and y of the outer corner of the first pixel.',
  }),
  bands: Type.Array(
    Type.Object({
      band: Type.Integer({ minimum: 1 }),
      dataType: enumeration(['uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'float32', 'float64']),
      nodata,
    }),
  ),
});

export default defineProcess({
  id: 'raster-info',
  version: '1.0.0',
  title: 'Raster information',
  description:
    'Size, CRS, extent, bands and metadata of a raster. Only its header is read, however large it is.',
  keywords: ['raster', 'metadata'],
  computeClass: 'light',
  inputs: { raster: raster({ title: 'Raster' }) },
  outputs: { result: json(description, { title: 'Raster information' }) },
  examples: [
    { title: 'An elevation model', request: { inputs: { raster: elevation } } },
    { title: 'Land cover', request: { inputs: { raster: landCover } } },
  ],
});
