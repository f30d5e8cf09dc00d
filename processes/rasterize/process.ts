import { Type } from 'typebox';
import { defaulted, defineProcess, layer, optional, rasterOutput } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { gridOfOutput, outputTypeSchema } from '../common/raster-inputs.ts';
import { invalidGeometry } from '../common/vector-inputs.ts';

const block = (west: number, south: number, size: number, floors: number | null) => ({
  type: 'Feature',
  properties: { floors },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
      ],
    ],
  },
});

const buildings = {
  type: 'FeatureCollection',
  features: [block(5.12, 52.09, 0.004, 3), block(5.122, 52.092, 0.004, 12), block(5.13, 52.09, 0.002, null)],
};

export default defineProcess({
  id: 'rasterize',
  version: '1.0.0',
  title: 'Rasterize',
  description: 'Burns features into a raster, with one value or with those of a property.',
  keywords: ['vector', 'raster', 'rasterise', 'burn'],
  computeClass: 'raster',
  inputs: {
    features: layer({ title: 'Features' }),
    field: optional(Type.String({ minLength: 1 }), {
      title: 'Property with the value',
      description: 'Features without a value in it are left out.',
    }),
    value: defaulted(Type.Number(), 1, {
      title: 'Value',
      description: 'Of all features, where no property is named.',
    }),
    ...gridOfOutput,
    allTouched: defaulted(Type.Boolean(), false, {
      title: 'All touched pixels',
      description:
        'Every pixel that an area or a line touches. Otherwise areas have the pixels whose centres they hold, and lines the nearest one in each column or row.',
    }),
    merge: defaulted(enumeration(['replace', 'add']), 'replace', {
      title: 'Where features overlap',
      description: 'replace: the later feature. add: the sum of all.',
    }),
    outputType: defaulted(outputTypeSchema, 'float32', {
      title: 'Data type of the result',
      description: 'Values of integer types are rounded, and cut to the range of the type.',
    }),
    nodata: defaulted(Type.Number(), -9999, {
      title: 'Value of pixels without a feature',
      description: 'By default the least value of the data type where that does not have -9999.',
    }),
    invalidGeometry,
  },
  outputs: {
    result: rasterOutput({ title: 'Raster' }),
  },
  examples: [
    {
      title: 'Where there are buildings',
      request: { inputs: { features: buildings, resolution: 0.0005, outputType: 'uint8' } },
    },
    {
      title: 'Floors above each other, on pixels of 25 m',
      request: {
        inputs: {
          features: buildings,
          field: 'floors',
          merge: 'add',
          resolution: 25,
          crs: 'http://www.opengis.net/def/crs/EPSG/0/28992',
        },
      },
    },
  ],
});
