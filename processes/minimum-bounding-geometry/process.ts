import { defaulted, defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { lakes, sightings } from '../common/geometry-examples.ts';
import { overlayCrs, scopeInput } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'minimum-bounding-geometry',
  version: '1.0.0',
  title: 'Minimum bounding geometry',
  description:
    'The envelope, minimum rotated rectangle or minimum bounding circle of each feature or the whole layer.',
  keywords: ['vector', 'geometry', 'bounding box', 'envelope', 'circle'],
  computeClass: 'light',
  inputs: {
    features: layer({ title: 'Features' }),
    shape: defaulted(enumeration(['envelope', 'orientedRectangle', 'circle']), 'envelope', {
      title: 'Shape',
      description:
        'envelope: the axis-aligned bounding box. orientedRectangle: the minimum-area rotated rectangle. circle: the minimum bounding circle, as a polygon with eight segments per quadrant; its radius becomes the property radius, in units of the working CRS.',
    }),
    scope: scopeInput,
    crs: overlayCrs,
  },
  outputs: {
    result: layerOutput({
      title: 'Bounding geometries',
      description:
        'One feature per input feature, in the same order, with its id and properties, or a single one for the layer. Degenerate bounds are a line or a point.',
    }),
  },
  examples: [
    { title: 'Envelopes of lakes', request: { inputs: { features: lakes } } },
    {
      title: 'The minimum bounding circle of all sightings, with its radius in metres',
      request: { inputs: { features: sightings, shape: 'circle', scope: 'layer', crs: 'EPSG:28992' } },
    },
  ],
});
