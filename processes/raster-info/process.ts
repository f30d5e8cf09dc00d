import { Type } from 'typebox';
import { defineProcess, json, raster } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { colorInterpretations } from '../../geo/raster/color-interpretation-names.ts';
import { elevation, landCover } from '../common/raster-examples.ts';

const nodata = Type.Unsafe<number | string | null>({
  oneOf: [{ type: 'number' }, { type: 'string', enum: ['NaN', 'Infinity', '-Infinity'] }],
  nullable: true,
  description: 'Value that marks missing pixels; null if there is none.',
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
  width: Type.Integer({ minimum: 1, description: 'Number of columns.' }),
  height: Type.Integer({ minimum: 1, description: 'Number of rows.' }),
  crs: Type.Unsafe<string | null>({
    type: 'string',
    nullable: true,
    description: 'EPSG:n or ESRI:n; null if the raster has no CRS, or one without a code.',
  }),
  wkt: Type.Unsafe<string | null>({
    type: 'string',
    nullable: true,
    description: 'The CRS as well-known text (WKT2) if it has no code; otherwise null.',
  }),
  bbox: Type.Array(Type.Number(), {
    minItems: 4,
    maxItems: 4,
    description: 'West, south, east and north (minimum and maximum x and y), in the CRS of the raster.',
  }),
  resolution: Type.Array(Type.Number(), {
    minItems: 2,
    maxItems: 2,
    description: 'Width and height of a pixel, in units of the CRS.',
  }),
  transform: Type.Array(Type.Number(), {
    minItems: 6,
    maxItems: 6,
    description:
      'Affine transform from column and row to coordinates, in the order of GDAL: x of the upper-left corner, x per column, x per row, y of the upper-left corner, y per column, y per row.',
  }),
  bands: Type.Array(
    Type.Object({
      band: Type.Integer({ minimum: 1 }),
      dataType: enumeration(['uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'float32', 'float64']),
      nodata,
      mask: enumeration(['none', 'nodata', 'alpha', 'perDataset', 'perBand'], {
        description:
          'What marks missing pixels: nothing, the nodata value, an alpha channel, one mask for all bands, or one mask per band.',
      }),
      scale: Type.Number({ description: 'value * scale + offset is the quantity in the unit.' }),
      offset: Type.Number(),
      unit: text('Unit of the scaled values; null if none is stated.'),
      description: text('Name of the band; null if it has none.'),
      colorInterpretation: enumeration(colorInterpretations),
      metadata: items('Metadata items of the band, by name.'),
    }),
  ),
  colorTable: Type.Optional(
    Type.Array(Type.Array(Type.Integer({ minimum: 0, maximum: 255 }), { minItems: 3, maxItems: 3 }), {
      description:
        'Red, green and blue of each value, starting at 0; absent if the raster has no colour table.',
    }),
  ),
  metadata: items('Metadata items of the raster, by name.'),
  compression: Type.Optional(Type.String({ description: 'Compression method of the blocks.' })),
  blockSize: Type.Optional(
    Type.Array(Type.Integer(), {
      minItems: 2,
      maxItems: 2,
      description: 'Number of columns and rows of a tile or strip.',
    }),
  ),
  overviews: Type.Optional(
    Type.Array(Type.Array(Type.Integer(), { minItems: 2, maxItems: 2 }), {
      description: 'Number of columns and rows of each overview, largest first.',
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
