import { defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { floodZones, parcels } from '../common/overlay-examples.ts';
import { invalidGeometry, overlay, overlayCrs, overlayPrefix } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'symmetric-difference',
  version: '1.0.0',
  title: 'Symmetric difference',
  description: 'The parts that lie in one of the layers only.',
  keywords: ['vector', 'overlay', 'symmetric difference'],
  computeClass: 'vector',
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
        'First what is left of the features, then what is left of the overlay; null for the properties of the other side. Without ids.',
    }),
  },
  examples: [
    { title: 'Either parcel or flood zone', request: { inputs: { features: parcels, overlay: floodZones } } },
  ],
});
