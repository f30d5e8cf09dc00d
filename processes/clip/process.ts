import { defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { floodZones, parcels } from '../common/overlay-examples.ts';
import { invalidGeometry, overlay, overlayCrs } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'clip',
  version: '1.0.0',
  title: 'Clip',
  description: 'The parts of the features inside the overlay.',
  keywords: ['vector', 'overlay', 'clip', 'mask'],
  computeClass: 'vector',
  inputs: {
    features: layer({ title: 'Features' }),
    overlay,
    crs: overlayCrs,
    invalidGeometry,
  },
  outputs: {
    result: layerOutput({
      title: 'Clipped features',
      description:
        'In the order of the features, with their ids and properties. Features outside are left out; where areas only touch, nothing is left.',
    }),
  },
  examples: [
    {
      title: 'Parcels within the flood zones',
      request: { inputs: { features: parcels, overlay: floodZones } },
    },
    {
      title: 'The same, computed in the plane of a UTM zone',
      request: { inputs: { features: parcels, overlay: floodZones, crs: 'EPSG:32631' } },
    },
  ],
});
