import { Type } from 'typebox';
import { defaulted, defineProcess, layer, layerOutput, optional } from '../../core/processes/define.ts';
import { parcels, trees } from '../common/overlay-examples.ts';
import { invalidGeometry, overlay, overlayCrs } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'count-points-in-polygons',
  version: '1.0.0',
  title: 'Count points in polygons',
  description: 'The number of points in each polygon, and the sum of a property of theirs if asked for.',
  keywords: ['vector', 'join', 'count', 'points', 'polygons'],
  computeClass: 'vector',
  inputs: {
    features: layer({ title: 'Polygons' }),
    overlay: {
      ...overlay,
      title: 'Points',
      description:
        'The points that are counted; those on a border count. Where their CRS differs from that of the polygons they are moved to theirs.',
    },
    weightField: optional(Type.String({ minLength: 1 }), {
      title: 'Property with the weight',
      description: 'A numeric property of the points; adds its sum as <weightField>_sum. Nulls are left out.',
    }),
    countName: defaulted(Type.String({ minLength: 1 }), 'count', {
      title: 'Name of the count',
      description: 'Property of the polygons that is written.',
    }),
    crs: overlayCrs,
    invalidGeometry,
  },
  outputs: {
    result: layerOutput({
      title: 'Polygons with counts',
      description: 'In the same order, with their ids, properties and geometries as they came.',
    }),
  },
  examples: [
    {
      title: 'Trees per parcel, with their total height',
      request: {
        inputs: { features: parcels, overlay: trees, weightField: 'height', countName: 'trees' },
      },
    },
  ],
});
