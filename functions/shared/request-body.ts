import type { ApiRequest } from '../../core/api/http.ts';
import { UnsupportedMediaType } from '../../core/errors.ts';
import { isJson } from '../../core/processes/alternatives.ts';

/** Media type of the body; JSON where the client does not say, as some small clients do not. */
export const mediaTypeOf = ({ headers }: ApiRequest): string => headers['content-type'] ?? 'application/json';

/** @throws UnsupportedMediaType for anything that is not JSON */
export function mustBeJson(mediaType: string): void {
  if (!isJson(mediaType)) throw new UnsupportedMediaType(mediaType, ['application/json']);
}
