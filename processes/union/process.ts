import { defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { floodZones, parcels } from '../common/overlay-examples.ts';
import { invalidGeometry, overlay, overlayCrs, overlayPrefix } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'union',
  version: '1.0.0',
  title: 'Union',
  description: 'All parts of both layers, split where they overlap, with the properties of both.',
  keywords: ['vector', 'overlay', 'union'],
  computeClass: 'vector',
  secondsPerMegabyte: 0.9,
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
        'First the overlapping parts as in intersection, then the remaining parts of the features, then those of the overlay; properties of the layer that is absent there are null. Features have no ids.',
    }),
  },
  examples: [
    {
      title: 'Parcels and flood zones in one layer',
      request: { inputs: { features: parcels, overlay: floodZones } },
    },
  ],
});
