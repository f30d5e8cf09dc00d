import { Type } from 'typebox';
import {
  defaulted,
  defineProcess,
  optional,
  optionalLayer,
  raster,
  rasterOutput,
} from '../../core/processes/define.ts';
import { boundingBox } from '../../core/processes/schemas.ts';
import { elevation, landCover } from '../common/raster-examples.ts';

const park = {
  type: 'Polygon',
  coordinates: [
    [
      [5.0746, 52.0858],
      [5.0782, 52.0864],
      [5.0777, 52.0881],
      [5.0743, 52.0876],
      [5.0746, 52.0858],
    ],
  ],
};

export default defineProcess({
  id: 'clip-raster',
  version: '1.0.0',
  title: 'Clip raster',
  description: 'The part of a raster in a rectangle or in polygons.',
  keywords: ['raster', 'clip', 'mask', 'crop'],
  computeClass: 'raster',
  inputs: {
    raster: raster({ title: 'Raster' }),
    extent: optional(boundingBox(), {
      title: 'Extent',
      description: 'It grows to whole pixels. Either this or features are needed.',
    }),
    features: optionalLayer({
      title: 'Polygons',
      description: 'They are moved to the CRS of the raster, vertex by vertex. Pixels outside become nodata.',
    }),
    crop: defaulted(Type.Boolean(), true, {
      title: 'Crop',
      description:
        'The result is as small as the part. False keeps the grid of the raster, with nodata around.',
    }),
    allTouched: defaulted(Type.Boolean(), false, {
      title: 'All pixels touched',
      description:
        'Polygons have every pixel that they touch. False gives them those whose centre they hold.',
    }),
  },
  outputs: {
    result: rasterOutput({
      title: 'Part of the raster',
      description:
        'All bands with their values and type. Where the raster has no nodata but some is needed, it is -9999 for floating point and the least value of integer types.',
    }),
  },
  examples: [
    {
      title: 'A rectangle in longitude and latitude',
      request: { inputs: { raster: elevation, extent: { bbox: [5.0745, 52.0858, 5.0781, 52.0885] } } },
    },
    {
      title: 'Land cover of a park',
      request: { inputs: { raster: landCover, features: park, allTouched: true } },
    },
  ],
});
