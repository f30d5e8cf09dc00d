import { defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { floodZones, parcels } from '../common/overlay-examples.ts';
import { invalidGeometry, overlay, overlayCrs } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'difference',
  version: '1.0.0',
  title: 'Difference',
  description: 'The parts of the features outside the overlay.',
  keywords: ['vector', 'overlay', 'difference', 'erase'],
  computeClass: 'vector',
  inputs: {
    features: layer({ title: 'Features' }),
    overlay,
    crs: overlayCrs,
    invalidGeometry,
  },
  outputs: {
    result: layerOutput({
      title: 'Remaining features',
      description:
        'In the order of the features, with their ids and properties. Features of which nothing is left are left out.',
    }),
  },
  examples: [
    {
      title: 'What of the parcels stays dry',
      request: { inputs: { features: parcels, overlay: floodZones } },
    },
  ],
});
