import { Type } from 'typebox';
import { defaulted, defineProcess, json, layer, layerOutput } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { fields } from '../common/geometry-examples.ts';

const invalidity = Type.Object({
  index: Type.Integer({ minimum: 0, description: 'Place of the feature in the layer, from 0.' }),
  reason: Type.String({ description: 'What is wrong, in the words of GEOS.' }),
  location: Type.Array(Type.Number(), {
    minItems: 2,
    maxItems: 2,
    description: 'Where it is wrong, in the CRS of the layer.',
  }),
});

export default defineProcess({
  id: 'make-valid',
  version: '1.0.0',
  title: 'Make valid',
  description: 'Repairs invalid geometries and reports what was wrong.',
  keywords: ['vector', 'geometry', 'validity', 'repair'],
  computeClass: 'vector',
  inputs: {
    features: layer({ title: 'Features' }),
    method: defaulted(enumeration(['structure', 'linework']), 'structure', {
      title: 'Method',
      description:
        'structure: exteriors and holes keep their roles, and exteriors that overlap are united. linework: all lines stay, and areas alternate between inside and outside across each.',
    }),
    keepCollapsed: defaulted(Type.Boolean(), false, {
      title: 'Keep what has collapsed',
      description:
        'Whether polygons without area stay as lines, and lines without length as points. The method linework always keeps them.',
    }),
  },
  outputs: {
    result: layerOutput({
      title: 'Valid features',
      description:
        'One feature per feature, in the same order, with its id and properties. Those that were valid are unchanged.',
    }),
    report: json(Type.Array(invalidity), {
      title: 'What was wrong',
      description: 'One entry per invalid geometry, with the first thing that is wrong with it.',
    }),
  },
  examples: [
    { title: 'A field whose border crosses itself', request: { inputs: { features: fields } } },
    {
      title: 'The report alone',
      request: { inputs: { features: fields, method: 'linework' }, outputs: { report: {} } },
    },
  ],
});
