import { type TUnsafe, Type } from 'typebox';
import { defaulted, defineProcess, json, required, several } from '../../core/processes/define.ts';
import type { JsonSchema } from '../../core/processes/schema.ts';
import { boundingBox } from '../../core/processes/schemas.ts';

/** The schemas are those of the standard's document, so they are written as they are published. */
const published = <T>(schema: JsonSchema): TUnsafe<T> => Type.Unsafe<T>(schema);

const text = published<string>({ type: 'string', enum: ['Value1', 'Value2', 'Value3'] });

const measure = published<Record<string, unknown>>({
  type: 'object',
  required: ['measurement', 'uom'],
  properties: {
    measurement: { type: 'number' },
    uom: { type: 'string' },
    reference: { type: 'string', format: 'uri' },
  },
});

const date = published<string>({ type: 'string', format: 'date-time' });

const double = published<number>({
  type: 'number',
  format: 'double',
  minimum: 0,
  maximum: 10,
  default: 5,
  exclusiveMinimum: true,
});

const array = published<number[]>({ type: 'array', minItems: 2, maxItems: 10, items: { type: 'integer' } });

const complexObject = published<Record<string, unknown>>({
  type: 'object',
  required: ['property1', 'property5'],
  properties: {
    property1: { type: 'string' },
    property2: { type: 'string', format: 'uri' },
    property3: { type: 'number' },
    property4: { type: 'string', format: 'date-time' },
    property5: { type: 'boolean' },
  },
});

const gml = 'application/gml+xml; version=3.2';

const geometry = published<unknown>({
  oneOf: [
    {
      type: 'string',
      contentMediaType: gml,
      contentSchema: 'http://schemas.opengis.net/gml/3.2.1/geometryBasic2d.xsd',
    },
    { type: 'object', format: 'geojson-geometry' },
  ],
});

const image = published<unknown>({
  oneOf: [
    { type: 'string', contentEncoding: 'binary', contentMediaType: 'image/tiff; application=geotiff' },
    { type: 'string', contentEncoding: 'binary', contentMediaType: 'image/jp2' },
  ],
});

const featureCollection = published<unknown>({
  oneOf: [
    { type: 'string', contentMediaType: gml },
    {
      type: 'string',
      contentSchema: 'https://schemas.opengis.net/kml/2.3/ogckml23.xsd',
      contentMediaType: 'application/vnd.google-earth.kml+xml',
    },
    { type: 'object', format: 'geojson-feature-collection' },
  ],
});

const point = { type: 'Point', coordinates: [5.1214, 52.0907] };

/**
 * The example process of OGC API - Processes, with every kind of input that the standard knows. References of
 * its schemas to other documents are written out, because descriptions must stand for themselves.
 */
export default defineProcess({
  id: 'EchoProcess',
  version: '1.0.0',
  title: 'Echo Process',
  description: 'This process accepts any number of inputs and simply echoes each input as an output.',
  keywords: ['test', 'echo', 'OGC'],
  computeClass: 'light',
  jobControlOptions: ['async-execute', 'sync-execute', 'dismiss'],
  inputs: {
    stringInput: required(text, {
      title: 'String Literal Input Example',
      description: 'This is an example of a STRING literal input.',
    }),
    measureInput: required(measure, {
      title: 'Numerical Value with UOM Example',
      description: 'This is an example of a NUMERIC literal with an associated unit of measure.',
    }),
    dateInput: required(date, {
      title: 'Date Literal Input Example',
      description: 'This is an example of a DATE literal input.',
    }),
    doubleInput: defaulted(double, 5, {
      title: 'Bounded Double Literal Input Example',
      description:
        'This is an example of a DOUBLE literal input that is bounded between a value greater than 0 and 10. The default value is 5.',
    }),
    arrayInput: required(array, {
      title: 'Array Input Example',
      description:
        'This is an example of a single process input that is an array of values. In this case, the input array would be interpreted as a single value and not as individual inputs.',
    }),
    complexObjectInput: required(complexObject, {
      title: 'Complex Object Input Example',
      description: 'This is an example of a complex object input.',
    }),
    geometryInput: several(
      geometry,
      { min: 2, max: 5 },
      {
        title: 'Geometry input',
        description:
          'This is an example of a geometry input. In this case the geometry can be expressed as a GML or GeoJSON geometry.',
      },
    ),
    boundingBoxInput: required(boundingBox(), {
      title: 'Bounding Box Input Example',
      description: 'This is an example of a BBOX literal input.',
    }),
    imagesInput: several(
      image,
      { min: 1, max: 150 },
      {
        title: 'Inline Images Value Input',
        description:
          'This is an example of an image input. In this case, the input is an array of up to 150 images that might, for example, be a set of tiles. Each image can be included inline as a base64-encoded string or referenced using a link.',
      },
    ),
    featureCollectionInput: required(featureCollection, {
      title: 'Feature Collection Input Example.',
      description:
        'This is an example of an input that is a feature collection that can be encoded in one of three ways: as a GeoJSON feature collection, as a GML feature collection or as a KML document.',
    }),
  },
  outputs: {
    stringOutput: json(text, { title: 'String Literal Input Example' }),
    measureOutput: json(measure, { title: 'Numerical Value with UOM Example' }),
    dateOutput: json(date, { title: 'Date Literal Input Example' }),
    doubleOutput: json(double, { title: 'Bounded Double Literal Input Example' }),
    arrayOutput: json(array, { title: 'Array Input Example' }),
    complexObjectOutput: json(complexObject, { title: 'Complex Object Input Example' }),
    geometryOutput: json(geometry, { title: 'Geometry input' }),
    boundingBoxOutput: json(boundingBox(), { title: 'Bounding Box Input Example' }),
    imagesOutput: json(image, { title: 'Inline Images Value Input' }),
    featureCollectionOutput: json(featureCollection, { title: 'Feature Collection Input Example.' }),
  },
  examples: [
    {
      title: 'Every input',
      request: {
        inputs: {
          stringInput: 'Value2',
          measureInput: { value: { measurement: 10.3, uom: 'm' } },
          dateInput: '2026-03-06T07:21:00Z',
          doubleInput: 2.5,
          arrayInput: [1, 2, 3, 4, 5, 6],
          complexObjectInput: {
            value: {
              property1: 'value1',
              property3: 1.234,
              property4: '2026-03-06T07:21:00Z',
              property5: true,
            },
          },
          geometryInput: [
            { value: point, mediaType: 'application/geo+json' },
            {
              value:
                '<gml:Point xmlns:gml="http://www.opengis.net/gml/3.2"><gml:pos>5.1214 52.0907</gml:pos></gml:Point>',
              mediaType: 'application/gml+xml; version=3.2',
            },
          ],
          boundingBoxInput: {
            bbox: [51.9, 7, 52, 7.1],
            crs: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
          },
          imagesInput: [{ value: 'SUkqAAgAAAAAAAAAAAA=', mediaType: 'image/tiff; application=geotiff' }],
          featureCollectionInput: {
            value: {
              type: 'FeatureCollection',
              features: [{ type: 'Feature', properties: { name: 'Utrecht' }, geometry: point }],
            },
            mediaType: 'application/geo+json',
          },
        },
      },
    },
  ],
});
