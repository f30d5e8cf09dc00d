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
import { partsOfPixels } from '../common/parts.ts';
import { elevation, landCover } from '../common/raster-examples.ts';
import { nodataOfCopied } from '../common/raster-inputs.ts';

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
  description: 'Clips a raster by an extent or by polygons.',
  keywords: ['raster', 'clip', 'mask', 'crop'],
  computeClass: 'raster',
  inputs: {
    raster: raster({ title: 'Raster', reads: 'part' }),
    extent: optional(boundingBox(), {
      title: 'Extent',
      description: 'Expanded to whole pixels. Either an extent or polygons are required.',
    }),
    features: optionalLayer({
      title: 'Polygons',
      description:
        'Mask polygons, transformed to the CRS of the raster vertex by vertex. Pixels outside are masked.',
    }),
    crop: defaulted(Type.Boolean(), true, {
      title: 'Crop to cutline',
      description:
        'Crop the result to the clipped area. If false, the result keeps the grid of the raster with masked pixels around the area.',
    }),
    allTouched: defaulted(Type.Boolean(), false, {
      title: 'All touched',
      description: 'Include every pixel that a polygon touches, not only pixels whose centre is inside.',
    }),
    nodata: nodataOfCopied,
  },
  outputs: {
    result: rasterOutput({
      title: 'Clipped raster',
      description:
        'All bands with their values and type. Longitudes beyond 180 are turned into [-180, 180], unless the part crosses the antimeridian or is not cropped.',
    }),
  },
  parts: partsOfPixels,
  examples: [
    {
      title: 'An extent in longitude and latitude',
      request: { inputs: { raster: elevation, extent: { bbox: [5.0745, 52.0858, 5.0781, 52.0885] } } },
    },
    {
      title: 'Land cover of a park',
      request: { inputs: { raster: landCover, features: park, allTouched: true } },
    },
  ],
});
