import { Type } from 'typebox';
import { LONGEST_FILTER } from '../../core/cql2/cql2-tree.ts';
import { defineProcess, layer, layerOutput, required } from '../../core/processes/define.ts';
import { parcels, trees } from '../common/overlay-examples.ts';

const filter = Type.Unsafe<string | Record<string, unknown>>({
  oneOf: [
    { title: 'CQL2 text', type: 'string', minLength: 1, maxLength: LONGEST_FILTER },
    { title: 'CQL2 JSON', type: 'object', required: ['op', 'args'] },
  ],
});

/** What a CQL2 text is made of besides properties, numbers and texts. */
const words = [
  'AND',
  'OR',
  'NOT',
  'IS NULL',
  'LIKE',
  'IN (',
  'BETWEEN',
  'CASEI(',
  'ACCENTI(',
  'DATE(',
  'TIMESTAMP(',
  'S_INTERSECTS(',
  'S_DISJOINT(',
  'geometry',
  'BBOX(',
  'POINT(',
  'LINESTRING(',
  'POLYGON(',
  'MULTIPOINT(',
  'MULTILINESTRING(',
  'MULTIPOLYGON(',
  'GEOMETRYCOLLECTION(',
  'ENVELOPE(',
  'TRUE',
  'FALSE',
];

export default defineProcess({
  id: 'filter',
  version: '1.0.0',
  title: 'Filter by attributes',
  description: 'Selects the features for which a CQL2 filter expression is true.',
  keywords: ['vector', 'filter', 'select', 'CQL2'],
  computeClass: 'light',
  inputs: {
    features: layer({ title: 'Features' }),
    filter: {
      ...required(filter, {
        title: 'Filter expression',
        description:
          'CQL2 as text or JSON (OGC 21-065): comparisons, AND, OR, NOT, IS NULL, LIKE, IN, BETWEEN, + - * /, parentheses, CASEI, ACCENTI, DATE and TIMESTAMP, S_INTERSECTS and S_DISJOINT of geometry and a literal in longitude and latitude. A comparison with null is false, so NOT of such a comparison is true.',
      }),
      propertiesOf: 'features',
      offers: words,
    },
  },
  outputs: {
    result: layerOutput({
      title: 'Selected features',
      description: 'In the same order, with their ids, properties and geometries unchanged.',
    }),
  },
  examples: [
    {
      title: 'Tall oaks and elms (CQL2 text)',
      request: { inputs: { features: trees, filter: "species IN ('oak', 'elm') AND height >= 18" } },
    },
    {
      title: 'The same filter as CQL2 JSON',
      request: {
        inputs: {
          features: trees,
          filter: {
            op: 'and',
            args: [
              { op: 'in', args: [{ property: 'species' }, ['oak', 'elm']] },
              { op: '>=', args: [{ property: 'height' }, 18] },
            ],
          },
        },
      },
    },
    {
      title: 'Parcels with a known value within a bounding box',
      request: {
        inputs: {
          features: parcels,
          filter: 'value IS NOT NULL AND S_INTERSECTS(geometry, BBOX(5.1015, 52.09, 5.11, 52.1))',
        },
      },
    },
  ],
});
