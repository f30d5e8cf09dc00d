import { Type } from 'typebox';
import { defaulted, defineProcess, json, layer, layerOutput } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { fields } from '../common/geometry-examples.ts';

const invalidity = Type.Object({
  index: Type.Integer({ minimum: 0, description: 'Index of the feature in the layer, starting at 0.' }),
  reason: Type.String({ description: 'Reason why the geometry is invalid, as reported by GEOS.' }),
  location: Type.Optional(
    Type.Array(Type.Number(), {
      minItems: 2,
      maxItems: 2,
      description:
        'Location of the first error, in the CRS of the layer; absent if the geometry was repaired while it was read.',
    }),
  ),
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
        'structure: shells and holes keep their roles, and overlapping shells are merged. linework: all edges are kept, and areas alternate between inside and outside across them. As in GEOS MakeValid.',
    }),
    keepCollapsed: defaulted(Type.Boolean(), false, {
      title: 'Keep collapsed',
      description:
        'Keep components that collapse to a lower dimension: polygons without area as lines, lines without length as points. The linework method always keeps them.',
    }),
  },
  outputs: {
    result: layerOutput({
      title: 'Valid features',
      description:
        'One feature per input feature, in the same order, with its id and properties. Valid geometries are unchanged.',
    }),
    report: json(Type.Array(invalidity), {
      title: 'Validity report',
      description:
        'One entry per invalid geometry: its index, the reason and the location of the first error.',
    }),
  },
  examples: [
    {
      title: 'Fields with boundaries that cross, and parts that overlap',
      request: { inputs: { features: fields } },
    },
    {
      title: 'Only the report',
      request: { inputs: { features: fields, method: 'linework' }, outputs: { report: {} } },
    },
  ],
});
