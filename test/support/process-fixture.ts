import { Type } from 'typebox';
import { defaulted, defineProcess, json, optional, required, several } from '../../core/processes/define.ts';
import { boundingBox, enumeration } from '../../core/processes/schemas.ts';

const makeBase64 = (contentMediaType: string) => ({
  type: 'string',
  contentEncoding: 'binary',
  contentMediaType,
});

/** Every form of input and output that the standard's tables distinguish, in one declaration. */
export const everything = defineProcess({
  id: 'everything',
  version: '1.0.0',
  title: 'Everything',
  description: 'Made for tests.',
  computeClass: 'light',
  inputs: {
    text: required(Type.String({ minLength: 1 }), { title: 'Text' }),
    number: optional(Type.Number({ minimum: 0, maximum: 10, exclusiveMinimum: true as never }), {
      title: 'Number',
    }),
    integer: optional(Type.Integer(), { title: 'Integer' }),
    choice: defaulted(enumeration(['round', 'flat']), 'round', { title: 'Choice' }),
    pair: optional(Type.Array(Type.Integer(), { minItems: 2, maxItems: 3 }), { title: 'Pair' }),
    words: several(Type.String(), { min: 0, max: 3 }, { title: 'Words' }),
    pairs: several(Type.Array(Type.Integer(), { minItems: 2 }), { min: 0, max: 2 }, { title: 'Pairs' }),
    measure: optional(Type.Object({ measurement: Type.Number(), uom: Type.String() }), { title: 'Measure' }),
    area: optional(boundingBox(), { title: 'Area' }),
    when: optional(Type.String({ format: 'date-time' }), { title: 'When' }),
    geometry: optional(
      Type.Unsafe<unknown>({
        oneOf: [
          { type: 'string', contentMediaType: 'application/gml+xml; version=3.2' },
          { type: 'object', format: 'geojson-geometry' },
        ],
      }),
      { title: 'Geometry' },
    ),
    image: optional(
      Type.Unsafe<string>({
        oneOf: [makeBase64('image/tiff; application=geotiff'), makeBase64('image/jp2')],
      }),
      { title: 'Image' },
    ),
  },
  outputs: {
    text: json(Type.String(), { title: 'Text' }),
    integer: json(Type.Integer(), { title: 'Integer' }),
    measure: json(Type.Object({ measurement: Type.Number(), uom: Type.String() }), { title: 'Measure' }),
    area: json(boundingBox(), { title: 'Area' }),
    image: json(
      Type.Unsafe<string>({
        oneOf: [makeBase64('image/tiff; application=geotiff'), makeBase64('image/jp2')],
      }),
      { title: 'Image' },
    ),
    gml: json(Type.Unsafe<string>({ type: 'string', contentMediaType: 'application/gml+xml; version=3.2' }), {
      title: 'GML',
    }),
  },
  examples: [],
});
