import { Type } from 'typebox';
import { defaulted, defineProcess, layer, layerOutput, optional } from '../../core/processes/define.ts';
import { parcels, trees } from '../common/overlay-examples.ts';
import { invalidGeometry, overlay, overlayCrs } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'count-points-in-polygons',
  version: '1.0.0',
  title: 'Count points in polygons',
  description: 'Counts the points in each polygon, and optionally sums a weight field of the points.',
  keywords: ['vector', 'join', 'count', 'points', 'polygons'],
  computeClass: 'vector',
  secondsPerMegabyte: 0.03,
  inputs: {
    features: layer({ title: 'Polygons' }),
    overlay: {
      ...overlay,
      title: 'Points',
      description:
        'The points to count; those on a boundary count. If their CRS differs from that of the polygons, they are transformed to it.',
    },
    weightField: optional(Type.String({ minLength: 1 }), {
      title: 'Weight field',
      propertiesOf: 'overlay',
      description:
        'Numeric property of the points whose sum is added as <weightField>_sum. Nulls are ignored.',
    }),
    countName: defaulted(Type.String({ minLength: 1 }), 'count', {
      title: 'Count field name',
      description: 'Property that receives the count.',
    }),
    crs: overlayCrs,
    invalidGeometry,
  },
  outputs: {
    result: layerOutput({
      title: 'Polygons with point counts',
      description: 'In the same order, with their ids, properties and geometries unchanged.',
    }),
  },
  examples: [
    {
      title: 'Trees per parcel, with the sum of their heights',
      request: {
        inputs: { features: parcels, overlay: trees, weightField: 'height', countName: 'trees' },
      },
    },
  ],
});
