import { type Format, layerFormats, layerOutputFormats, rasterOutputFormats } from '../shared/formats.ts';
import { isJson } from '../shared/media-type.ts';
import { MediaType } from '../shared/uris.ts';
import type { JsonSchema } from './schema.ts';

const encodedSchema = ({ mediaType, binary, title }: Format): JsonSchema => ({
  title,
  type: isJson(mediaType) ? 'object' : 'string',
  // JSON-FG has the form of GeoJSON, to which members are added.
  ...(mediaType === MediaType.jsonFg ? { format: 'geojson-feature-collection' } : {}),
  ...(binary ? { format: 'byte', contentEncoding: 'base64' } : {}),
  contentMediaType: mediaType,
});

const isOther = ({ mediaType }: Format): boolean => mediaType !== MediaType.geojson;

/** Published schema of a layer that is an input: GeoJSON in its three shapes or as text, or a file. */
export const layerInputSchema: JsonSchema = {
  oneOf: [
    { type: 'object', format: 'geojson-feature-collection' },
    { type: 'object', format: 'geojson-feature' },
    { type: 'object', format: 'geojson-geometry' },
    ...layerFormats.filter(isOther).map(encodedSchema),
    { title: 'GeoJSON as text', type: 'string', contentMediaType: MediaType.geojson },
    { title: 'JSON-FG as text', type: 'string', contentMediaType: MediaType.jsonFg },
  ],
};

/** Published schema of a layer that is an output. */
export const layerOutputSchema: JsonSchema = {
  oneOf: [
    { type: 'object', format: 'geojson-feature-collection', contentMediaType: MediaType.geojson },
    ...layerOutputFormats.filter(isOther).map(encodedSchema),
  ],
};

export const rasterInputSchema: JsonSchema = {
  type: 'string',
  format: 'byte',
  contentEncoding: 'base64',
  contentMediaType: MediaType.geotiff,
};

export const rasterOutputSchema: JsonSchema = { oneOf: rasterOutputFormats.map(encodedSchema) };
