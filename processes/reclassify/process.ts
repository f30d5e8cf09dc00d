import { Type } from 'typebox';
import {
  defaulted,
  defineProcess,
  optional,
  raster,
  rasterOutput,
  required,
} from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { partsOfPixels } from '../common/parts.ts';
import { elevation, landCover } from '../common/raster-examples.ts';
import { band, outputNodata, outputTypeMeanings, outputTypeSchema } from '../common/raster-inputs.ts';

const classSchema = Type.Object(
  {
    min: Type.Optional(Type.Number({ description: 'Lower bound, inclusive; no lower bound if omitted.' })),
    max: Type.Optional(Type.Number({ description: 'Upper bound, exclusive; no upper bound if omitted.' })),
    newValue: Type.Unsafe<number | null>({
      type: 'number',
      nullable: true,
      description: 'New value; null means nodata.',
    }),
  },
  { additionalProperties: false },
);

export default defineProcess({
  id: 'reclassify',
  version: '1.0.0',
  title: 'Reclassify',
  description: 'Assigns new values to pixels by ranges of their values.',
  keywords: ['raster', 'classification'],
  computeClass: 'raster',
  inputs: {
    raster: raster({ title: 'Raster' }),
    classes: required(Type.Array(classSchema, { minItems: 1, maxItems: 1000 }), {
      title: 'Classes',
      description: 'A value belongs to a class if min <= value < max. The first matching class applies.',
    }),
    unmatched: defaulted(enumeration(['nodata', 'keep']), 'nodata', {
      title: 'Unmatched values',
      description:
        'Values in no class; nodata pixels always stay nodata. nodata: they become nodata. keep: they are kept.',
    }),
    band,
    outputType: optional(outputTypeSchema, {
      title: 'Output data type',
      description: `By default that of the raster if it can hold all new values, otherwise floating point. For integer types, kept values are rounded. ${outputTypeMeanings}`,
    }),
    nodata: outputNodata(
      'that of the raster, else -9999 for floating point, unless a valid pixel has that value; otherwise missing pixels are marked by a mask.',
    ),
  },
  outputs: { result: rasterOutput({ title: 'Reclassified raster' }) },
  parts: partsOfPixels,
  examples: [
    {
      title: 'Elevation in three classes',
      request: {
        inputs: {
          raster: elevation,
          classes: [
            { max: 25, newValue: 1 },
            { min: 25, max: 35, newValue: 2 },
            { min: 35, newValue: 3 },
          ],
          outputType: 'uint8',
          nodata: 0,
        },
      },
    },
    {
      title: 'Land cover without water',
      request: {
        inputs: { raster: landCover, classes: [{ min: 1, max: 2, newValue: null }], unmatched: 'keep' },
      },
    },
  ],
});
