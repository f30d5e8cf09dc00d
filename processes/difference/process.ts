import { defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { floodZones, parcels } from '../common/overlay-examples.ts';
import { invalidGeometry, overlay, overlayCrs } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'difference',
  version: '1.0.0',
  title: 'Difference',
  description: 'Removes the area of the overlay layer from the features (erase).',
  keywords: ['vector', 'overlay', 'difference', 'erase'],
  computeClass: 'vector',
  secondsPerMegabyte: 0.4,
  inputs: {
    features: layer({ title: 'Features' }),
    overlay,
    crs: overlayCrs,
    invalidGeometry,
  },
  outputs: {
    result: layerOutput({
      title: 'Difference',
      description:
        'In the order of the input features, with their ids and properties. Features that are entirely covered are left out.',
    }),
  },
  examples: [
    {
      title: 'The parts of parcels that stay dry',
      request: { inputs: { features: parcels, overlay: floodZones } },
    },
  ],
});
