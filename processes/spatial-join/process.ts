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
  description: 'Joins the properties of overlay features that satisfy a spatial predicate to the features.',
  keywords: ['vector', 'join', 'location', 'predicate'],
  computeClass: 'vector',
  secondsPerMegabyte: 0.045,
  inputs: {
    features: layer({ title: 'Features' }),
    overlay,
    predicate,
    cardinality: defaulted(enumeration(['oneToMany', 'first']), 'oneToMany', {
      title: 'Cardinality',
      description: 'oneToMany: one row per match. first: only the first match in overlay order.',
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
        'One row per pair, ordered by feature, then by overlay feature, with the geometry and id of the feature and the properties of both.',
    }),
  },
  examples: [
    {
      title: 'Trees with the parcel they stand on',
      request: { inputs: { features: trees, overlay: parcels, predicate: 'within' } },
    },
    {
      title: 'Parcels with trees, one row per tree',
      request: { inputs: { features: parcels, overlay: trees, predicate: 'contains', keepUnmatched: false } },
    },
  ],
});
