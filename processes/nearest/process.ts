import { Type } from 'typebox';
import { defaulted, defineProcess, layer, layerOutput, optional } from '../../core/processes/define.ts';
import { crs } from '../../core/processes/schemas.ts';
import { LARGEST_LENGTH } from '../../core/run/bounding-box.ts';
import { parcels, trees } from '../common/overlay-examples.ts';
import {
  distanceUnitInput,
  invalidGeometry,
  keepUnmatched,
  overlay,
  overlayPrefix,
} from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'nearest',
  version: '1.0.0',
  title: 'Join by nearest',
  description:
    'Joins the properties of the k nearest overlay features, with their distances, to the features.',
  keywords: ['vector', 'join', 'nearest', 'neighbour', 'distance'],
  computeClass: 'vector',
  secondsPerMegabyte: 0.045,
  inputs: {
    features: layer({ title: 'Features' }),
    overlay,
    k: defaulted(Type.Integer({ minimum: 1, maximum: 100 }), 1, { title: 'Number of nearest neighbours' }),
    maxDistance: optional(Type.Number({ minimum: 0, maximum: LARGEST_LENGTH }), {
      title: 'Maximum distance',
      unit: 'distanceUnit',
      description: 'Overlay features farther away are not joined.',
    }),
    distanceUnit: {
      ...distanceUnitInput,
      title: 'Unit of the maximum distance',
      description: 'Distances in the result are always in metres.',
    },
    keepUnmatched,
    prefix: overlayPrefix,
    crs: optional(crs(), {
      title: 'Working CRS',
      description:
        'Projected CRS in whose plane distances are measured. By default the CRS of the layer if it is projected; otherwise distances are those of geodesics on the WGS 84 ellipsoid, from edges that are straight between longitudes and latitudes.',
    }),
    invalidGeometry,
  },
  outputs: {
    result: layerOutput({
      title: 'Joined features',
      description:
        'One row per neighbour, ordered by feature, distance and position in the overlay, with the geometry and id of the feature, the properties of both, distance (in metres, 0 where they intersect) and rank (1 for the nearest).',
    }),
  },
  examples: [
    {
      title: 'The nearest tree of each parcel',
      request: { inputs: { features: parcels, overlay: trees } },
    },
    {
      title: 'Up to two other trees within 50 metres',
      description: 'Each tree is its own nearest neighbour, so three are requested.',
      request: { inputs: { features: trees, overlay: trees, k: 3, maxDistance: 50, prefix: 'near_' } },
    },
  ],
});
