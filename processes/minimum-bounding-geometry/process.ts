import { defaulted, defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { lakes, sightings } from '../common/geometry-examples.ts';
import { overlayCrs, scopeOfWork } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'minimum-bounding-geometry',
  version: '1.0.0',
  title: 'Minimum bounding geometry',
  description: 'The envelope, oriented rectangle or circle around each feature or all.',
  keywords: ['vector', 'geometry', 'bounding box', 'envelope', 'circle'],
  computeClass: 'light',
  inputs: {
    features: layer({ title: 'Features' }),
    shape: defaulted(enumeration(['envelope', 'orientedRectangle', 'circle']), 'envelope', {
      title: 'Shape',
      description:
        'envelope: the rectangle along the axes. orientedRectangle: the one of least area at any angle. circle: the smallest circle, as a polygon with eight segments per quarter; its radius becomes the property radius, in units of the plane of the work.',
    }),
    scope: scopeOfWork,
    crs: overlayCrs,
  },
  outputs: {
    result: layerOutput({
      title: 'Bounding geometries',
      description:
        'One feature per feature, in the same order, with its id and properties; or one of all. What has no area is bounded by a line or a point.',
    }),
  },
  examples: [
    { title: 'Envelopes of lakes', request: { inputs: { features: lakes } } },
    {
      title: 'The circle around all sightings, with its radius in metres',
      request: { inputs: { features: sightings, shape: 'circle', scope: 'layer', crs: 'EPSG:28992' } },
    },
  ],
});
