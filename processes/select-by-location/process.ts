import { Type } from 'typebox';
import { defaulted, defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { floodZones, parcels } from '../common/overlay-examples.ts';
import { invalidGeometry, overlay, overlayCrs, predicate } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'select-by-location',
  version: '1.0.0',
  title: 'Select by location',
  description: 'Selects the features that have a spatial relationship with any feature of the overlay.',
  keywords: ['vector', 'select', 'location', 'predicate'],
  computeClass: 'vector',
  secondsPerMegabyte: 0.035,
  inputs: {
    features: layer({ title: 'Features' }),
    overlay,
    predicate,
    invert: defaulted(Type.Boolean(), false, {
      title: 'Invert',
      description: 'Select the features for which the predicate holds with no feature of the overlay.',
    }),
    crs: overlayCrs,
    invalidGeometry,
  },
  outputs: {
    result: layerOutput({
      title: 'Selected features',
      description: 'In the same order, with their ids, properties and geometries unchanged.',
    }),
  },
  examples: [
    {
      title: 'Parcels that intersect a flood zone',
      request: { inputs: { features: parcels, overlay: floodZones } },
    },
    {
      title: 'Parcels outside all flood zones',
      request: { inputs: { features: parcels, overlay: floodZones, invert: true } },
    },
  ],
});
