import { Encoded } from '../../core/run/context.ts';
import { MediaType } from '../../core/shared/uris.ts';

const GML = 'application/gml+xml; version=3.2';
const XML = 'application/xml';
const JPEG_2000 = 'image/jp2';

const isBase64 = (mediaType: string): boolean =>
  mediaType.startsWith('image/') || mediaType === MediaType.binary;

function detectMarkup(text: string): string {
  if (/<(\w+:)?kml[\s>/]/.test(text)) return MediaType.kml;
  // Pieces of documents do not always say what their prefix stands for.
  return /opengis\.net\/gml|<gml:/.test(text) ? GML : XML;
}

/** Media type of a value, by what it is: an object is GeoJSON, markup is KML, GML or other XML, all other text stands for bytes. */
function detectMediaType(value: unknown): string {
  if (typeof value !== 'string') return MediaType.geojson;
  if (/^\s*</.test(value)) return detectMarkup(value);
  const bytes = Buffer.from(value.slice(0, 32), 'base64');
  const start = bytes.toString('latin1');
  if (/^(II[*+]\0|MM\0[*+])/.test(start)) return MediaType.geotiff;
  return start.startsWith('\0\0\0\x0cjP  \r\n\x87\n') ? JPEG_2000 : MediaType.binary;
}

/** A value as a result of its own. */
export function labelled(value: unknown): Encoded {
  const mediaType = detectMediaType(value);
  if (typeof value !== 'string') return new Encoded(mediaType, Buffer.from(JSON.stringify(value)));
  return new Encoded(mediaType, Buffer.from(value, isBase64(mediaType) ? 'base64' : 'utf8'));
}

/** Several values as one result: an array of qualified values, each with the media type that it has. */
export function qualified(values: readonly unknown[]): Encoded {
  const members = values.map((value) => {
    const mediaType = detectMediaType(value);
    return { value, mediaType, ...(isBase64(mediaType) ? { encoding: 'base64' } : {}) };
  });
  return new Encoded(MediaType.json, Buffer.from(JSON.stringify(members)));
}
