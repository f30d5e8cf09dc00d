import { Type } from 'typebox';
import { defaulted, defineProcess, layer, optional, rasterOutput } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import {
  nodataOfComputed,
  outputGridInputs,
  outputTypeMeanings,
  outputTypeSchema,
} from '../common/raster-inputs.ts';
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
  description: 'Burns features into a raster with a fixed value or the values of a field.',
  keywords: ['vector', 'raster', 'rasterise', 'burn'],
  computeClass: 'raster',
  inputs: {
    features: layer({ title: 'Features' }),
    field: optional(Type.String({ minLength: 1 }), {
      title: 'Value field',
      propertiesOf: 'features',
      description: 'Features without a value in this field are left out.',
    }),
    value: defaulted(Type.Number(), 1, {
      title: 'Value',
      description: 'Value to burn if no field is given.',
    }),
    ...outputGridInputs,
    allTouched: defaulted(Type.Boolean(), false, {
      title: 'All touched',
      description:
        'Burn every pixel that a polygon or line touches. By default polygons burn the pixels whose centre is inside, and lines the pixels that Bresenham’s algorithm selects.',
    }),
    merge: defaulted(enumeration(['replace', 'add']), 'replace', {
      title: 'Merge algorithm',
      description: 'Where features overlap. replace: the later feature wins. add: values are summed.',
    }),
    outputType: defaulted(outputTypeSchema, 'float32', {
      title: 'Output data type',
      description: `For integer types, values are rounded (halves up) and clamped to the range of the type. ${outputTypeMeanings}`,
    }),
    nodata: nodataOfComputed,
    invalidGeometry,
  },
  outputs: {
    result: rasterOutput({ title: 'Raster', description: 'Pixels that no feature covers are nodata.' }),
  },
  examples: [
    {
      title: 'A building mask',
      request: { inputs: { features: buildings, resolution: 0.0005, outputType: 'uint8' } },
    },
    {
      title: 'Summed floors on 25-metre pixels',
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
