import { defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { floodZones, parcels } from '../common/overlay-examples.ts';
import { invalidGeometry, overlay, overlayCrs, overlayPrefix } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'intersection',
  version: '1.0.0',
  title: 'Intersection',
  description: 'The overlapping parts of each pair of features, with the properties of both.',
  keywords: ['vector', 'overlay', 'intersection'],
  computeClass: 'vector',
  secondsPerMegabyte: 0.3,
  inputs: {
    features: layer({ title: 'Features' }),
    overlay,
    prefix: overlayPrefix,
    crs: overlayCrs,
    invalidGeometry,
  },
  outputs: {
    result: layerOutput({
      title: 'Intersection',
      description:
        'One feature per intersecting pair, ordered by feature, then by overlay feature, without ids. Its geometry has the lower of the two dimensions; where areas only touch, there is no feature.',
    }),
  },
  examples: [
    {
      title: 'Flooded parts of parcels, with owner and risk',
      request: { inputs: { features: parcels, overlay: floodZones } },
    },
    {
      title: 'With another prefix',
      request: { inputs: { features: parcels, overlay: floodZones, prefix: 'zone_' } },
    },
  ],
});
