import { layerOutputFormats, rasterInputFormats, rasterOutputFormats } from './formats.ts';
import { isJson, parseEssence } from './media-type.ts';
import { MediaType } from './uris.ts';

/** A browser that is led to a result runs nothing in it, whatever its type is. Pages bring a policy of their own. */
const SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** Types that no browser runs anything of, besides JSON. What is not here is saved instead of shown: HTML, SVG, all XML, scripts. */
const inert: ReadonlySet<string> = new Set([
  ...[...layerOutputFormats, ...rasterInputFormats, ...rasterOutputFormats]
    .filter(({ binary }) => binary)
    .map(({ mediaType }) => parseEssence(mediaType)),
  MediaType.text,
  MediaType.binary,
  parseEssence(MediaType.csv),
  parseEssence(MediaType.geojsonSequence),
  'image/jpeg',
  'image/gif',
  'image/webp',
]);

const isInert = (mediaType: string): boolean => isJson(mediaType) || inert.has(parseEssence(mediaType));

type Headers = Readonly<Record<string, string | readonly string[]>>;

/**
 * Headers with which a browser does no harm with what a client has stored, to other clients of the same origin: the type is not
 * guessed, nothing of it runs, and what could is saved and not shown. All bodies go through here; pages and their files, which
 * bring a policy of their own, are the service's.
 */
export function browserSafe(headers: Headers, hasBody: boolean): Headers {
  const safe = { 'X-Content-Type-Options': 'nosniff', 'Content-Security-Policy': SANDBOX, ...headers };
  if (!hasBody || 'Content-Security-Policy' in headers) return safe;
  const type = String(headers['Content-Type'] ?? '') || MediaType.binary;
  const typed = { ...safe, 'Content-Type': type };
  if (isInert(type)) return typed;
  const disposition = String(headers['Content-Disposition'] ?? 'attachment');
  return { ...typed, 'Content-Disposition': disposition.replace(/^\s*inline\b/i, 'attachment') };
}
