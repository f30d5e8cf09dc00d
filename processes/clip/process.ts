import { defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { floodZones, parcels } from '../common/overlay-examples.ts';
import { invalidGeometry, overlay, overlayCrs } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'clip',
  version: '1.0.0',
  title: 'Clip',
  description: 'Clips the features to the area of the overlay layer.',
  keywords: ['vector', 'overlay', 'clip', 'mask'],
  computeClass: 'vector',
  secondsPerMegabyte: 0.3,
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
        'In the order of the input features, with their ids and properties. Features outside the overlay are left out, as are pieces of lower dimension where areas only touch.',
    }),
  },
  examples: [
    {
      title: 'Parcels within the flood zones',
      request: { inputs: { features: parcels, overlay: floodZones } },
    },
    {
      title: 'The same, computed in a UTM zone',
      request: { inputs: { features: parcels, overlay: floodZones, crs: 'EPSG:32631' } },
    },
  ],
});
