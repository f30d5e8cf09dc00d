import { Type } from 'typebox';
import { defaulted, defineProcess, json, optional, required } from '../../core/processes/define.ts';
import { boundingBox } from '../../core/processes/schemas.ts';

const text = Type.String();
const integers = Type.Array(Type.Integer());
const textOrObject = Type.Unsafe<string | Record<string, unknown>>({
  oneOf: [{ type: 'string' }, { type: 'object' }],
});
const tiff = Type.Unsafe<string>({
  type: 'string',
  format: 'byte',
  contentEncoding: 'base64',
  contentMediaType: 'image/tiff',
});
const seconds = Type.Integer({ minimum: 0, maximum: 60 });

/**
 * The process that certification suites and new clients try first. The order of its inputs, the output of
 * the same id as the first input, an output that is an integer, bytes that are `format: byte`, and the absence of
 * object-only inputs are what the suites rely on.
 */
export default defineProcess({
  id: 'echo',
  version: '1.0.0',
  title: 'Echo',
  description: 'Returns its inputs, after a pause if requested. Intended for testing clients.',
  keywords: ['test', 'echo'],
  computeClass: 'light',
  inputs: {
    message: required(text, { title: 'Text' }),
    numbers: optional(integers, { title: 'Integers' }),
    area: optional(boundingBox(), { title: 'Bounding box' }),
    mixed: optional(textOrObject, { title: 'Text or object' }),
    image: optional(tiff, { title: 'Binary' }),
    pause: defaulted(seconds, 0, { title: 'Pause in seconds', unit: 'second' }),
  },
  outputs: {
    message: json(text, { title: 'Text' }),
    numbers: json(integers, { title: 'Integers' }),
    area: json(boundingBox(), { title: 'Bounding box' }),
    mixed: json(textOrObject, { title: 'Text or object' }),
    image: json(tiff, { title: 'Binary' }),
    pause: json(seconds, { title: 'Pause in seconds' }),
  },
  examples: [
    { title: 'A text and some numbers', request: { inputs: { message: 'Hello', numbers: [1, 2, 3] } } },
    {
      title: 'One output, after a second',
      request: { inputs: { message: 'Hello', pause: 1 }, outputs: { message: {} } },
    },
  ],
});
