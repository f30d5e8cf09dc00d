import type { ApiRequest } from '../../core/api/http.ts';
import { UnsupportedContentEncoding, UnsupportedMediaType } from '../../core/shared/errors.ts';
import { isJson } from '../../core/shared/media-type.ts';

/**
 * Refuses a body that is not plain JSON; without `Content-Type`, as some small clients send it, it is taken for JSON.
 * @throws UnsupportedMediaType, UnsupportedContentEncoding
 */
export function mustBeJson({ headers }: ApiRequest): void {
  const mediaType = headers['content-type'] || 'application/json';
  if (!isJson(mediaType)) throw new UnsupportedMediaType(mediaType, ['application/json']);
  const encoding = headers['content-encoding'] || 'identity';
  if (encoding.toLowerCase() !== 'identity') throw new UnsupportedContentEncoding(encoding);
}
