import { Type } from 'typebox';
import { defaulted, defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { floodZones, parcels } from '../common/overlay-examples.ts';
import { invalidGeometry, overlay, overlayCrs, predicate } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'select-by-location',
  version: '1.0.0',
  title: 'Select by location',
  description: 'The features that meet, or fail, a predicate with any feature of the overlay.',
  keywords: ['vector', 'select', 'location', 'predicate'],
  computeClass: 'vector',
  inputs: {
    features: layer({ title: 'Features' }),
    overlay,
    predicate,
    invert: defaulted(Type.Boolean(), false, {
      title: 'Invert',
      description:
        'True selects the features that meet the predicate with no feature of the overlay: those disjoint from all of it are the inverse of intersects.',
    }),
    crs: overlayCrs,
    invalidGeometry,
  },
  outputs: {
    result: layerOutput({
      title: 'Selected features',
      description: 'In the same order, with their ids, properties and geometries as they came.',
    }),
  },
  examples: [
    {
      title: 'Parcels that may be flooded',
      request: { inputs: { features: parcels, overlay: floodZones } },
    },
    {
      title: 'Parcels that stay dry',
      request: { inputs: { features: parcels, overlay: floodZones, invert: true } },
    },
  ],
});
