import { Type } from 'typebox';
import { defineProcess, json, raster } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { colorInterpretations } from '../../geo/raster/color-interpretation-names.ts';
import { elevation, landCover } from '../common/raster-examples.ts';

const nodata = Type.Unsafe<number | string | null>({
  oneOf: [{ type: 'number' }, { type: 'string', enum: ['NaN', 'Infinity', '-Infinity'] }],
  nullable: true,
  description: 'Value of missing pixels; null where there is none.',
});

const text = (description: string) =>
  Type.Unsafe<string | null>({ type: 'string', nullable: true, description });

const items = (description: string) =>
  Type.Unsafe<Record<string, string>>({
    type: 'object',
    additionalProperties: { type: 'string' },
    description,
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
      mask: enumeration(['none', 'nodata', 'alpha', 'perDataset', 'perBand'], {
        description:
          'What says which pixels are missing: nothing, the nodata value, the alpha channel, or a mask of all bands or of each band.',
      }),
      scale: Type.Number({ description: 'A value times scale plus offset is a quantity in the unit.' }),
      offset: Type.Number(),
      unit: text('Null where none is named.'),
      description: text('Name of the band; null where it has none.'),
      colorInterpretation: enumeration(colorInterpretations),
      metadata: items('Items of metadata of the band, by name.'),
    }),
  ),
  colorTable: Type.Optional(
    Type.Array(Type.Array(Type.Integer({ minimum: 0, maximum: 255 }), { minItems: 3, maxItems: 3 }), {
      description: 'Red, green and blue for the values from 0 on, where they stand for colours.',
    }),
  ),
  metadata: items('Items of metadata of the raster, by name.'),
  compression: Type.Optional(Type.String({ description: 'Method by which blocks are compressed.' })),
  blockSize: Type.Optional(
    Type.Array(Type.Integer(), {
      minItems: 2,
      maxItems: 2,
      description: 'Columns and rows of a tile or strip.',
    }),
  ),
  overviews: Type.Optional(
    Type.Array(Type.Array(Type.Integer(), { minItems: 2, maxItems: 2 }), {
      description: 'Columns and rows of the overviews, the largest first.',
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
  inputs: { raster: raster({ title: 'Raster', reads: 'grid' }) },
  outputs: { result: json(description, { title: 'Raster information' }) },
  examples: [
    { title: 'An elevation model', request: { inputs: { raster: elevation } } },
    { title: 'Land cover', request: { inputs: { raster: landCover } } },
  ],
});
