import { defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { floodZones, parcels } from '../common/overlay-examples.ts';
import { invalidGeometry, overlay, overlayCrs, overlayPrefix } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'symmetric-difference',
  version: '1.0.0',
  title: 'Symmetric difference',
  description: 'The parts of both layers that do not overlap.',
  keywords: ['vector', 'overlay', 'symmetric difference'],
  computeClass: 'vector',
  secondsPerMegabyte: 0.6,
  inputs: {
    features: layer({ title: 'Features' }),
    overlay,
    prefix: overlayPrefix,
    crs: overlayCrs,
    invalidGeometry,
  },
  outputs: {
    result: layerOutput({
      title: 'Parts',
      description:
        'First the remaining parts of the features, then those of the overlay; properties of the other layer are null. Features have no ids.',
    }),
  },
  examples: [
    {
      title: 'Either parcel or flood zone, not both',
      request: { inputs: { features: parcels, overlay: floodZones } },
    },
  ],
});
