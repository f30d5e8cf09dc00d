import { defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { floodZones, parcels } from '../common/overlay-examples.ts';
import { invalidGeometry, overlay, overlayCrs, overlayPrefix } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'union',
  version: '1.0.0',
  title: 'Union',
  description: 'All parts of both layers, split where they overlap.',
  keywords: ['vector', 'overlay', 'union'],
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
        'First the common parts as of intersection, then what is left of the features, then what is left of the overlay; null for the properties of a missing side. Without ids.',
    }),
  },
  examples: [
    {
      title: 'Parcels and flood zones in one layer',
      request: { inputs: { features: parcels, overlay: floodZones } },
    },
  ],
});
