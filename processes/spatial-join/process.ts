import { defaulted, defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { parcels, trees } from '../common/overlay-examples.ts';
import {
  invalidGeometry,
  keepUnmatched,
  overlay,
  overlayCrs,
  overlayPrefix,
  predicate,
} from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'spatial-join',
  version: '1.0.0',
  title: 'Join by location',
  description: 'Adds the properties of overlay features that meet a predicate to the features.',
  keywords: ['vector', 'join', 'location', 'predicate'],
  computeClass: 'vector',
  inputs: {
    features: layer({ title: 'Features' }),
    overlay,
    predicate,
    cardinality: defaulted(enumeration(['oneToMany', 'first']), 'oneToMany', {
      title: 'Matches per feature',
      description: 'oneToMany: a row for each match. first: only the match that comes first in the overlay.',
    }),
    keepUnmatched,
    prefix: overlayPrefix,
    crs: overlayCrs,
    invalidGeometry,
  },
  outputs: {
    result: layerOutput({
      title: 'Joined features',
      description:
        'One row per pair, by feature, then by overlay feature, with the geometry and id of the feature and the properties of both.',
    }),
  },
  examples: [
    {
      title: 'Trees with the parcel that they stand on',
      request: { inputs: { features: trees, overlay: parcels, predicate: 'within' } },
    },
    {
      title: 'Only parcels with trees, a row per tree',
      request: { inputs: { features: parcels, overlay: trees, predicate: 'contains', keepUnmatched: false } },
    },
  ],
});
