import { Type } from 'typebox';
import { defaulted, defineProcess, layerOutput, raster } from '../../core/processes/define.ts';
import { landCover } from '../common/raster-examples.ts';
import { band } from '../common/raster-inputs.ts';

export default defineProcess({
  id: 'polygonize',
  version: '1.0.0',
  title: 'Polygonize',
  description: 'Polygons of connected pixels that share the same value.',
  keywords: ['raster', 'vector', 'polygonize', 'vectorise'],
  computeClass: 'raster',
  inputs: {
    raster: raster({ title: 'Raster' }),
    band,
    connectivity: defaulted(Type.Unsafe<4 | 8>({ type: 'integer', enum: [4, 8] }), 4, {
      title: 'Connectivity',
      description:
        '4: pixels of a region share edges. 8: they may also touch at corners; such regions are multipolygons.',
    }),
    fieldName: defaulted(Type.String({ minLength: 1 }), 'value', {
      title: 'Value field name',
    }),
  },
  outputs: {
    result: layerOutput({
      title: 'Regions',
      description:
        'One feature per region, with its holes, ordered by its first pixel from the top left. Nodata pixels belong to none.',
    }),
  },
  examples: [
    {
      title: 'Land cover as polygons',
      request: { inputs: { raster: landCover, fieldName: 'class' } },
    },
    {
      title: 'The same with 8-connectedness',
      request: { inputs: { raster: landCover, connectivity: 8 } },
    },
  ],
});
