import { Type } from 'typebox';
import { defaulted, defineProcess, layerOutput, raster } from '../../core/processes/define.ts';
import { landCover } from '../common/raster-examples.ts';
import { band } from '../common/raster-inputs.ts';

export default defineProcess({
  id: 'polygonize',
  version: '1.0.0',
  title: 'Polygonize',
  description: 'Regions of equal value of a raster as polygons.',
  keywords: ['raster', 'vector', 'polygonize', 'vectorise'],
  computeClass: 'raster',
  inputs: {
    raster: raster({ title: 'Raster' }),
    band,
    connectivity: defaulted(Type.Unsafe<4 | 8>({ type: 'integer', enum: [4, 8] }), 4, {
      title: 'Connectivity',
      description:
        '4: pixels of a region share edges. 8: they may also meet at corners; regions with such places are multipolygons.',
    }),
    fieldName: defaulted(Type.String({ minLength: 1 }), 'value', {
      title: 'Property with the value of a region',
    }),
  },
  outputs: {
    result: layerOutput({
      title: 'Regions',
      description:
        'One feature per region, with its holes, in the order of their first pixels from the top left. Missing pixels are in none.',
    }),
  },
  examples: [
    {
      title: 'Areas of land cover',
      request: { inputs: { raster: landCover, fieldName: 'class' } },
    },
    {
      title: 'Areas that may meet at corners',
      request: { inputs: { raster: landCover, connectivity: 8 } },
    },
  ],
});
